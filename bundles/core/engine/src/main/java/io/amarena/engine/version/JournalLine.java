/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import io.amarena.api.model.ModelId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A journal entry as a line of text, so that people can read a journal: a checksum (CRC-32C) in hexadecimal digits,
 * then time, kind, lane, model, version, digest and reason, separated by tabs.
 */
final class JournalLine {

    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 7;
    private static final int CHECKSUM_DIGITS = 8;

    private JournalLine() {
    }

    /** The line without its end. */
    static String of(final JournalEntry entry) {
        final String body = String.join(SEPARATOR, entry.at().toString(), entry.kind().name(), plain(entry.lane()),
                plain(entry.model().name()), plain(entry.model().version()), plain(entry.model().digest()),
                plain(entry.reason()));
        return checksum(body) + SEPARATOR + body;
    }

    /** The entry, or nothing when the line is damaged. */
    static Optional<JournalEntry> read(final String line) {
        if (line.length() <= CHECKSUM_DIGITS || line.charAt(CHECKSUM_DIGITS) != '\t') {
            return Optional.empty();
        }
        final String body = line.substring(CHECKSUM_DIGITS + 1);
        if (!line.startsWith(checksum(body))) {
            return Optional.empty();
        }
        final String[] fields = body.split(SEPARATOR, -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JournalEntry(Instant.parse(fields[0]), JournalEntry.Kind.valueOf(fields[1]),
                    fields[2], new ModelId(fields[3], fields[4], fields[5]), fields[6]));
        } catch (final IllegalArgumentException | java.time.DateTimeException foreign) {
            return Optional.empty();
        }
    }

    private static String checksum(final String body) {
        final CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** A field is one line and holds no tab. */
    private static String plain(final String text) {
        return text.replaceAll("[\\p{Cntrl}]+", " ");
    }
}
