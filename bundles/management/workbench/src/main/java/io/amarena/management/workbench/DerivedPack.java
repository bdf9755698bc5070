/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.model.Size;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
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

/**
 * Makes a pack from another one: the same model at an input size that is chosen, without golden samples, whose expectations
 * hold for the model's own size.
 */
final class DerivedPack {

    private DerivedPack() {
    }

    /**
     * Makes one.
     *
     * @param name    of the model in the derived pack
     * @param size    of its input
     * @param tensors whether its preprocessor is {@link TensorStage}
     */
    static void derive(final Path pack, final Path target, final String name, final Size size, final boolean tensors)
            throws IOException {
        try (JarFile jar = new JarFile(pack.toFile()); OutputStream file = Files.newOutputStream(target)) {
            final Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().putValue("Bundle-SymbolicName", "model." + name);
            final String header = manifest.getMainAttributes().getValue("Amarena-Model");
            try (JarOutputStream copy = new JarOutputStream(file, manifest)) {
                for (final JarEntry entry : Collections.list(jar.entries())) {
                    if (entry.isDirectory() || entry.getName().startsWith("META-INF/")) {
                        continue;
                    }
                    copy.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream content = jar.getInputStream(entry)) {
                        if (entry.getName().equals(header)) {
                            copy.write(descriptor(content, name, size, tensors).getBytes(StandardCharsets.UTF_8));
                        } else {
                            content.transferTo(copy);
                        }
                    }
                }
            }
        }
    }

    private static String descriptor(final InputStream content, final String name, final Size size,
            final boolean tensors) {
        try (JsonReader reader = Json.createReader(content)) {
            final JsonObject original = reader.readObject();
            final JsonObjectBuilder changed = Json.createObjectBuilder(original).remove("golden").add("name", name);
            final JsonObjectBuilder input = tensors ? Json.createObjectBuilder().add("use", TensorStage.NAME)
                    : Json.createObjectBuilder(original.getJsonObject("input"));
            changed.add("input", input.add("sizes", Json.createArrayBuilder().add(Json.createArrayBuilder()
                    .add(size.width()).add(size.height()))));
            return changed.build().toString();
        }
    }
}
