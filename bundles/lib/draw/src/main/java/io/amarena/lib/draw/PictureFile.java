/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pictures and writes them to files that a reader never sees half written. Thread-safe. */
public final class PictureFile {

    /** Quality of JPEG files where none is asked for: no visible loss on labels. */
    public static final float JPEG_QUALITY = 0.88f;

    private PictureFile() {
    }

    /**
     * Writes a picture as the ending of the file says: {@code .png}, or {@code .jpg} and {@code .jpeg}.
     *
     * @throws IOException              when the file cannot be written; then the old file, if any, is still there
     * @throws IllegalArgumentException when the ending is another one
     */
    public static void write(final BufferedImage picture, final Path file) throws IOException {
        final Path name = file.getFileName();
        final String ending = name.toString().toLowerCase(Locale.ROOT);
        final byte[] bytes;
        if (ending.endsWith(".png")) {
            bytes = png(picture);
        } else if (ending.endsWith(".jpg") || ending.endsWith(".jpeg")) {
            bytes = jpeg(picture, JPEG_QUALITY);
        } else {
            throw new IllegalArgumentException("Pictures are written as .jpg or .png, not as " + name);
        }
        final Path written = file.resolveSibling("." + name + ".part");
        try {
            Files.write(written, bytes);
            move(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /**
     * Encodes as JPEG.
     *
     * @param picture without transparency
     * @param quality 0 to 1
     */
    public static byte[] jpeg(final BufferedImage picture, final float quality) {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try {
            final ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            return encode(writer, picture, parameters);
        } finally {
            writer.dispose();
        }
    }

    /** Encodes as PNG. */
    public static byte[] png(final BufferedImage picture) {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try {
            return encode(writer, picture, writer.getDefaultWriteParam());
        } finally {
            writer.dispose();
        }
    }

    private static byte[] encode(final ImageWriter writer, final BufferedImage picture,
            final ImageWriteParam parameters) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void move(final Path from, final Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (final AtomicMoveNotSupportedException simpleFileSystem) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
