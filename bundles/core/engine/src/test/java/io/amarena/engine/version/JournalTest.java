/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    private Path folder;

    private static JournalEntry entry(final int number) {
        return new JournalEntry(Instant.ofEpochMilli(1_000L * number), JournalEntry.Kind.COMMITTED, "adder",
                new ModelId("adder", "1.0." + number, "digest-" + number), "after a trial of 60 s");
    }

    private Path file() {
        return folder.resolve("versions.journal");
    }

    private List<JournalEntry> written(final int count) throws IOException {
        final List<JournalEntry> entries = new ArrayList<>();
        try (Journal journal = Journal.open(folder)) {
            for (int i = 0; i < count; i++) {
                entries.add(entry(i));
                journal.append(entry(i));
            }
        }
        return entries;
    }

    private List<JournalEntry> read() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            return journal.entries();
        }
    }

    @Test
    void what_was_written_is_read_again() throws Exception {
        assertEquals(written(3), read());
    }

    @Test
    void wherever_the_writing_was_cut_off_what_was_complete_stays_and_the_next_entry_follows() throws Exception {
        final List<JournalEntry> entries = written(3);
        final byte[] whole = Files.readAllBytes(file());
        final int line = whole.length / 3;
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            final List<JournalEntry> expected = new ArrayList<>(entries.subList(0, length / line));
            assertEquals(expected, read(), "cut off at " + length);
            try (Journal journal = Journal.open(folder)) {
                journal.append(entry(9));
            }
            expected.add(entry(9));
            assertEquals(expected, read(), "continued at " + length);
        }
    }

    @Test
    void a_flipped_bit_costs_the_entry_that_it_is_in_and_the_damaged_file_is_kept() throws Exception {
        final List<JournalEntry> entries = written(3);
        final byte[] whole = Files.readAllBytes(file());
        final byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(file(), damaged);
        assertEquals(List.of(entries.get(0), entries.get(2)), read());
        assertEquals(List.of(entries.get(0), entries.get(2)), read(), "once more, from the mended file");
        org.junit.jupiter.api.Assertions.assertArrayEquals(damaged,
                Files.readAllBytes(folder.resolve("versions.journal.damaged")));
    }

    @Test
    void a_file_of_rubbish_costs_what_was_in_it_and_nothing_more() throws Exception {
        Files.write(file(), new byte[] {0, 1, 2, '\n', -1, -2, '\n', 9});
        assertEquals(List.of(), read());
        assertEquals(written(1), read());
    }

    @Test
    void tabs_and_line_ends_in_a_reason_do_not_spoil_the_line() throws Exception {
        final JournalEntry hostile = new JournalEntry(Instant.EPOCH, JournalEntry.Kind.ROLLED_BACK, "a",
                new ModelId("m", "1.0.0", "d"), "one\n\ttwo");
        try (Journal journal = Journal.open(folder)) {
            journal.append(hostile);
        }
        assertEquals("one two", read().get(0).reason());
    }

    @Test
    void a_journal_does_not_grow_for_ever_and_keeps_what_is_in_force() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            journal.append(new JournalEntry(Instant.EPOCH, JournalEntry.Kind.ROLLED_BACK, "other",
                    new ModelId("other", "2.0.0", "bad"), "frames failed"));
            for (int i = 0; i < 2_500; i++) {
                journal.append(entry(i));
            }
        }
        final List<JournalEntry> entries = read();
        assertTrue(entries.size() <= 1_000, entries.size() + " entries");
        assertEquals(entry(2_499), entries.get(entries.size() - 1));
        assertEquals("frames failed", History.of(entries).denial("bad").orElseThrow());
    }

    @Test
    void a_folder_that_cannot_be_made_is_told() throws Exception {
        final Path occupied = Files.writeString(folder.resolve("occupied"), "a file");
        assertThrows(IOException.class, () -> Journal.open(occupied));
    }
}
