/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Real bundles, made on the spot. */
final class Jars {

    private Jars() {
    }

    static byte[] bytes(final String name, final String version, final Map<String, String> headers,
            final Map<String, byte[]> entries) {
        final Map<String, String> all = new LinkedHashMap<>(Map.of("Bundle-ManifestVersion", "2",
                "Bundle-SymbolicName", name, "Bundle-Version", version));
        all.putAll(headers);
        all.values().removeIf(String::isEmpty);
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        all.forEach(manifest.getMainAttributes()::putValue);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Path jar(final Path folder, final String name, final String version, final String content)
            throws IOException {
        return Files.write(folder.resolve(name + '-' + version + '-' + content.length() + ".jar"), bytes(name, version,
                Map.of(), Map.of("content.txt", content.getBytes(StandardCharsets.UTF_8))));
    }

    /** A bundle with a class of the test's class path as its activator. */
    static Path jar(final Path folder, final String name, final String version, final Class<?> activator)
            throws IOException {
        final String path = activator.getName().replace('.', '/') + ".class";
        try (InputStream in = Jars.class.getClassLoader().getResourceAsStream(path)) {
            return Files.write(folder.resolve(name + '-' + version + "-activator.jar"), bytes(name, version,
                    Map.of("Bundle-Activator", activator.getName(), "Import-Package", "org.osgi.framework"),
                    Map.of(path, in.readAllBytes())));
        }
    }
}
