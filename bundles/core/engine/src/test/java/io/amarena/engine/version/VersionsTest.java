/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.ModelId;
import io.amarena.engine.version.JournalEntry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {

    private static final ModelId ONE = new ModelId("adder", "1.0.0", "digest-1");
    private static final ModelId TWO = new ModelId("adder", "1.1.0", "digest-2");

    @TempDir
    private Path folder;

    private Versions start() throws IOException {
        return Versions.open(folder, Clock.systemUTC());
    }

    /** What a process does that dies in a trial: it closes nothing. */
    private void dieInATrial() throws IOException {
        final Versions versions = start();
        assertEquals(Optional.empty(), versions.history().denial(TWO.digest()));
        versions.record(Kind.TRIAL_BEGUN, "line", TWO, "");
        versions.record(Kind.TRIAL_BEGUN, "another line", TWO, "");
    }

    @Test
    void a_trial_that_kills_the_process_three_times_is_denied_at_the_fourth_start() throws Exception {
        start().record(Kind.COMMITTED, "line", ONE, "is the first to serve");
        for (int i = 0; i < 3; i++) {
            dieInATrial();
        }
        final Versions fourth = start();
        assertEquals("the gateway ended during its trial 3 times", fourth.history().denial(TWO.digest()).orElseThrow());
        assertEquals(Optional.of(ONE), fourth.history().committed("line", "adder"));
        assertTrue(fourth.history().openTrials().isEmpty());
    }

    @Test
    void a_trial_that_ended_before_the_process_is_not_counted() throws Exception {
        for (int i = 0; i < 5; i++) {
            final Versions versions = start();
            versions.record(Kind.TRIAL_BEGUN, "line", TWO, "");
            versions.record(Kind.TRIAL_ENDED, "line", TWO, "the gateway stopped");
        }
        assertEquals(0, start().history().deaths(TWO.digest()));
    }

    @Test
    void what_was_promoted_after_three_deaths_has_three_more_tries() throws Exception {
        for (int i = 0; i < 3; i++) {
            dieInATrial();
        }
        start().record(Kind.ALLOWED, "", TWO, "an administrator promoted it");
        dieInATrial();
        assertEquals(1, start().history().deaths(TWO.digest()));
    }

    @Test
    void what_the_disk_refuses_has_not_happened_unless_it_happens_in_any_case() throws Exception {
        final Versions versions = start();
        versions.record(Kind.COMMITTED, "line", ONE, "");
        versions.close();
        Files.delete(folder.resolve("versions.journal"));
        Files.delete(folder);
        assertThrows(IOException.class, () -> versions.record(Kind.COMMITTED, "line", TWO, ""));
        assertEquals(Optional.of(ONE), versions.history().committed("line", "adder"));
        versions.recordAnyway(Kind.ROLLED_BACK, "line", ONE, "worse");
        assertEquals(Optional.of("worse"), versions.history().denial(ONE.digest()));
        Files.createDirectory(folder);
        versions.record(Kind.COMMITTED, "line", TWO, "");
        final History next = start().history();
        assertEquals(Optional.of(TWO), next.committed("line", "adder"), "written anew as a whole");
        assertEquals(Optional.of("worse"), next.denial(ONE.digest()), "what was kept back is written too");
    }
}
