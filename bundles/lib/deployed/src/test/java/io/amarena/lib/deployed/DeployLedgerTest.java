/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.lib.deployed.Deployed.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployLedgerTest {

    @TempDir
    private Path temp;
    private Path file;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void place() {
        file = temp.resolve("deploy/ledger.jsonl");
    }

    private DeployLedger open() throws IOException {
        return DeployLedger.open(file, notes::add);
    }

    private static Deployed deployed(final String location, final String version, final State state) {
        return new Deployed(Instant.ofEpochSecond(1), "console", location, "model.x", version, "ab", state, 6, 1000,
                false, "");
    }

    private List<Deployed> afterReopening() throws IOException {
        try (DeployLedger ledger = open()) {
            return ledger.all();
        }
    }

    @Test
    void the_last_record_of_a_location_counts() throws Exception {
        try (DeployLedger ledger = open()) {
            ledger.append(deployed("a", "1.0.0", State.STARTED));
            ledger.append(deployed("b", "1.0.0", State.STARTED));
            ledger.append(deployed("a", "1.0.1", State.STOPPED));

            assertEquals("1.0.1", ledger.at("a").orElseThrow().version());
        }
        assertEquals(List.of(deployed("b", "1.0.0", State.STARTED), deployed("a", "1.0.1", State.STOPPED)),
                afterReopening());
    }

    @Test
    void what_was_forgotten_is_gone() throws Exception {
        try (DeployLedger ledger = open()) {
            ledger.append(deployed("a", "1.0.0", State.STARTED));
            ledger.append(deployed("a", "1.0.0", State.FORGOTTEN));
        }
        assertEquals(List.of(), afterReopening());
    }

    @Test
    void a_crash_at_any_byte_of_the_last_record_leaves_all_records_before_it() throws Exception {
        final Deployed first = deployed("a", "1.0.0", State.STARTED);
        final Deployed second = deployed("a", "1.0.1", State.STARTED);
        final long before;
        try (DeployLedger ledger = open()) {
            ledger.append(first);
            before = Files.size(file);
            ledger.append(second);
        }
        final byte[] whole = Files.readAllBytes(file);
        for (int length = (int) before; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertEquals(List.of(first), afterReopening(), "cut after " + length + " bytes");
            assertEquals(before, Files.size(file));
            try (DeployLedger ledger = open()) {
                ledger.append(second);
            }
            assertEquals(List.of(second), afterReopening());
        }
        assertEquals(List.of(), notes);
    }

    @Test
    void a_damaged_record_is_left_out_and_told_and_those_after_it_count() throws Exception {
        try (DeployLedger ledger = open()) {
            ledger.append(deployed("a", "1.0.0", State.STARTED));
            ledger.append(deployed("b", "1.0.0", State.STARTED));
        }
        final byte[] bytes = Files.readAllBytes(file);
        bytes[0] = 0;
        Files.write(file, bytes);

        assertEquals(List.of(deployed("b", "1.0.0", State.STARTED)), afterReopening());
        assertTrue(notes.get(0).contains("Line 1 of " + file), notes.toString());
    }

    @Test
    void history_is_forgotten_and_removed_bundles_only_on_request() throws Exception {
        try (DeployLedger ledger = open()) {
            for (int number = 0; number < 50; number++) {
                ledger.append(deployed("a", "1.0." + number, State.STARTED));
            }
            ledger.append(deployed("b", "1.0.0", State.REMOVED));
            ledger.append(deployed("c", "1.0.0", State.REMOVED));
            ledger.compact(removed -> removed.location().equals("c"));
            ledger.append(deployed("d", "1.0.0", State.STARTED));
        }
        assertEquals(List.of("a", "b", "d"), afterReopening().stream().map(Deployed::location).toList());
        assertEquals(3, Files.readAllLines(file).size());
    }
}
