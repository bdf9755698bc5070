/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import io.amarena.api.model.ModelDescriptor;
import jakarta.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A model pack: a bundle without code, whose manifest says what its descriptor says, and which imports and exports
 * nothing.
 *
 * <p>The same content gives the same bytes: entries are sorted and have a fixed time.
 */
public final class PackJar {

    /** Path of the descriptor in the pack. */
    public static final String DESCRIPTOR = "model.json";

    /** The first day that ZIP files can name would be written with a time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ModelDescriptor descriptor;
    private final Map<String, PackEntry> files;

    PackJar(final ModelDescriptor descriptor, final JsonObject json, final Map<String, PackEntry> files) {
        this.descriptor = descriptor;
        this.files = new TreeMap<>(files);
        this.files.put(DESCRIPTOR, PackEntry.of(JsonLayout.text(json).getBytes(StandardCharsets.UTF_8)));
    }

    /** How many files the pack holds, the manifest not counted. */
    public int count() {
        return files.size();
    }

    /**
     * Writes the jar.
     *
     * @param target a new file; it is incomplete until this returns
     */
    public void write(final Path target) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
                ZipOutputStream jar = new ZipOutputStream(file)) {
            jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest().write(jar);
            for (final Map.Entry<String, PackEntry> content : files.entrySet()) {
                jar.putNextEntry(entry(content.getKey()));
                try (InputStream in = content.getValue().open()) {
                    in.transferTo(jar);
                }
            }
        }
    }

    private static ZipEntry entry(final String name) {
        final ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        return entry;
    }

    private Manifest manifest() {
        final Manifest manifest = new Manifest();
        final Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "model." + descriptor.name());
        headers.putValue("Bundle-Version", descriptor.version());
        headers.putValue("Amarena-Model", DESCRIPTOR);
        headers.putValue("Provide-Capability", "io.amarena.model;name=" + descriptor.name() + ";version:Version=\""
                + descriptor.version() + "\";contract=\"" + descriptor.contract() + "\";precision="
                + descriptor.precision());
        return manifest;
    }
}
