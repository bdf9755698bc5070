/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that says which versions serve, and what became of the others: lines that are only ever appended, each on
 * the disk before what it says takes effect. Read once, when it is opened. Used by one thread.
 *
 * <p>An unfinished last line is what a process leaves that was killed while it wrote; nothing had come of it, and it is
 * dropped. Other damage costs the lines that it is in: the rest stays in force, the damaged file is kept beside, and
 * both are told. After a write that failed, the whole file is written anew, because what a disk holds after a failed
 * flush is unknown.
 */
public final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String NAME = "versions.journal";
    private static final int MOST_ENTRIES = 1_000;
    private static final int KEPT_ENTRIES = 500;

    private final Path file;
    private final List<JournalEntry> entries = new ArrayList<>();
    private FileChannel channel;
    private long end;
    private boolean suspect;

    private Journal(final Path file) {
        this.file = file;
    }

    /**
     * Opens the journal of a folder, which is made when it is missing.
     *
     * @throws IOException when it can neither be read nor written
     */
    public static Journal open(final Path folder) throws IOException {
        Files.createDirectories(folder);
        final Journal journal = new Journal(folder.resolve(NAME));
        journal.read();
        return journal;
    }

    private void read() throws IOException {
        final byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int damaged = 0;
        int begin = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                final Optional<JournalEntry> entry = JournalLine.read(
                        new String(bytes, begin, at - begin, StandardCharsets.UTF_8));
                entry.ifPresent(entries::add);
                damaged += entry.isPresent() ? 0 : 1;
                begin = at + 1;
            }
        }
        if (damaged > 0) {
            final Path kept = file.resolveSibling(NAME + ".damaged");
            Files.write(kept, bytes);
            LOG.error("The journal {} is damaged: {} of {} entries cannot be read and are left out. What they said"
                    + " about versions is forgotten; see amarena models. The damaged file is kept as {}", file, damaged,
                    damaged + entries.size(), kept);
        }
        if (begin < bytes.length) {
            LOG.warn("The journal {} ends in an unfinished entry, which is dropped: the gateway was ended while it"
                    + " wrote", file);
        }
        if (damaged > 0 || begin < bytes.length || entries.size() > MOST_ENTRIES) {
            rewrite();
        } else {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            end = bytes.length;
        }
    }

    /** All that happened, oldest first. */
    public List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    /**
     * Writes an entry; it is on the disk when this returns.
     *
     * @throws IOException when it is not; nothing was written then
     */
    public void append(final JournalEntry entry) throws IOException {
        entries.add(entry);
        try {
            if (suspect || entries.size() > MOST_ENTRIES) {
                rewrite();
            } else {
                end = write(channel, end, JournalLine.of(entry) + '\n');
                channel.force(true);
            }
        } catch (final IOException failed) {
            entries.remove(entries.size() - 1);
            suspect = true;
            throw new IOException("the journal " + file + " cannot be written: " + failed.getMessage()
                    + "; check the free space and the permissions of the data folder", failed);
        }
    }

    /** Writes a new file with what is worth keeping, and puts it in the place of the old one. */
    private void rewrite() throws IOException {
        final List<JournalEntry> kept = entries.size() > MOST_ENTRIES ? History.worthKeeping(entries, KEPT_ENTRIES)
                : List.copyOf(entries);
        final StringBuilder text = new StringBuilder();
        kept.forEach(entry -> text.append(JournalLine.of(entry)).append('\n'));
        final Path half = file.resolveSibling(NAME + ".half");
        final FileChannel next = FileChannel.open(half, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        try {
            final long size = write(next, 0, text.toString());
            next.force(true);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
            close();
            channel = next;
            end = size;
            suspect = false;
            entries.clear();
            entries.addAll(kept);
        } catch (final IOException failed) {
            next.close();
            throw failed;
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static long write(final FileChannel to, final long at, final String text) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        long position = at;
        while (bytes.hasRemaining()) {
            position += to.write(bytes, position);
        }
        return position;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
