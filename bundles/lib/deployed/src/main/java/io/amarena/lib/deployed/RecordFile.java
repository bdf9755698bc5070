/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of JSON objects, one in each line, that only grows. A record counts once {@link #append} returned: then it is
 * on the disk. A line that a crash tore is cut off when the file is opened. Thread-safe.
 */
final class RecordFile implements AutoCloseable {

    private final Path file;
    private FileChannel channel;
    private long end;

    private RecordFile(final Path file, final FileChannel channel, final long end) {
        this.file = file;
        this.channel = channel;
        this.end = end;
    }

    /**
     * Opens the file, and makes it when it is missing.
     *
     * @param records gets every record, in order
     * @param notes   for people: lines that cannot be understood
     */
    static RecordFile open(final Path file, final Consumer<JsonObject> records, final Consumer<String> notes)
            throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        final boolean made = !Files.exists(file);
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (made) {
                DurableFiles.forceFolder(file.toAbsolutePath().getParent());
            }
            final long end = read(file, records, notes);
            channel.truncate(end);
            return new RecordFile(file, channel, end);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads all whole lines; returns where the last one ends. */
    private static long read(final Path file, final Consumer<JsonObject> records, final Consumer<String> notes)
            throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int from = 0;
        int number = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                number++;
                final String line = new String(bytes, from, at - from, StandardCharsets.UTF_8);
                try (JsonReader reader = Json.createReader(new StringReader(line))) {
                    records.accept(reader.readObject());
                } catch (final RuntimeException e) {
                    notes.accept("Line " + number + " of " + file + " cannot be understood and is left out ("
                            + e.getMessage() + "). The disk or another program damaged it; what it said is lost");
                }
                from = at + 1;
            }
        }
        return from;
    }

    /** How long the file is. */
    synchronized long size() {
        return end;
    }

    /** Adds a record. If it throws, the file is as it was. */
    synchronized void append(final JsonObject json) throws IOException {
        final ByteBuffer line = ByteBuffer.wrap((json.toString() + '\n').getBytes(StandardCharsets.UTF_8));
        final int length = line.remaining();
        try {
            long at = end;
            while (line.hasRemaining()) {
                at += channel.write(line, at);
            }
            channel.force(true);
        } catch (final IOException e) {
            cutOff(e);
            throw e;
        }
        end += length;
    }

    private void cutOff(final IOException cause) {
        try {
            channel.truncate(end);
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Puts these records in the place of all others: the file holds either the old ones or the new ones. */
    synchronized void replace(final Collection<JsonObject> records) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (final JsonObject json : new ArrayList<>(records)) {
            bytes.writeBytes((json.toString() + '\n').getBytes(StandardCharsets.UTF_8));
        }
        final Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, bytes.toByteArray());
        DurableFiles.force(next);
        DurableFiles.rename(next, file);
        channel.close();
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        end = bytes.size();
    }

    /** Moves the file aside and begins a new one. */
    synchronized void rotate(final Path aside) throws IOException {
        DurableFiles.rename(file, aside);
        channel.close();
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        DurableFiles.forceFolder(file.toAbsolutePath().getParent());
        end = 0;
    }


    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
