/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Shrinks by whole ratios, where every target sample is the plain mean of a rectangle: 1080p to 640 pixels and 720p
 * to 640 pixels are of this kind.
 *
 * <p>Rows are added eight bytes at a time: the bytes of a long are spread over two longs with 16 bits for each
 * sample, which hold the sum of up to 257 rows. The ratios 2 and 3 for three channels add their columns there too.
 */
final class MeanSampler implements RowSampler {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final long LANES = 0x00FF00FF00FF00FFL;
    private static final int MOST_ROWS = 257;
    private static final int MOST_COLUMNS = 4096;

    private final int ratioX;
    private final int ratioY;
    private final int channels;
    private final int width;
    private final int from;
    private final int columns;
    private final int firstRow;
    private final long factor;

    MeanSampler(final Axis horizontal, final Axis vertical, final int channels) {
        this.ratioX = horizontal.ratio();
        this.ratioY = vertical.ratio();
        this.channels = channels;
        this.width = horizontal.length();
        this.from = horizontal.sourceFrom() * channels;
        this.columns = (horizontal.sourceTo() - horizontal.sourceFrom()) * channels;
        this.firstRow = vertical.sourceFrom();
        this.factor = (1L << 32) / (ratioX * ratioY) + 1;
    }

    static boolean suits(final Axis horizontal, final Axis vertical) {
        return horizontal.ratio() > 0 && horizontal.ratio() <= MOST_COLUMNS
                && vertical.ratio() > 0 && vertical.ratio() <= MOST_ROWS;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void sample(final PixelRows rows, final int y, final int[] sums, final byte[] planes, final int length) {
        final int row = firstRow + y * ratioY;
        rows.load(row, ratioY);
        final byte[] bytes = rows.bytes();
        final int a = rows.offset(row) + from;
        if (ratioX == 3 && ratioY == 3 && channels == 3) {
            thirds(bytes, a, rows.offset(row + 1) + from, rows.offset(row + 2) + from, planes, width, length);
        } else if (ratioX == 2 && ratioY == 2 && channels == 3) {
            halves(bytes, a, rows.offset(row + 1) + from, planes, width, length);
        } else if (ratioX == 1 && ratioY == 1) {
            copy(bytes, a, planes, length);
        } else {
            addRows(bytes, a, rows.offset(row + 1) - rows.offset(row), sums);
            addColumns(sums, planes, length);
        }
    }

    private static void thirds(final byte[] bytes, final int a, final int b, final int c, final byte[] planes,
            final int width, final int length) {
        for (int x = 0, at = 0; x < width; x++, at += 9) {
            final long rowA = (long) LONGS.get(bytes, a + at);
            final long rowB = (long) LONGS.get(bytes, b + at);
            final long rowC = (long) LONGS.get(bytes, c + at);
            final long even = (rowA & LANES) + (rowB & LANES) + (rowC & LANES);
            final long odd = (rowA >>> 8 & LANES) + (rowB >>> 8 & LANES) + (rowC >>> 8 & LANES);
            final int last = (bytes[a + at + 8] & 0xff) + (bytes[b + at + 8] & 0xff) + (bytes[c + at + 8] & 0xff);
            planes[x] = ninth((int) (even + (even >>> 48) + (odd >>> 16)) & 0xffff);
            planes[x + length] = ninth((int) (odd + (even >>> 32) + (odd >>> 48)) & 0xffff);
            planes[x + 2 * length] = ninth(((int) ((even >>> 16) + (odd >>> 32)) & 0xffff) + last);
        }
    }

    private static byte ninth(final int sum) {
        return (byte) (sum * 7282 + 0x8000 >>> 16);
    }

    private static void halves(final byte[] bytes, final int a, final int b, final byte[] planes, final int width,
            final int length) {
        final int last = width - 1;
        int at = 0;
        for (int x = 0; x < last; x++, at += 6) {
            final long rowA = (long) LONGS.get(bytes, a + at);
            final long rowB = (long) LONGS.get(bytes, b + at);
            final long even = (rowA & LANES) + (rowB & LANES);
            final long odd = (rowA >>> 8 & LANES) + (rowB >>> 8 & LANES);
            planes[x] = quarter((int) (even + (odd >>> 16)) & 0xffff);
            planes[x + length] = quarter((int) (odd + (even >>> 32)) & 0xffff);
            planes[x + 2 * length] = quarter((int) ((even >>> 16) + (odd >>> 32)) & 0xffff);
        }
        for (int channel = 0; channel < 3; channel++, at++) {
            planes[last + channel * length] = quarter((bytes[a + at] & 0xff) + (bytes[a + at + 3] & 0xff)
                    + (bytes[b + at] & 0xff) + (bytes[b + at + 3] & 0xff));
        }
    }

    private static byte quarter(final int sum) {
        return (byte) (sum + 2 >>> 2);
    }

    private void copy(final byte[] bytes, final int a, final byte[] planes, final int length) {
        if (channels == 1) {
            System.arraycopy(bytes, a, planes, 0, width);
            return;
        }
        for (int x = 0, at = a; x < width; x++, at += 3) {
            planes[x] = bytes[at];
            planes[x + length] = bytes[at + 1];
            planes[x + 2 * length] = bytes[at + 2];
        }
    }

    private void addRows(final byte[] bytes, final int start, final int stride, final int[] sums) {
        int column = 0;
        for (final int end = columns - 7; column < end; column += 8) {
            long even = 0;
            long odd = 0;
            for (int row = 0, at = start + column; row < ratioY; row++, at += stride) {
                final long eight = (long) LONGS.get(bytes, at);
                even += eight & LANES;
                odd += eight >>> 8 & LANES;
            }
            sums[column] = (int) even & 0xffff;
            sums[column + 1] = (int) odd & 0xffff;
            sums[column + 2] = (int) even >>> 16;
            sums[column + 3] = (int) odd >>> 16;
            sums[column + 4] = (int) (even >>> 32) & 0xffff;
            sums[column + 5] = (int) (odd >>> 32) & 0xffff;
            sums[column + 6] = (int) (even >>> 48);
            sums[column + 7] = (int) (odd >>> 48);
        }
        for (; column < columns; column++) {
            int sum = 0;
            for (int row = 0, at = start + column; row < ratioY; row++, at += stride) {
                sum += bytes[at] & 0xff;
            }
            sums[column] = sum;
        }
    }

    private void addColumns(final int[] sums, final byte[] planes, final int length) {
        final long half = 1L << 31;
        for (int channel = 0; channel < channels; channel++) {
            final int plane = channel * length;
            for (int x = 0, at = channel; x < width; x++) {
                int sum = 0;
                for (int tap = 0; tap < ratioX; tap++, at += channels) {
                    sum += sums[at];
                }
                planes[plane + x] = (byte) (sum * factor + half >>> 32);
            }
        }
    }
}
