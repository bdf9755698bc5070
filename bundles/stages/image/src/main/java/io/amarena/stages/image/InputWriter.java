/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.tensor.ElementType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes rows of 8-bit samples into the tensor, normalised and in its layout, and fills what the picture does not
 * cover. Immutable and thread-safe.
 */
final class InputWriter {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class,
            ByteOrder.nativeOrder());

    private final ElementType type;
    private final int elementBytes;
    private final Normalisation normalisation;
    private final int channels;
    private final int width;
    private final int height;
    private final int planes;
    private final int step;
    private final byte[][] padding;

    InputWriter(final InputForm form) {
        this.type = form.type();
        this.elementBytes = type.bytes();
        this.normalisation = new Normalisation(type, form.mean(), form.std());
        this.channels = normalisation.channels();
        this.width = form.size().width();
        this.height = form.size().height();
        this.planes = form.order() == ChannelOrder.NCHW ? channels : 1;
        this.step = channels / planes;
        this.padding = new byte[planes][lineBytes()];
        for (int channel = 0; channel < channels; channel++) {
            final byte[] samples = new byte[width];
            Arrays.fill(samples, (byte) form.pad()[channel]);
            encode(samples, 0, width, channel, planes == 1 ? padding[0] : padding[channel]);
        }
    }

    /** Bytes of one row of the tensor, of one channel where each has its plane. */
    int lineBytes() {
        return width * step * elementBytes;
    }

    /**
     * Writes samples of one row.
     *
     * @param data    of the tensor
     * @param index   place of the frame in the batch
     * @param x       where the samples begin
     * @param y       row
     * @param count   number of pixels
     * @param samples plane p begins at p * {@code length}
     * @param source  which of these planes goes into each channel of the tensor
     * @param line    room for {@link #lineBytes}
     */
    void write(final ByteBuffer data, final int index, final int x, final int y, final int count,
            final byte[] samples, final int length, final int[] source, final byte[] line) {
        for (int plane = 0; plane < planes; plane++) {
            for (int channel = plane; channel < plane + step; channel++) {
                encode(samples, source[channel] * length, count, channel, line);
            }
            data.put(position(index, plane, y, x), line, 0, count * step * elementBytes);
        }
    }

    /** Fills everything outside a rectangle. */
    void pad(final ByteBuffer data, final int index, final Placement content) {
        final int right = content.left() + content.width();
        final int bottom = content.top() + content.height();
        for (int plane = 0; plane < planes; plane++) {
            for (int y = 0; y < height; y++) {
                if (y < content.top() || y >= bottom) {
                    fill(data, index, plane, y, 0, width);
                } else {
                    fill(data, index, plane, y, 0, content.left());
                    fill(data, index, plane, y, right, width);
                }
            }
        }
    }

    private void fill(final ByteBuffer data, final int index, final int plane, final int y, final int from,
            final int to) {
        if (from < to) {
            data.put(position(index, plane, y, from), padding[plane], 0, (to - from) * step * elementBytes);
        }
    }

    private int position(final int index, final int plane, final int y, final int x) {
        return (((index * planes + plane) * height + y) * width + x) * step * elementBytes;
    }

    private void encode(final byte[] samples, final int from, final int count, final int channel, final byte[] line) {
        final int[] table = normalisation.table(channel);
        final int first = channel % step;
        switch (type) {
            case FLOAT32:
                encodeInts(samples, from, count, table, line, first * 4, step * 4);
                break;
            case FLOAT16:
                encodeShorts(samples, from, count, table, line, first * 2, step * 2);
                break;
            default:
                encodeBytes(samples, from, count, line, first, step);
                break;
        }
    }

    private static void encodeInts(final byte[] samples, final int from, final int count, final int[] table,
            final byte[] line, final int first, final int step) {
        for (int i = 0, at = first; i < count; i++, at += step) {
            INTS.set(line, at, table[samples[from + i] & 0xff]);
        }
    }

    private static void encodeShorts(final byte[] samples, final int from, final int count, final int[] table,
            final byte[] line, final int first, final int step) {
        for (int i = 0, at = first; i < count; i++, at += step) {
            SHORTS.set(line, at, (short) table[samples[from + i] & 0xff]);
        }
    }

    private static void encodeBytes(final byte[] samples, final int from, final int count, final byte[] line,
            final int first, final int step) {
        if (step == 1) {
            System.arraycopy(samples, from, line, 0, count);
            return;
        }
        for (int i = 0, at = first; i < count; i++, at += step) {
            line[at] = samples[from + i];
        }
    }
}
