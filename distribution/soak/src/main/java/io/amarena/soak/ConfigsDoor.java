/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The folder of settings, edited as an editor does it: a file appears or changes as a whole. */
final class ConfigsDoor {

    private final Path folder;

    ConfigsDoor(final Path folder) {
        this.folder = folder;
    }

    /** Writes the settings of a PID. */
    void write(final String pid, final Map<String, ?> settings) throws IOException {
        final JsonObject json = Json.createObjectBuilder(Map.copyOf(settings)).build();
        final Path next = folder.resolve("." + pid + ".next");
        Files.writeString(next, json + "\n", StandardCharsets.UTF_8);
        Files.move(next, folder.resolve(pid + ".json"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the settings of a PID away. */
    void remove(final String pid) throws IOException {
        Files.deleteIfExists(folder.resolve(pid + ".json"));
    }
}
