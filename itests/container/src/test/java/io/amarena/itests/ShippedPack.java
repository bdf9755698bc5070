/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The content of the shipped model pack, to be changed and packed again under other names. */
final class ShippedPack {

    private static final String SHIPPED = "surface-inspection";

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private ShippedPack() {
    }

    static ShippedPack of(final BundleContext context) throws IOException {
        final Bundle bundle = Arrays.stream(context.getBundles())
                .filter(any -> ("model." + SHIPPED).equals(any.getSymbolicName())).findFirst().orElseThrow();
        final ShippedPack pack = new ShippedPack();
        for (final URL entry : Collections.list(bundle.findEntries("/", "*", true))) {
            final String path = entry.getPath().substring(1);
            if (!path.endsWith("/") && !path.startsWith("META-INF/")) {
                try (InputStream in = entry.openStream()) {
                    pack.files.put(path, in.readAllBytes());
                }
            }
        }
        return pack;
    }

    byte[] file(final String path) {
        return files.get(path);
    }

    ShippedPack with(final String path, final byte[] content) {
        files.put(path, content);
        return this;
    }

    ShippedPack without(final String path) {
        files.remove(path);
        return this;
    }

    /** Replaces a text of the descriptor, which must have it. */
    ShippedPack descriptor(final String text, final String replacement) {
        final String before = new String(files.get("model.json"), StandardCharsets.UTF_8);
        final String after = before.replace(text, replacement);
        if (after.equals(before)) {
            throw new AssertionError("the descriptor does not have " + text);
        }
        return with("model.json", after.getBytes(StandardCharsets.UTF_8));
    }

    /** As a jar of another model, with the name in the descriptor too, where there is one. */
    byte[] named(final String name) {
        if (files.containsKey("model.json")) {
            with("model.json", new String(files.get("model.json"), StandardCharsets.UTF_8)
                    .replace("\"" + SHIPPED + "\"", "\"" + name + "\"").getBytes(StandardCharsets.UTF_8));
        }
        return jar(name, "1.0.0");
    }

    /** As a jar of another version of the shipped model. */
    byte[] version(final String version) {
        descriptor("\"1.0.0\"", "\"" + version + "\"");
        return jar(SHIPPED, version);
    }

    private byte[] jar(final String name, final String version) {
        final Manifest manifest = new Manifest();
        final Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "model." + name);
        main.putValue("Bundle-Version", version);
        main.putValue("Amarena-Model", "model.json");
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (final Map.Entry<String, byte[]> file : files.entrySet()) {
                jar.putNextEntry(new ZipEntry(file.getKey()));
                jar.write(file.getValue());
            }
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Installs and starts a jar, as the Web Console would. */
    static Bundle install(final BundleContext context, final String location, final byte[] jar) throws Exception {
        final Bundle bundle = context.installBundle(location, new ByteArrayInputStream(jar));
        bundle.start();
        return bundle;
    }
}
