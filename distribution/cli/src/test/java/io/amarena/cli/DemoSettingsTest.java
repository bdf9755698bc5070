/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates are those that are shipped. */
class DemoSettingsTest {

    private static final Path TEMPLATES = Path.of("..", "assembly", "src", "main", "distribution", "demo", "configs");

    @TempDir
    private Path temp;
    private Path data;

    @BeforeEach
    void data() {
        data = temp.resolve("demo");
    }

    private void write(final int cameras, final Path images) throws EnvironmentException {
        new DemoSettings(TEMPLATES, new DemoOptions(cameras, 12.5, 1884, Optional.ofNullable(images))).writeTo(data);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("configs"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList();
        }
    }

    private JsonObject settings(final String pid) throws IOException {
        return JsonTexts.object(Files.readString(data.resolve("configs").resolve(pid + ".json")));
    }

    @Test
    void every_camera_has_a_source_and_a_pipeline() throws Exception {
        write(2, null);

        assertEquals(List.of("io.amarena.broker", "io.amarena.pipeline~line-1", "io.amarena.pipeline~line-2",
                "io.amarena.publisher.mqtt~local", "io.amarena.source.simulator~line-1",
                "io.amarena.source.simulator~line-2"), files());
        final JsonObject source = settings("io.amarena.source.simulator~line-2");
        assertEquals("line-2", source.getString("name"));
        assertEquals(2, source.getInt("seed"));
        assertEquals(12.5, source.getJsonNumber("framesPerSecond").doubleValue());
        final JsonObject pipeline = settings("io.amarena.pipeline~line-2");
        assertEquals("line-2", pipeline.getString("source"));
        assertEquals("surface-inspection", pipeline.getString("model"));
        assertEquals("[\"local\"]", pipeline.getJsonArray("publishers").toString());
    }

    @Test
    void broker_and_publisher_use_the_chosen_port() throws Exception {
        write(1, null);

        assertEquals(1884, settings("io.amarena.broker").getInt("port"));
        assertEquals("tcp://127.0.0.1:1884", settings("io.amarena.publisher.mqtt~local").getString("broker"));
    }

    @Test
    void pictures_of_the_user_take_the_place_of_the_simulator() throws Exception {
        write(1, Path.of("/pictures of mine"));

        assertFalse(files().contains("io.amarena.source.simulator~line-1"));
        final JsonObject source = settings("io.amarena.source.directory~line-1");
        assertEquals("/pictures of mine", source.getString("folder"));
        assertEquals("line-1", source.getString("name"));
    }

    @Test
    void the_next_start_leaves_nothing_of_the_last_one() throws Exception {
        write(3, null);
        write(1, null);

        assertEquals(4, files().size());
    }

    @Test
    void settings_that_are_not_the_demos_are_left_alone() throws Exception {
        Files.createDirectories(data.resolve("configs"));
        Files.writeString(data.resolve("configs/io.amarena.pipeline~press.json"), "{}");

        final EnvironmentException refused = assertThrows(EnvironmentException.class, () -> write(1, null));

        assertTrue(refused.getMessage().contains("--data"), refused.getMessage());
        assertEquals(List.of("io.amarena.pipeline~press"), files());
    }
}
