/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.ModelVersion;
import io.amarena.lib.descriptor.PackReader;
import io.amarena.lib.descriptor.PackStore;
import io.amarena.lib.onnx.OnnxLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;

/** In a real framework, with real bundles. */
class PackTrackerTest {

    @TempDir
    private Path folder;

    private Catalog catalog;
    private Framework framework;
    private PackTracker tracker;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage",
                folder.resolve("cache").toString()));
        framework.start();
        final PackReader reader = new PackReader(OnnxLimits.DEFAULT);
        final StoredModels stored = new StoredModels(new PackStore(folder.resolve("models"), 1 << 20, 100), reader);
        catalog = new Catalog(stored);
        tracker = new PackTracker(framework.getBundleContext(), stored, reader, catalog);
        tracker.open();
    }

    @AfterEach
    void stop() throws Exception {
        if (framework.getState() == Bundle.ACTIVE) {
            tracker.close();
        }
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void a_pack_is_staged_when_it_starts_updated_in_place_and_retired_when_it_is_uninstalled() throws Exception {
        final AtomicInteger changes = new AtomicInteger();
        catalog.onChange(changes::incrementAndGet);
        final Bundle bundle = install("pack", pack("model.adder", "1.0.0", "1.0.0"));
        assertEquals(List.of("adder 1.0.0 STAGED"), versions());
        bundle.update(pack("model.adder", "1.1.0", "1.1.0"));
        assertEquals(List.of("adder 1.1.0 STAGED"), versions());
        bundle.stop();
        assertEquals(List.of("adder 1.1.0 STAGED"), versions(), "a stop retires nothing");
        bundle.uninstall();
        assertEquals(List.of(), versions());
        assertTrue(changes.get() >= 3);
    }

    @Test
    void a_model_that_an_update_took_away_comes_from_the_store_as_long_as_it_is_needed() throws Exception {
        final Bundle bundle = install("pack", pack("model.adder", "1.0.0", "1.0.0"));
        final String before = catalog.versions().get(0).digest();
        bundle.update(pack("model.adder", "1.1.0", "1.1.0"));
        final String after = catalog.versions().get(0).digest();
        catalog.needed(Set.of(before));
        assertEquals("1.0.0", catalog.stored(before).orElseThrow().id().version());
        catalog.needed(Set.of());
        assertTrue(catalog.stored(before).isEmpty());
        assertEquals("1.1.0", catalog.stored(after).orElseThrow().id().version(), "a pack brings it");
    }

    @Test
    void an_uninstalled_pack_takes_what_it_brought_before_along_unless_another_one_brings_it() throws Exception {
        final Bundle bundle = install("pack", pack("model.adder", "1.0.0", "1.0.0"));
        final String before = catalog.versions().get(0).digest();
        bundle.update(pack("model.adder", "1.1.0", "1.1.0"));
        final String after = catalog.versions().get(0).digest();
        assertEquals(Set.of(), catalog.uninstalled(), "an update uninstalls nothing");
        bundle.uninstall();
        assertEquals(Set.of(before, after), catalog.uninstalled());
        install("again", pack("model.adder", "1.1.0", "1.1.0"));
        assertEquals(Set.of(before), catalog.uninstalled());
    }

    @Test
    void versions_side_by_side_are_ordered_from_the_highest() throws Exception {
        install("one", pack("model.adder", "1.9.0", "1.9.0"));
        install("two", pack("model.adder", "1.10.0", "1.10.0"));
        assertEquals(List.of("adder 1.10.0 STAGED", "adder 1.9.0 STAGED"), versions());
    }

    @Test
    void a_pack_whose_bundle_and_descriptor_disagree_is_rejected_and_says_so() throws Exception {
        install("one", pack("model.adder", "1.0.0", "2.0.0"));
        install("two", pack("model.other", "1.0.0", "1.0.0"));
        assertTrue(catalog.versions().get(0).reason().contains("has version 1.0.0, but model.json says 2.0.0"),
                catalog.versions().toString());
        assertTrue(catalog.versions().get(1).reason().contains("must be model.adder"), catalog.versions().toString());
    }

    @Test
    void a_pack_without_descriptor_is_rejected_and_other_bundles_are_none_of_our_business() throws Exception {
        install("one", jar("model.empty", "1.0.0", Map.of()));
        assertEquals(List.of("empty 1.0.0 REJECTED"), versions());
        assertTrue(catalog.versions().get(0).reason().contains("model.json is missing"));
    }

    @Test
    void the_end_of_the_framework_retires_nothing() throws Exception {
        install("pack", pack("model.adder", "1.0.0", "1.0.0"));
        framework.stop();
        framework.waitForStop(10_000);
        assertEquals(List.of("adder 1.0.0 STAGED"), versions());
    }

    @Test
    void a_store_that_cannot_be_written_rejects_the_pack_and_names_the_remedy() throws Exception {
        Files.writeString(folder.resolve("file"), "no folder");
        final PackReader reader = new PackReader(OnnxLimits.DEFAULT);
        final PackTracker blocked = new PackTracker(framework.getBundleContext(), new StoredModels(
                new PackStore(folder.resolve("file").resolve("models"), 1 << 20, 100), reader), reader, catalog);
        tracker.close();
        blocked.open();
        install("pack", pack("model.adder", "1.0.0", "1.0.0"));
        blocked.close();
        assertTrue(catalog.versions().get(0).reason().contains("permissions of the data folder"),
                catalog.versions().toString());
    }

    private Bundle install(final String location, final InputStream jar) throws Exception {
        final Bundle bundle = framework.getBundleContext().installBundle(location, jar);
        bundle.start();
        return bundle;
    }

    private List<String> versions() {
        return catalog.versions().stream().map(PackTrackerTest::describe).toList();
    }

    private static String describe(final ModelVersion version) {
        return version.name() + ' ' + version.version() + ' ' + version.state();
    }

    private static InputStream pack(final String name, final String bundleVersion, final String version)
            throws IOException {
        final String descriptor = "{\"amarena\":\"model/1.0\",\"name\":\"adder\",\"version\":\"" + version
                + "\",\"contract\":\"values/1\",\"file\":\"conv.onnx\",\"precision\":\"fp32\",\"input\":{\"use\":\"a/b\"},"
                + "\"output\":{\"use\":\"c/d\"}}";
        return jar(name, bundleVersion, Map.of("model.json", descriptor.getBytes(), "conv.onnx", Files.readAllBytes(
                Path.of("../../lib/onnx/src/test/resources/io/amarena/lib/onnx/conv.onnx"))));
    }

    private static InputStream jar(final String name, final String version, final Map<String, byte[]> files)
            throws IOException {
        final Manifest manifest = new Manifest();
        final Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        main.putValue("Amarena-Model", "model.json");
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (final Map.Entry<String, byte[]> file : files.entrySet()) {
                jar.putNextEntry(new ZipEntry(file.getKey()));
                jar.write(file.getValue());
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
