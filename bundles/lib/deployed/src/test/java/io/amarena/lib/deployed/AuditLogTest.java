/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    @TempDir
    private Path temp;

    private static AuditLog.Act act(final String version) {
        return new AuditLog.Act(Instant.ofEpochSecond(1), "command", "ida", "deploy", "model.x", version, "ab",
                AuditLog.Act.DONE);
    }

    private AuditLog open(final long mostBytes) throws IOException {
        return AuditLog.open(temp.resolve("audit.jsonl"), mostBytes, note -> { });
    }

    @Test
    void an_act_is_a_line_of_json() throws Exception {
        try (AuditLog log = open(AuditLog.USUAL_BYTES)) {
            log.append(act("1.0.0"));
            log.append(act("1.0.1"));
        }
        final JsonObject second = Json.createReader(new StringReader(
                Files.readAllLines(temp.resolve("audit.jsonl")).get(1))).readObject();
        assertEquals("ida", second.getString("who"));
        assertEquals("1.0.1", second.getString("version"));
        assertEquals("1970-01-01T00:00:01Z", second.getString("at"));
    }

    @Test
    void a_crash_at_any_byte_of_the_last_act_leaves_all_acts_before_it() throws Exception {
        final Path file = temp.resolve("audit.jsonl");
        try (AuditLog log = open(AuditLog.USUAL_BYTES)) {
            log.append(act("1.0.0"));
        }
        final String first = Files.readString(file);
        try (AuditLog log = open(AuditLog.USUAL_BYTES)) {
            log.append(act("1.0.1"));
        }
        final byte[] whole = Files.readAllBytes(file);
        for (int length = first.length(); length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            open(AuditLog.USUAL_BYTES).close();
            assertEquals(first, Files.readString(file));
        }
    }

    @Test
    void full_files_are_put_aside_and_the_oldest_ones_go() throws Exception {
        try (AuditLog log = open(1)) {
            for (int number = 0; number < 12; number++) {
                log.append(act("1.0." + number));
            }
        }
        assertTrue(Files.readString(temp.resolve("audit.jsonl")).contains("1.0.11"));
        assertTrue(Files.readString(temp.resolve("audit.jsonl.1")).contains("1.0.10"));
        assertTrue(Files.readString(temp.resolve("audit.jsonl.8")).contains("1.0.3"));
        assertFalse(Files.exists(temp.resolve("audit.jsonl.9")));
    }
}
