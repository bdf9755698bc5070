/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.imageio.ImageIO;

/**
 * Packs of a small classifier that says whether a picture is red, green or blue, good ones and spoilt ones. Made in memory;
 * {@code src/test/models/make_models.py} makes the models.
 */
final class ColoursPack {

    static final String NAME = "colours";
    private static final int SIDE = 8;

    private final String version;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String contract = "classification/1";
    private String golden = "red";

    private ColoursPack(final String version) {
        this.version = version;
        model("colours.onnx");
        files.put("labels.txt", "red\ngreen\nblue\n".getBytes(StandardCharsets.UTF_8));
    }

    /** A good pack of that version. */
    static ColoursPack of(final String version) {
        return new ColoursPack(version);
    }

    String version() {
        return version;
    }

    /** With another model. */
    ColoursPack model(final String resource) {
        try (InputStream in = ColoursPack.class.getResourceAsStream(resource)) {
            return model(in.readAllBytes());
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    ColoursPack model(final byte[] bytes) {
        files.put("model.onnx", bytes);
        return this;
    }

    byte[] model() {
        return files.get("model.onnx");
    }

    ColoursPack following(final String another) {
        contract = another;
        golden = "";
        return this;
    }

    /** With a golden sample that says that a red picture is of another colour. */
    ColoursPack expecting(final String colour) {
        golden = colour;
        return this;
    }

    ColoursPack header(final String name, final String value) {
        headers.put(name, value);
        return this;
    }

    InputStream jar() throws IOException {
        final Manifest manifest = new Manifest();
        final Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "model." + NAME);
        main.putValue("Bundle-Version", version);
        main.putValue("Amarena-Model", "model.json");
        headers.forEach(main::putValue);
        if (!golden.isEmpty()) {
            files.put("golden/red.png", picture(0xFF0000));
            files.put("golden/red.json", ("{\"contract\": \"classification/1\", \"classes\": [{\"label\": \"" + golden
                    + "\", \"class\": 0, \"score\": 0.9999}]}").getBytes(StandardCharsets.UTF_8));
        }
        files.put("model.json", descriptor().getBytes(StandardCharsets.UTF_8));
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (final Map.Entry<String, byte[]> file : files.entrySet()) {
                jar.putNextEntry(new ZipEntry(file.getKey()));
                jar.write(file.getValue());
                jar.closeEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private String descriptor() {
        return "{\"amarena\": \"model/1.0\", \"name\": \"" + NAME + "\", \"version\": \"" + version
                + "\", \"contract\": \"" + contract + "\", \"file\": \"model.onnx\", \"precision\": \"fp32\","
                + " \"input\": {\"use\": \"image/stretch\", \"sizes\": [[8, 8]], \"std\": 255},"
                + " \"output\": {\"use\": \"classification/softmax\", \"labels\": \"labels.txt\"}"
                + (golden.isEmpty() ? "" : ", \"golden\": [{\"frame\": \"golden/red.png\", \"expect\": \"golden/red.json\"}]")
                + "}";
    }

    /** A PNG of one colour. */
    static byte[] picture(final int rgb) throws IOException {
        final BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.setRGB(i % SIDE, i / SIDE, rgb);
        }
        final ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
