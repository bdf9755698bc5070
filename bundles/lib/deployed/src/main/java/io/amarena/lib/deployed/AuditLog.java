/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The record of every act on a bundle, for people who ask who did what and when. It only grows; a file that is large
 * enough is put aside under a number, and only the newest of those are kept. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {

    /** Size of one file, if nobody says otherwise. */
    public static final long USUAL_BYTES = 4 << 20;

    private static final int KEPT = 8;

    private final Path path;
    private final RecordFile file;
    private final long mostBytes;

    /**
     * One act.
     *
     * @param at           when
     * @param door         as in {@link Deployed}
     * @param who          user, empty where nobody knows
     * @param act          such as {@code install}, {@code update}, {@code stop}, {@code deploy}
     * @param symbolicName of the bundle, empty where nobody knows
     * @param version      of the bundle, empty where nobody knows
     * @param digest       SHA-256 of the jar, empty where nobody knows
     * @param outcome      {@code done}, or what went wrong
     */
    public record Act(Instant at, String door, String who, String act, String symbolicName, String version,
            String digest, String outcome) {

        /** The outcome of what went as it should. */
        public static final String DONE = "done";

        public Act {
            Objects.requireNonNull(at, "at");
        }

        JsonObject toJson() {
            return Json.createObjectBuilder().add("at", at.toString()).add("door", door).add("who", who)
                    .add("act", act).add("name", symbolicName).add("version", version).add("digest", digest)
                    .add("outcome", outcome).build();
        }
    }

    private AuditLog(final Path path, final RecordFile file, final long mostBytes) {
        this.path = path;
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /**
     * Opens the record, and makes it when it is missing.
     *
     * @param mostBytes of one file
     * @param notes     for people: lines that cannot be understood
     */
    public static AuditLog open(final Path path, final long mostBytes, final Consumer<String> notes)
            throws IOException {
        return new AuditLog(path, RecordFile.open(path, json -> { }, notes), mostBytes);
    }

    /** Adds an act; it is on the disk when this returns. */
    public synchronized void append(final Act act) throws IOException {
        if (file.size() >= mostBytes) {
            Files.deleteIfExists(aside(KEPT));
            for (int number = KEPT - 1; number >= 1; number--) {
                if (Files.exists(aside(number))) {
                    DurableFiles.rename(aside(number), aside(number + 1));
                }
            }
            file.rotate(aside(1));
        }
        file.append(act.toJson());
    }

    private Path aside(final int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
