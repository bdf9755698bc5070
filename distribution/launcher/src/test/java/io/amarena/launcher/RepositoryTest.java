/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class RepositoryTest {

    @TempDir
    private Path home;

    private static WantedBundle wanted(final String name, final String version) {
        return new WantedBundle(new Coordinates("t", name, version), 5, false, "core.json");
    }

    private List<RepositoryBundle> find(final WantedBundle... wanted) throws GatewayException {
        return new Repository(home.resolve("repository")).find(List.of(wanted));
    }

    private String refused(final WantedBundle... wanted) {
        return assertThrows(GatewayException.class, () -> find(wanted)).getMessage();
    }

    @Test
    void a_bundle_is_read_from_its_manifest() throws Exception {
        new TestBundles(home).bundle("engine", "1.0.0.SNAPSHOT",
                Map.of("Bundle-SymbolicName", "io.engine;singleton:=true"), "");

        final RepositoryBundle found = find(wanted("engine", "1.0.0.SNAPSHOT")).get(0);

        assertEquals("io.engine", found.symbolicName());
        assertEquals(new Version("1.0.0.SNAPSHOT"), found.version());
        assertEquals(64, found.digest().length());
    }

    @Test
    void another_content_has_another_digest() throws Exception {
        final TestBundles bundles = new TestBundles(home);
        bundles.bundle("engine", "1.0.0", Map.of(), "one");
        final String first = find(wanted("engine", "1.0.0")).get(0).digest();
        bundles.bundle("engine", "1.0.0", Map.of(), "two");

        assertNotEquals(first, find(wanted("engine", "1.0.0")).get(0).digest());
    }

    @Test
    void all_missing_bundles_are_named_at_once() {
        final String message = refused(wanted("engine", "1.0.0"), wanted("tool", "2.0.0"));

        assertTrue(message.contains("t:engine:1.0.0") && message.contains("t:tool:2.0.0")
                && message.contains("core.json"), message);
    }

    @Test
    void a_jar_that_is_no_bundle_is_refused() throws Exception {
        final Path file = new TestBundles(home).bundle("engine", "1.0.0");
        Files.writeString(file, "no jar at all");
        assertTrue(refused(wanted("engine", "1.0.0")).contains("cannot be read as a bundle"));

        try (java.util.jar.JarOutputStream jar = new java.util.jar.JarOutputStream(Files.newOutputStream(file),
                new java.util.jar.Manifest())) {
            jar.finish();
        }
        assertTrue(refused(wanted("engine", "1.0.0")).contains("no OSGi bundle"));
    }

    @Test
    void one_symbolic_name_under_two_coordinates_is_refused() throws Exception {
        final TestBundles bundles = new TestBundles(home);
        bundles.bundle("engine", "1.0.0");
        bundles.bundle("motor", "1.0.0", Map.of("Bundle-SymbolicName", "engine"), "");

        assertTrue(refused(wanted("engine", "1.0.0"), wanted("motor", "1.0.0")).contains("listed twice"));
    }
}
