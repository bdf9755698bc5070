/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of a process as Linux tells it. */
final class ResidentMemory {

    private static final double KIB_PER_MIB = 1024;

    private ResidentMemory() {
    }

    static double megabytes() throws IOException {
        return read(Path.of("/proc/self/status"), "VmRSS:");
    }

    /** The most that the process has had so far. */
    static double peakMegabytes(final Path status) throws IOException {
        return read(status, "VmHWM:");
    }

    /** Not a number where the system does not tell. */
    private static double read(final Path status, final String key) throws IOException {
        if (Files.isReadable(status)) {
            for (final String line : Files.readAllLines(status)) {
                if (line.startsWith(key)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
                }
            }
        }
        return Double.NaN;
    }
}
