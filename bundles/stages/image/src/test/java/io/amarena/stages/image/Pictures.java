/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files made byte by byte, so that what they hold is known without asking a reader. */
final class Pictures {

    static final int GRAY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GRAY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    private Pictures() {
    }

    /** A PNG file with these chunks between its header and its end. */
    static byte[] png(final int width, final int height, final int depth, final int colourType, final byte[]... chunks) {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        file.writeBytes(header(width, height, depth, colourType));
        for (final byte[] chunk : chunks) {
            file.writeBytes(chunk);
        }
        file.writeBytes(chunk("IEND"));
        return file.toByteArray();
    }

    static byte[] header(final int width, final int height, final int depth, final int colourType) {
        return chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) depth)
                .put((byte) colourType).put(new byte[3]).array());
    }

    /** All rows of a picture, each pixel the same bytes. */
    static byte[] data(final int width, final int height, final int... pixel) {
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream rows = new DeflaterOutputStream(packed)) {
            for (int y = 0; y < height; y++) {
                rows.write(0);
                for (int x = 0; x < width; x++) {
                    for (final int part : pixel) {
                        rows.write(part);
                    }
                }
            }
        } catch (final IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return chunk("IDAT", packed.toByteArray());
    }

    static byte[] chunk(final String type, final byte... content) {
        return chunk(type, content.length, content);
    }

    /** A chunk that claims a length of its own. */
    static byte[] chunk(final String type, final int length, final byte... content) {
        final byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        final CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        return ByteBuffer.allocate(12 + content.length).putInt(length).put(name).put(content)
                .putInt((int) sum.getValue()).array();
    }

    /** A JPEG file with these samples in every pixel, stored as they are. */
    static byte[] jpeg(final int side, final int... samples) throws IOException {
        final WritableRaster raster = Raster.createInterleavedRaster(0, side, side, samples.length, null);
        for (int at = 0; at < side * side; at++) {
            raster.setPixel(at % side, at / side, samples);
        }
        return jpeg(new IIOImage(raster, null, null), false);
    }

    static byte[] jpeg(final RenderedImage picture, final boolean progressive) throws IOException {
        return jpeg(new IIOImage(picture, null, null), progressive);
    }

    private static byte[] jpeg(final IIOImage picture, final boolean progressive) throws IOException {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            final ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(1);
            if (progressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, picture, parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same JPEG file with one more segment after its first marker. */
    static byte[] withSegment(final byte[] jpeg, final int marker, final byte... content) {
        return ByteBuffer.allocate(jpeg.length + 4 + content.length).put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker)
                .putShort((short) (content.length + 2)).put(content).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** What Adobe's programs write: inks are stored inverted, with the given colour transform. */
    static byte[] adobe(final byte[] jpeg, final int transform) {
        return withSegment(jpeg, 0xEE, ByteBuffer.allocate(12).put("Adobe".getBytes(StandardCharsets.US_ASCII))
                .put(new byte[] {0, 100, 0, 0, 0, 0, (byte) transform}).array());
    }

    /** The same progressive JPEG file with its last scan many times more. */
    static byte[] withScansRepeated(final byte[] progressive, final int times) {
        final int end = progressive.length - 2;
        final int last = lastScan(progressive);
        final ByteBuffer file = ByteBuffer.allocate(end + times * (end - last) + 2).put(progressive, 0, end);
        for (int i = 0; i < times; i++) {
            file.put(progressive, last, end - last);
        }
        return file.put(progressive, end, 2).array();
    }

    private static int lastScan(final byte[] jpeg) {
        int at = jpeg.length - 2;
        while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != (byte) 0xDA) {
            at--;
        }
        return at;
    }

    static BufferedImage noise(final int width, final int height) {
        final BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        final byte[] samples = new byte[3 * width * height];
        new Random(5).nextBytes(samples);
        picture.getRaster().setDataElements(0, 0, width, height, samples);
        return picture;
    }
}
