/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the settings of the demo from the files in {@code demo/configs} of the distribution. A file named
 * {@code ...~line.json} becomes one file per camera, {@code ...~line-1.json} and so on. Existing settings are replaced
 * only where the demo itself has written them.
 */
final class DemoSettings {

    private static final String LINE = "~line.json";
    private static final String SIMULATOR = "io.amarena.source.simulator";
    private static final String DIRECTORY = "io.amarena.source.directory";
    private static final String PIPELINE = "io.amarena.pipeline";
    private static final String PUBLISHER = "io.amarena.publisher.mqtt";
    private static final String BROKER = "io.amarena.broker";
    private static final String MARK = "demo-settings";
    private static final JsonWriterFactory WRITERS =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private final Path templates;
    private final DemoOptions options;

    DemoSettings(final Path templates, final DemoOptions options) {
        this.templates = templates;
        this.options = options;
    }

    /** Replaces the settings of the demo's data folder. */
    void writeTo(final Path data) throws EnvironmentException {
        final Path configs = data.resolve("configs");
        final Path mark = data.resolve(MARK);
        try {
            if (Files.exists(mark)) {
                clear(configs);
            } else if (Files.exists(configs)) {
                throw new EnvironmentException("The folder " + configs + " holds settings which the demo did not "
                        + "write, and it will not replace them. Choose another data folder with --data");
            }
            Files.createDirectories(configs);
            Files.writeString(mark, "The settings of this data folder are written anew at each start of the demo.\n",
                    StandardCharsets.UTF_8);
            for (final Path template : files(templates)) {
                write(template, configs);
            }
        } catch (final IOException e) {
            throw new EnvironmentException("The settings of the demo cannot be written to " + configs + ": " + e
                    + ". Choose another data folder with --data", e);
        }
    }

    private static void clear(final Path configs) throws IOException {
        if (Files.isDirectory(configs)) {
            for (final Path file : files(configs)) {
                Files.delete(file);
            }
        }
    }

    private void write(final Path template, final Path configs) throws IOException {
        final String name = template.getFileName().toString();
        final String pid = name.substring(0, name.length() - ".json".length()).split("~", 2)[0];
        if (pid.equals(options.images().isPresent() ? SIMULATOR : DIRECTORY)) {
            return;
        }
        final JsonObject settings = read(template);
        if (name.endsWith(LINE)) {
            for (int line = 1; line <= options.cameras(); line++) {
                final String file = name.substring(0, name.length() - LINE.length()) + "~line-" + line + ".json";
                write(configs.resolve(file), with(settings, changes(pid, line)));
            }
        } else {
            write(configs.resolve(name), with(settings, changes(pid, 0)));
        }
    }

    /** What differs from the template. */
    private Map<String, JsonValue> changes(final String pid, final int line) {
        final String name = "line-" + line;
        final Map<String, JsonValue> changes = new LinkedHashMap<>();
        switch (pid) {
            case SIMULATOR -> {
                changes.put("name", Json.createValue(name));
                changes.put("framesPerSecond", Json.createValue(options.framesPerSecond()));
                changes.put("seed", Json.createValue(line));
            }
            case DIRECTORY -> {
                changes.put("name", Json.createValue(name));
                changes.put("framesPerSecond", Json.createValue(options.framesPerSecond()));
                changes.put("folder", Json.createValue(options.images().orElseThrow().toString()));
            }
            case PIPELINE -> changes.put("source", Json.createValue(name));
            case PUBLISHER -> changes.put("broker", Json.createValue("tcp://127.0.0.1:" + options.mqttPort()));
            case BROKER -> changes.put("port", Json.createValue(options.mqttPort()));
            default -> {
                // As the template says.
            }
        }
        return changes;
    }

    /** Changes keep the type that the template gives to a key in the notation {@code key:Type}. */
    private static JsonObject with(final JsonObject template, final Map<String, JsonValue> changes) {
        final Map<String, JsonValue> left = new LinkedHashMap<>(changes);
        final JsonObjectBuilder json = Json.createObjectBuilder();
        template.forEach((key, value) -> {
            final JsonValue changed = left.remove(key.split(":", 2)[0]);
            json.add(key, changed == null ? value : changed);
        });
        left.forEach(json::add);
        return json.build();
    }

    private static JsonObject read(final Path file) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            return reader.readObject();
        } catch (final JsonException e) {
            throw new IOException(file + " is not JSON: " + e.getMessage(), e);
        }
    }

    private static void write(final Path file, final JsonObject settings) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                JsonWriter writer = WRITERS.createWriter(out)) {
            writer.writeObject(settings);
        }
    }

    private static List<Path> files(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json")).sorted().toList();
        }
    }
}
