/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Makes the content of a frame a picture of the Java platform, to draw on. Thread-safe. */
public final class FramePicture {

    private FramePicture() {
    }

    /**
     * Reads or copies a picture. One that is far larger than needed is read in a coarser grid.
     *
     * @param longestSide about how large it is needed; the picture returned is at most four times that a side
     * @throws IOException when the content is no picture or cannot be decoded by the Java platform
     */
    public static BufferedImage of(final FrameContent content, final int longestSide) throws IOException {
        if (content instanceof Image image) {
            return copy(image);
        }
        if (content instanceof EncodedImage encoded) {
            final ByteBuffer view = encoded.bytes().duplicate();
            final byte[] bytes = new byte[view.remaining()];
            view.get(bytes);
            return read(bytes, longestSide);
        }
        throw new IOException("The frame holds " + content.getClass().getSimpleName() + ", which is no picture");
    }

    /**
     * Reads an encoded picture.
     *
     * @param longestSide as in {@link #of}
     * @throws IOException when the bytes are no picture that the Java platform can decode
     */
    public static BufferedImage read(final byte[] bytes, final int longestSide) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            final Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException("The bytes are no picture in a known format");
            }
            final ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                final int longest = Math.max(reader.getWidth(0), reader.getHeight(0));
                final int step = Math.max(1, longest / (2 * longestSide));
                final ImageReadParam parameters = reader.getDefaultReadParam();
                parameters.setSourceSubsampling(step, step, 0, 0);
                return reader.read(0, parameters);
            } finally {
                reader.dispose();
            }
        } catch (final RuntimeException damaged) {
            throw new IOException("The picture is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static BufferedImage copy(final Image image) {
        final BufferedImage copy = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        final ByteBuffer pixels = image.pixels();
        final boolean gray = image.format() == PixelFormat.GRAY;
        final int red = image.format() == PixelFormat.BGR ? 2 : 0;
        final int[] row = new int[image.width()];
        for (int y = 0; y < image.height(); y++) {
            int at = y * image.stride();
            for (int x = 0; x < row.length; x++) {
                if (gray) {
                    row[x] = (pixels.get(at) & 0xFF) * 0x010101;
                } else {
                    row[x] = (pixels.get(at + red) & 0xFF) << 16 | (pixels.get(at + 1) & 0xFF) << 8
                            | pixels.get(at + 2 - red) & 0xFF;
                }
                at += image.format().bytesPerPixel();
            }
            copy.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return copy;
    }
}
