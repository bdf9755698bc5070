/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A small JSON file that is always whole: written beside itself and renamed. */
final class LedgerFile {

    private static final JsonWriterFactory WRITERS =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private final Path file;

    LedgerFile(final Path file) {
        this.file = file;
    }

    /**
     * Reads the file. One that cannot be understood is moved aside, told, and taken as absent.
     *
     * @param <T>   what it holds
     * @param parse throws a {@link RuntimeException} where the JSON does not fit
     * @param empty where there is no file
     * @param notes for people
     */
    <T> T read(final Function<JsonObject, T> parse, final T empty, final Consumer<String> notes) throws IOException {
        if (!Files.exists(file)) {
            return empty;
        }
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            return parse.apply(reader.readObject());
        } catch (final RuntimeException | java.nio.charset.CharacterCodingException e) {
            final Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            notes.accept(file + " cannot be understood (" + e.getMessage() + "). It was moved to " + aside
                    + " and counts as empty: bundles are installed as the features say");
            return empty;
        }
    }

    void write(final JsonObject json) throws IOException {
        final Path next = file.resolveSibling(file.getFileName() + ".next");
        try (Writer out = Files.newBufferedWriter(next, StandardCharsets.UTF_8);
                JsonWriter writer = WRITERS.createWriter(out)) {
            writer.writeObject(json);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
