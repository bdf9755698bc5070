/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The memory of this process that is resident and no Java heap: where runtimes keep models that run in this process.
 *
 * <p>How exact: the operating system counts pages of the whole process, and the heap is taken off with the size that it
 * has reserved, of which a part may not be resident yet. What other pipelines take in the meantime counts as well, and
 * memory that was freed shortly before and is used again does not. On a gateway at work, differences below some ten MiB
 * mean nothing. Empty where there is no {@code /proc}.
 */
final class NativeMemory {

    private static final String RESIDENT = "VmRSS:";
    private static final int KIB = 1024;

    private NativeMemory() {
    }

    /** Bytes now; differences may be negative. */
    static OptionalLong now() {
        final OptionalLong resident;
        try {
            resident = resident(Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1));
        } catch (final IOException elsewhere) {
            return OptionalLong.empty();
        }
        return resident.isEmpty() ? resident
                : OptionalLong.of(resident.getAsLong() - Runtime.getRuntime().totalMemory());
    }

    static OptionalLong resident(final List<String> status) {
        for (final String line : status) {
            if (line.startsWith(RESIDENT)) {
                final String[] words = line.substring(RESIDENT.length()).strip().split("\\s+");
                return words[0].matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(words[0]) * KIB)
                        : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }
}
