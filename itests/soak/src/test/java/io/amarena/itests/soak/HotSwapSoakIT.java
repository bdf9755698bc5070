/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The soak of the distribution, as customers start it, short enough for every build. */
class HotSwapSoakIT {

    private static final int CHANGES = 60;
    private static final long PATIENCE_SECONDS = 360;
    private static final Path HOME = Path.of(System.getProperty("amarena.distribution"));
    private static final Path REPORT = Path.of(System.getProperty("amarena.soak.report"));

    @Test
    void sixty_changes_of_every_kind_lose_nothing() throws Exception {
        Files.createDirectories(REPORT);
        final Path json = REPORT.resolve("soak.json");
        final Path log = REPORT.resolve("soak.log");
        final ProcessBuilder builder = new ProcessBuilder(HOME.resolve("bin/amarena").toString(), "soak", "--changes",
                String.valueOf(CHANGES), "--quiet", "200", "--json", json.toString(), "--chart",
                REPORT.resolve("soak.svg").toString(), "--data", REPORT.resolve("data").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        final Process soak = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(soak.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "The soak does not end:\n" + text(log));
        } finally {
            soak.destroy();
        }

        assertEquals(0, soak.exitValue(), () -> text(log));
        final JsonObject report = read(json);
        assertEquals(CHANGES, report.getInt("changes"), () -> text(log));
        assertEquals(0, report.getInt("lost"), () -> text(log));
        assertTrue(report.getInt("results") > 1000, () -> text(log));
        assertTrue(report.getInt("contents") > 3, () -> "hardly any version served:\n" + text(log));
        assertTrue(report.getJsonObject("kinds").keySet().containsAll(Set.of("PACK_UPDATE", "PACK_PARALLEL", "BAD_PACK",
                "BACKEND", "STAGE", "PUBLISHER", "TRANSPORT", "SOURCE", "PIPELINE_SETTINGS", "PUBLISHER_SETTINGS",
                "DISCONNECT", "OUTAGE")), () -> text(log));
    }

    private static JsonObject read(final Path file) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            return reader.readObject();
        }
    }

    private static String text(final Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            return log + ": " + e;
        }
    }
}
