/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.model.Size;
import io.amarena.stages.image.jpeg.JpegHeader.Component;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Decodes JPEG pictures at a half, a quarter or an eighth of their size. The entropy coded data has to be read in any
 * case; what is saved is most of the transform and of the conversion of colours, and all of the memory and the scaling of
 * pixels that the model would never see.
 *
 * <p>It takes what cameras send: one scan, Huffman coding, 8 bits, grey or luminance with colour differences, any usual
 * subsampling, restart markers. It keeps its memory for the next picture. Not thread-safe.
 */
public final class ReducedDecoder {

    private static final int BLOCK = 8;

    private final HeaderReader headers = new HeaderReader();
    private final ScanData data = new ScanData();
    private final BlockReader blocks = new BlockReader();
    private final InverseTransform transform = new InverseTransform();
    private final int[] block = new int[BLOCK * BLOCK];
    private byte[] planes = new byte[0];

    /**
     * Decodes a picture.
     *
     * @param encoded from index 0 to its limit
     * @param least   size that the decoded picture has at least
     * @param memory  gives room for a number of bytes, in an array from its beginning
     * @return the picture, in RGB or GRAY; empty when it is of a kind that is not decoded here, or less than twice as
     *         large as asked for
     * @throws DamagedJpegException when its data is not what its header promises
     */
    public Optional<Image> decode(final ByteBuffer encoded, final Size least, final IntFunction<ByteBuffer> memory)
            throws DamagedJpegException {
        final Optional<JpegHeader> read = headers.read(encoded);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        final JpegHeader header = read.get();
        final int divisor = divisor(header, least);
        if (divisor == 1 || !fits(header, divisor)) {
            return Optional.empty();
        }
        final int unitWidth = header.mostHorizontal() * BLOCK / divisor;
        final int unitHeight = header.mostVertical() * BLOCK / divisor;
        final int unitsX = divide(header.width(), header.mostHorizontal() * BLOCK);
        final int unitsY = divide(header.height(), header.mostVertical() * BLOCK);
        final int stride = unitsX * unitWidth;
        final int size = stride * unitsY * unitHeight;
        if (planes.length < size * header.components().length) {
            planes = new byte[size * header.components().length];
        }
        data.open(encoded, header.scan());
        scan(header, unitsX, unitsY, divisor, stride, size);
        return Optional.of(picture(header, divisor, stride, size, memory));
    }

    private static int divide(final int length, final int divisor) {
        return (length + divisor - 1) / divisor;
    }

    private static int divisor(final JpegHeader header, final Size least) {
        int divisor = BLOCK;
        while (divisor > 1 && (divide(header.width(), divisor) < least.width()
                || divide(header.height(), divisor) < least.height())) {
            divisor /= 2;
        }
        return divisor;
    }

    /** Whether a block of every component gives whole samples, and not more than it has. */
    private static boolean fits(final JpegHeader header, final int divisor) {
        for (final Component component : header.components()) {
            if (!fits(header.mostHorizontal(), component.horizontal(), divisor)
                    || !fits(header.mostVertical(), component.vertical(), divisor)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(final int most, final int sampling, final int divisor) {
        final int times = most / sampling;
        return most % sampling == 0 && times <= divisor && Integer.bitCount(times) == 1;
    }

    private void scan(final JpegHeader header, final int unitsX, final int unitsY, final int divisor, final int stride,
            final int size) throws DamagedJpegException {
        final int units = unitsX * unitsY;
        final int interval = header.restartInterval() == 0 ? units : header.restartInterval();
        final int parts = divide(units, interval);
        if (data.parts() > parts) {
            throw DamagedJpegException.damaged("it has more restart markers than its header announces");
        }
        final int[] predicted = new int[header.components().length];
        for (int unit = 0; unit < units; unit++) {
            if (unit % interval == 0) {
                if (unit / interval >= data.parts()) {
                    throw DamagedJpegException.truncated("it ends before row " + unit / unitsX * BLOCK
                            * header.mostVertical() + " of " + header.height());
                }
                blocks.open(data, unit / interval);
                Arrays.fill(predicted, 0);
            }
            unit(header, unit % unitsX, unit / unitsX, divisor, stride, size, predicted);
            if (blocks.isBeyondEnd()) {
                throw DamagedJpegException.truncated("it ends before row " + unit / unitsX * BLOCK
                        * header.mostVertical() + " of " + header.height());
            }
        }
    }

    private void unit(final JpegHeader header, final int unitX, final int unitY, final int divisor, final int stride,
            final int size, final int[] predicted) throws DamagedJpegException {
        final Component[] components = header.components();
        for (int c = 0; c < components.length; c++) {
            final Component component = components[c];
            final int width = header.mostHorizontal() / component.horizontal() * BLOCK / divisor;
            final int height = header.mostVertical() / component.vertical() * BLOCK / divisor;
            for (int y = 0; y < component.vertical(); y++) {
                for (int x = 0; x < component.horizontal(); x++) {
                    final int answer = blocks.read(block, component, predicted[c]);
                    final int last = answer & 0xff;
                    predicted[c] = answer >> BLOCK;
                    transform.turn(block, last, width, height, planes, c * size
                            + (unitY * component.vertical() + y) * height * stride
                            + (unitX * component.horizontal() + x) * width, stride);
                    if (last > 0) {
                        Arrays.fill(block, 0);
                    }
                }
            }
        }
    }

    private Image picture(final JpegHeader header, final int divisor, final int stride, final int size,
            final IntFunction<ByteBuffer> memory) {
        final int width = divide(header.width(), divisor);
        final int height = divide(header.height(), divisor);
        if (header.components().length == 1) {
            return new Image(width, height, stride, PixelFormat.GRAY, ByteBuffer.wrap(planes), header.width(),
                    header.height());
        }
        final ByteBuffer pixels = memory.apply(3 * width * height);
        ColourConversion.toRgb(planes, size, stride, width, height, pixels.array());
        return new Image(width, height, 3 * width, PixelFormat.RGB, pixels, header.width(), header.height());
    }
}
