/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A copy of a bundle with another version, or other content under the same version. */
final class RebuiltJar {

    private static final String BUILD = "soak-build.txt";

    private final Path original;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    RebuiltJar(final Path original) {
        this.original = original;
    }

    /** With another manifest header. */
    RebuiltJar header(final String name, final String value) {
        headers.put(name, value);
        return this;
    }

    /** With another content of a file, or a new file. */
    RebuiltJar content(final String path, final byte[] bytes) {
        contents.put(path, bytes.clone());
        return this;
    }

    /** With a number that no other build has, so that its bytes differ. */
    RebuiltJar build(final long number) {
        return content(BUILD, ("build " + number + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the copy. */
    Path writeTo(final Path target) throws IOException {
        try (JarFile jar = new JarFile(original.toFile())) {
            final Manifest manifest = new Manifest(jar.getManifest());
            headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (final JarEntry entry : Collections.list(jar.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME) && !contents.containsKey(entry.getName())) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        try (InputStream in = jar.getInputStream(entry)) {
                            in.transferTo(out);
                        }
                    }
                }
                for (final Map.Entry<String, byte[]> content : contents.entrySet()) {
                    out.putNextEntry(new ZipEntry(content.getKey()));
                    out.write(content.getValue());
                }
            }
        }
        return target;
    }

    /** The content of a file of a jar. */
    static byte[] read(final Path jar, final String path) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            final ZipEntry entry = file.getEntry(path);
            if (entry == null) {
                throw new IOException(jar + " holds no " + path);
            }
            try (InputStream in = file.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }
    }
}
