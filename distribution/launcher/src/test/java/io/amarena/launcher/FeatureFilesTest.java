/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.launcher.GatewayException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFilesTest {

    @TempDir
    private Path home;
    private TestBundles distribution;

    @BeforeEach
    void distribution() {
        distribution = new TestBundles(home);
    }

    private List<WantedBundle> read(final String... selection) throws GatewayException {
        return new FeatureFiles(home.resolve("features")).read(List.of(selection));
    }

    private GatewayException refused(final String... selection) {
        final GatewayException refused = assertThrows(GatewayException.class, () -> read(selection));
        assertEquals(Reason.DISTRIBUTION, refused.reason());
        return refused;
    }

    @Test
    void a_feature_lists_bundles_with_their_start_order_and_whether_they_are_core() throws Exception {
        distribution.feature("core", "engine:1.0.0 \"start-order\":\"5\",\"core\":true", "tool:2.0.0");

        assertEquals(List.of(
                new WantedBundle(new Coordinates("t", "engine", "1.0.0"), 5, true, "core.json"),
                new WantedBundle(new Coordinates("t", "tool", "2.0.0"), 10, false, "core.json")), read("*"));
    }

    @Test
    void only_selected_features_are_read() throws Exception {
        distribution.feature("core", "engine:1.0.0");
        distribution.feature("http", "jetty:1.0.0");
        distribution.feature("demo/broker", "broker:1.0.0");

        assertEquals(List.of("engine", "jetty"), names(read("*")));
        assertEquals(List.of("engine"), names(read("core")));
        assertEquals(List.of("engine", "jetty", "broker"), names(read("*", "demo/*")));
        assertEquals(List.of("broker", "engine"), names(read("demo/broker", "core")));
    }

    private static List<String> names(final List<WantedBundle> wanted) {
        return wanted.stream().map(bundle -> bundle.id().artifact()).toList();
    }

    @Test
    void a_bundle_that_two_features_list_starts_at_the_earlier_order() throws Exception {
        distribution.feature("a", "shared:1.0.0 \"start-order\":\"7\"");
        distribution.feature("b", "shared:1.0.0 \"start-order\":\"3\",\"core\":true");

        assertEquals(List.of(new WantedBundle(new Coordinates("t", "shared", "1.0.0"), 3, true, "a.json")), read("*"));
    }

    @Test
    void two_versions_of_one_bundle_are_refused_with_both_features_named() throws Exception {
        distribution.feature("a", "shared:1.0.0");
        distribution.feature("b", "shared:1.1.0");

        final String message = refused("*").getMessage();
        assertTrue(message.contains("a.json") && message.contains("b.json") && message.contains("1.1.0"), message);
    }

    @Test
    void a_start_order_out_of_range_is_refused() throws Exception {
        distribution.feature("a", "engine:1.0.0 \"start-order\":\"early\"");
        assertTrue(refused("*").getMessage().contains("start-order early"));

        distribution.feature("a", "engine:1.0.0 \"start-order\":\"100\"");
        assertTrue(refused("*").getMessage().contains("start-order 100"));
    }

    @Test
    void what_is_no_feature_is_refused_with_its_file() throws Exception {
        distribution.feature("a", "engine:1.0.0");
        Files.writeString(home.resolve("features/b.json"), "{ not json");

        assertTrue(refused("*").getMessage().contains("b.json"));
        assertTrue(refused("missing").getMessage().contains("missing.json"));
    }

    @Test
    void settings_in_a_feature_are_refused() throws IOException {
        Files.createDirectories(home.resolve("features"));
        Files.writeString(home.resolve("features/a.json"), "{\"feature-resource-version\":\"1.0\",\"id\":\"t:a:1\","
                + "\"configurations\":{\"some.pid\":{\"key\":1}}}");

        assertTrue(refused("*").getMessage().contains("some.pid"));
    }
}
