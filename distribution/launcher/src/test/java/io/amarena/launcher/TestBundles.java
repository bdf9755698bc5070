/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

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

/** A distribution in a temporary folder: real bundles, made on the spot. */
final class TestBundles {

    private final Path home;

    TestBundles(final Path home) {
        this.home = home;
    }

    Path home() {
        return home;
    }

    /** A bundle named as its artifact, of group {@code t}. */
    Path bundle(final String name, final String version, final Map<String, String> headers, final String content)
            throws IOException {
        final Path file = home.resolve("repository").resolve(new Coordinates("t", name, version).path());
        Files.createDirectories(file.getParent());
        return Files.write(file, jar(name, version, headers, content));
    }

    Path bundle(final String name, final String version) throws IOException {
        return bundle(name, version, Map.of(), "");
    }

    /** A bundle with an activator of the test's class path. */
    Path bundle(final String name, final String version, final Class<?> activator) throws IOException {
        return bundle(name, version, Map.of("Bundle-Activator", activator.getName(),
                "Import-Package", "org.osgi.framework"), "");
    }

    /** A feature; each line is {@code name:version} with further members behind a blank. */
    void feature(final String name, final String... bundles) throws IOException {
        final StringBuilder json = new StringBuilder(
                "{\"feature-resource-version\":\"1.0\",\"id\":\"t.features:" + name + ":1.0.0\",\"bundles\":[");
        for (int at = 0; at < bundles.length; at++) {
            final String[] parts = bundles[at].split(" ", 2);
            json.append(at == 0 ? "" : ",").append("{\"id\":\"t:").append(parts[0]).append('"')
                    .append(parts.length > 1 ? "," + parts[1] : "").append('}');
        }
        final Path file = home.resolve("features").resolve(name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.append("]}"));
    }

    static byte[] jar(final String name, final String version, final Map<String, String> headers,
            final String content) {
        final Manifest manifest = new Manifest();
        final Map<String, String> all = new LinkedHashMap<>(Map.of("Bundle-ManifestVersion", "2",
                "Bundle-SymbolicName", name, "Bundle-Version", version));
        all.putAll(headers);
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        all.forEach(manifest.getMainAttributes()::putValue);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            entry(jar, "content.txt", content.getBytes(StandardCharsets.UTF_8));
            if (headers.containsKey("Bundle-Activator")) {
                final String path = headers.get("Bundle-Activator").replace('.', '/') + ".class";
                try (InputStream in = TestBundles.class.getClassLoader().getResourceAsStream(path)) {
                    entry(jar, path, in.readAllBytes());
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void entry(final JarOutputStream jar, final String path, final byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(path));
        jar.write(bytes);
        jar.closeEntry();
    }
}
