/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A golden sample on its way into a pack.
 *
 * @param entry       of the descriptor's list {@code golden}
 * @param source      the picture
 * @param format      of the picture, by its content
 * @param expectation the right answer; empty when it is yet to be recorded
 */
public record GoldenPicture(JsonObject entry, Path source, Format format, Optional<Path> expectation) {

    /** What the first bytes of a file say. */
    public enum Format {
        PNG, JPEG, OTHER;

        private static final byte[] PNG_HEAD = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        private static final byte[] JPEG_HEAD = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

        static Format of(final Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                final byte[] head = in.readNBytes(PNG_HEAD.length);
                return Arrays.equals(head, PNG_HEAD) ? PNG
                        : Arrays.equals(Arrays.copyOf(head, JPEG_HEAD.length), JPEG_HEAD) ? JPEG : OTHER;
            }
        }

        /** Enough for a reader that looks at the head of a PNG. */
        static byte[] pngHead() {
            return Arrays.copyOf(PNG_HEAD, 2 * PNG_HEAD.length);
        }
    }

    /** Path of the picture in the pack. */
    public String frame() {
        return entry.getString("frame");
    }

    /** Path of the expectation in the pack. */
    public String expect() {
        return entry.getString("expect");
    }

    /** Whether the picture is made a PNG, which golden frames are. */
    public boolean toBeConverted() {
        return format == Format.JPEG;
    }

    /** Whether the model's own answer becomes the expectation. */
    public boolean toBeRecorded() {
        return expectation.isEmpty();
    }
}
