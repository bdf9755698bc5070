/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what the launcher left in the framework's cache: {@code launcher/installed.json} of the data folder. */
final class FeatureBundles {

    private FeatureBundles() {
    }

    /**
     * The locations that hold a jar of a feature, with the time when its content last changed.
     *
     * @return empty where there is no such file, or none that can be understood
     */
    static Optional<Map<String, Long>> read(final Path data) throws IOException {
        final Path file = data.resolve("launcher").resolve("installed.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        final Map<String, Long> features = new HashMap<>();
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            for (final var member : reader.readObject().values()) {
                final JsonObject entry = member.asJsonObject();
                if (!entry.getString("digest").isEmpty()) {
                    features.put(entry.getString("location"), entry.getJsonNumber("lastModified").longValueExact());
                }
            }
        } catch (final RuntimeException e) {
            return Optional.empty();
        }
        return Optional.of(features);
    }
}
