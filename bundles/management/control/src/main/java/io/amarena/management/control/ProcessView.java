/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process that the gateway runs in. Sizes in bytes, times in milliseconds.
 *
 * @param pid          process number
 * @param uptimeMillis since Java started
 * @param rss          resident memory; -1 where the system does not tell
 * @param peakRss      the most resident memory so far; -1 where the system does not tell
 * @param heapUsed     by living and dead objects
 * @param heapMax      limit
 * @param threads      running
 * @param cpuMillis    used so far; -1 where the system does not tell
 * @param java         version
 */
record ProcessView(long pid, long uptimeMillis, long rss, long peakRss, long heapUsed, long heapMax, int threads,
        long cpuMillis, String java) {

    private static final Path SELF = Path.of("/proc/self/status");
    private static final long KIBI = 1024;

    /** How it is now. */
    static ProcessView now() {
        final MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        final List<String> self = self();
        return new ProcessView(ProcessHandle.current().pid(), ManagementFactory.getRuntimeMXBean().getUptime(),
                bytes(self, "VmRSS:"), bytes(self, "VmHWM:"), heap.getUsed(), heap.getMax(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ProcessHandle.current().info().totalCpuDuration().map(cpu -> cpu.toMillis()).orElse(-1L),
                System.getProperty("java.version"));
    }

    private static List<String> self() {
        try {
            return Files.readAllLines(SELF, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            return List.of();
        }
    }

    /** The value of a line such as {@code VmRSS:   1234 kB}; -1 where there is none. */
    static long bytes(final List<String> lines, final String key) {
        for (final String line : lines) {
            if (line.startsWith(key)) {
                final String digits = line.replaceAll("\\D", "");
                return digits.isEmpty() || digits.length() > 15 ? -1 : Long.parseLong(digits) * KIBI;
            }
        }
        return -1;
    }
}
