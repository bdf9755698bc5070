/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes RGB frames of one size as baseline JPEG, with one writer for all of them. Not for use by several threads;
 * whoever made it closes it.
 */
public final class JpegEncoder implements AutoCloseable {
    private final ImageWriter writer;
    private final ImageWriteParam parameters;
    private final byte[] pixels;
    private final IIOImage image;
    private final Output output = new Output();

    /**
     * @param quality from 0 (small) to 1 (faithful)
     * @throws IllegalArgumentException if the quality is out of its range
     */
    public JpegEncoder(final int width, final int height, final double quality) {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("The JPEG quality is " + quality + "; choose a value from 0 to 1");
        }
        writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality((float) quality);
        pixels = new byte[width * height * 3];
        final DataBufferByte buffer = new DataBufferByte(pixels, pixels.length);
        final var raster = Raster.createInterleavedRaster(buffer, width, height, width * 3, 3, new int[] {0, 1, 2},
                null);
        final var colours = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false,
                Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        image = new IIOImage(new BufferedImage(colours, raster, false, null), null, null);
    }

    /** The array to render the next frame into: RGB, three bytes per pixel, rows from the top. */
    public byte[] pixels() {
        return pixels;
    }

    /** Encodes what {@link #pixels()} holds, into a new array. */
    public byte[] encode() {
        output.reset();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(output)) {
            writer.setOutput(stream);
            writer.write(null, image, parameters);
        } catch (final IOException e) {
            throw new UncheckedIOException("JPEG encoding into memory failed: " + e.getMessage(), e);
        }
        return output.toByteArray();
    }

    @Override
    public void close() {
        writer.dispose();
    }

    private static final class Output extends ByteArrayOutputStream {
        Output() {
            super(1 << 18);
        }
    }
}
