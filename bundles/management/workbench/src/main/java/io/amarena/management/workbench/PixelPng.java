/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes decoded pictures as PNG files that decode to the same pixels again. */
final class PixelPng {

    private static final int[] IN_ORDER = {0, 1, 2};
    private static final int[] REVERSED = {2, 1, 0};

    private PixelPng() {
    }

    static void write(final Image image, final Path file) throws IOException {
        final boolean gray = image.format() == PixelFormat.GRAY;
        final int[] bands = gray ? new int[] {0} : image.format() == PixelFormat.RGB ? IN_ORDER : REVERSED;
        final byte[] samples = samples(image);
        final WritableRaster raster = Raster.createInterleavedRaster(new DataBufferByte(samples, samples.length),
                image.width(), image.height(), image.stride(), bands.length, bands, null);
        final ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(gray ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB), false, false,
                Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        if (!ImageIO.write(new BufferedImage(colours, raster, false, null), "png", file.toFile())) {
            throw new IOException("this Java cannot write PNG files of " + image.format());
        }
    }

    private static byte[] samples(final Image image) {
        final ByteBuffer pixels = image.pixels();
        if (pixels.hasArray() && pixels.arrayOffset() == 0) {
            return pixels.array();
        }
        final byte[] copy = new byte[pixels.capacity()];
        pixels.get(0, copy);
        return copy;
    }
}
