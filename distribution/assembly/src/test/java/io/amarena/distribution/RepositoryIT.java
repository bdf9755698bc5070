/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts of the distribution fit to each other. */
class RepositoryIT {

    private static final Path HOME = Distribution.HOME;

    private static Set<Path> files(final String folder, final String end) throws IOException {
        try (Stream<Path> files = Files.walk(HOME.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(end)).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static JsonObject json(final Path file) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readObject();
        }
    }

    @Test
    void features_list_exactly_what_the_repository_holds() throws IOException {
        final Set<String> listed = new TreeSet<>();
        for (final Path feature : files("features", ".json")) {
            for (final JsonObject bundle : json(feature).getJsonArray("bundles").getValuesAs(JsonObject.class)) {
                final String id = bundle.getString("id");
                assertFalse(id.contains("$"), () -> feature + ": " + id);
                final String[] parts = id.split(":");
                listed.add(parts[0].replace('.', '/') + '/' + parts[1] + '/' + parts[2] + '/' + parts[1] + '-'
                        + parts[2] + ".jar");
            }
        }
        final Set<String> held = files("repository", "").stream().filter(Files::isRegularFile)
                .map(file -> HOME.resolve("repository").relativize(file).toString())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(listed, held);
    }

    @Test
    void demo_and_tools_are_no_part_of_production() throws IOException {
        final Set<String> production;
        try (Stream<Path> files = Files.list(HOME.resolve("features"))) {
            production = files.filter(Files::isRegularFile).map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
        for (final String name : new String[] {"broker.json", "simulator.json", "workbench.json"}) {
            assertFalse(production.contains(name), name);
        }
    }

    @Test
    void settings_are_json_named_after_their_pid() throws IOException {
        for (final String folder : new String[] {"configs", "demo/configs"}) {
            for (final Path file : files(folder, ".json")) {
                assertTrue(file.getFileName().toString().matches("[A-Za-z0-9.]+(~[a-z0-9-]+)?\\.json"), file::toString);
                assertFalse(json(file).isEmpty(), file::toString);
            }
        }
    }

    @Test
    void the_bill_of_materials_names_what_is_inside() throws IOException {
        final JsonObject sbom = json(HOME.resolve("amarena-sbom.json"));

        assertEquals("CycloneDX", sbom.getString("bomFormat"));
        final Set<String> names = sbom.getJsonArray("components").getValuesAs(JsonObject.class).stream()
                .map(component -> component.getString("name")).collect(Collectors.toSet());
        for (final String name : new String[] {"onnxruntime", "org.eclipse.paho.client.mqttv3", "moquette-broker",
            "org.apache.felix.framework", "org.apache.felix.webconsole", "picocli", "io.amarena.engine"}) {
            assertTrue(names.contains(name), name);
        }
        assertFalse(names.contains("junit-jupiter"));
    }
}
