/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes other versions of the model pack that is shipped. */
final class PackVersions {

    static final Path SHIPPED = Distribution.HOME.resolve(
            "repository/io/amarena/packs/surface-inspection/1.0.0/surface-inspection-1.0.0.jar");

    private PackVersions() {
    }

    /** The same pack under another version. */
    static Path version(final String version, final Path target) throws IOException {
        return write(version, target, -1);
    }

    /** A pack whose model file is cut short, under another version. */
    static Path broken(final String version, final Path target) throws IOException {
        return write(version, target, 1000);
    }

    private static Path write(final String version, final Path target, final int modelBytes) throws IOException {
        try (JarFile jar = new JarFile(SHIPPED.toFile())) {
            final Manifest manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().replaceAll(
                    (name, value) -> name.toString().equals("Manifest-Version") ? value
                            : value.toString().replace("1.0.0", version));
            try (OutputStream out = Files.newOutputStream(target);
                    JarOutputStream copy = new JarOutputStream(out, manifest)) {
                for (final JarEntry entry : Collections.list(jar.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        copy.putNextEntry(new ZipEntry(entry.getName()));
                        copy.write(content(jar, entry, version, modelBytes));
                        copy.closeEntry();
                    }
                }
            }
        }
        return target;
    }

    private static byte[] content(final JarFile jar, final JarEntry entry, final String version,
            final int modelBytes) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            final byte[] bytes = in.readAllBytes();
            if (entry.getName().equals("model.json")) {
                return new String(bytes, StandardCharsets.UTF_8)
                        .replace("\"version\": \"1.0.0\"", "\"version\": \"" + version + '"')
                        .getBytes(StandardCharsets.UTF_8);
            }
            return modelBytes >= 0 && entry.getName().endsWith(".onnx")
                    ? java.util.Arrays.copyOf(bytes, modelBytes) : bytes;
        }
    }
}
