/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import static io.amarena.engine.version.JournalEntry.Kind.ALLOWED;
import static io.amarena.engine.version.JournalEntry.Kind.COMMITTED;
import static io.amarena.engine.version.JournalEntry.Kind.RETIRED;
import static io.amarena.engine.version.JournalEntry.Kind.ROLLED_BACK;
import static io.amarena.engine.version.JournalEntry.Kind.TRIAL_BEGUN;
import static io.amarena.engine.version.JournalEntry.Kind.TRIAL_DIED;
import static io.amarena.engine.version.JournalEntry.Kind.TRIAL_ENDED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.api.model.ModelId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final List<JournalEntry> entries = new ArrayList<>();

    private static ModelId version(final int minor) {
        return new ModelId("adder", "1." + minor + ".0", "digest-" + minor);
    }

    private HistoryTest then(final JournalEntry.Kind kind, final int minor) {
        return then("line", kind, minor);
    }

    private HistoryTest then(final String lane, final JournalEntry.Kind kind, final int minor) {
        entries.add(new JournalEntry(Instant.ofEpochSecond(entries.size()), kind, lane, version(minor),
                kind == ROLLED_BACK ? "worse" : ""));
        return this;
    }

    private History history() {
        return History.of(entries);
    }

    @Test
    void the_latest_committed_version_serves() {
        then(COMMITTED, 0).then(TRIAL_BEGUN, 1).then(COMMITTED, 1);
        assertEquals(Optional.of(version(1)), history().committed("line", "adder"));
        assertEquals(List.of(version(1), version(0)), history().returnable("line", "adder"));
    }

    @Test
    void a_version_on_trial_does_not_serve_for_good() {
        then(COMMITTED, 0).then(TRIAL_BEGUN, 1);
        assertEquals(Optional.of(version(0)), history().committed("line", "adder"));
        assertEquals(version(1), history().openTrials().get(0).model());
    }

    @Test
    void what_was_rolled_back_is_denied_until_it_is_allowed() {
        then(COMMITTED, 0).then(COMMITTED, 1).then(ROLLED_BACK, 1);
        assertEquals(Optional.of("worse"), history().denial("digest-1"));
        assertEquals(Optional.of(version(0)), history().committed("line", "adder"));
        then(ALLOWED, 1);
        assertEquals(Optional.empty(), history().denial("digest-1"));
        assertEquals(Optional.of(version(1)), history().committed("line", "adder"));
    }

    @Test
    void a_new_lane_takes_over_what_was_committed_last_anywhere() {
        then(COMMITTED, 0).then("other", COMMITTED, 1);
        assertEquals(Optional.of(version(1)), history().committed("new", "adder"));
        assertEquals(Optional.of(version(0)), history().committed("line", "adder"));
        assertEquals(Optional.empty(), history().committed("new", "unknown"));
    }

    @Test
    void a_retired_version_is_not_returned_to() {
        then(COMMITTED, 0).then(COMMITTED, 1).then("", RETIRED, 1);
        assertEquals(List.of(version(0)), history().returnable("line", "adder"));
        assertEquals(List.of(version(0)), history().returnable("new", "adder"));
        then(COMMITTED, 1);
        assertEquals(List.of(version(1), version(0)), history().returnable("line", "adder"));
    }

    @Test
    void deaths_in_a_trial_are_counted_until_the_version_proves_itself() {
        then(COMMITTED, 0).then(TRIAL_BEGUN, 1).then(TRIAL_DIED, 1).then(TRIAL_BEGUN, 1).then(TRIAL_DIED, 1);
        assertEquals(2, history().deaths("digest-1"));
        then(TRIAL_BEGUN, 1).then(TRIAL_ENDED, 1);
        assertEquals(2, history().deaths("digest-1"), "a trial that ended tells nothing");
        then(COMMITTED, 1);
        assertEquals(0, history().deaths("digest-1"));
    }

    @Test
    void leaving_out_what_is_not_worth_keeping_changes_nothing_that_is_in_force() {
        final Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            then("lane-" + random.nextInt(4), JournalEntry.Kind.values()[random.nextInt(7)], random.nextInt(20));
            if (i % 100 == 0) {
                final History whole = history();
                final History kept = History.of(History.worthKeeping(entries, 10));
                assertEquals(whole.denials(), kept.denials());
                assertEquals(whole.openTrials(), kept.openTrials());
                for (int number = 0; number < 20; number++) {
                    assertEquals(whole.deaths("digest-" + number), kept.deaths("digest-" + number));
                }
                for (int lane = 0; lane < 4; lane++) {
                    assertEquals(whole.committed("lane-" + lane, "adder"), kept.committed("lane-" + lane, "adder"));
                }
            }
        }
    }
}
