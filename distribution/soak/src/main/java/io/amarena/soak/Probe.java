/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Looks at the gateway's process from outside: {@code /proc}, and {@code jcmd} where the Java is a JDK. */
final class Probe {

    private static final String LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
    private static final long KIBI = 1024;

    private final long pid;
    private final Path process;
    private final Path jcmd;
    private final long begin = System.nanoTime();

    Probe(final long pid) {
        this.pid = pid;
        this.process = Path.of("/proc", String.valueOf(pid));
        this.jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    }

    /** A quick look, which disturbs nothing. */
    Vitals look() throws IOException {
        return look(OptionalLong.empty());
    }

    /** A thorough look: it makes the process collect its garbage, which stops it for some time. */
    Vitals lookThoroughly() throws IOException, InterruptedException {
        // Twice: what a cleaner releases is garbage only for the next collection.
        loaders();
        final OptionalLong alive = loaders();
        return look(alive);
    }

    private Vitals look(final OptionalLong loaders) throws IOException {
        final List<String> status = Files.readAllLines(process.resolve("status"), StandardCharsets.UTF_8);
        return new Vitals((System.nanoTime() - begin) / 1_000_000, number(status, "VmRSS:") * KIBI,
                (int) number(status, "Threads:"), files(), natives(), loaders);
    }

    private static long number(final List<String> status, final String key) {
        return status.stream().filter(line -> line.startsWith(key)).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElse(-1L);
    }

    private int files() throws IOException {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return (int) open.count();
        }
    }

    private int natives() throws IOException {
        try (Stream<String> maps = Files.lines(process.resolve("maps"), StandardCharsets.UTF_8)) {
            return (int) maps.filter(line -> line.contains("/")).map(line -> line.substring(line.indexOf('/')))
                    .filter(path -> path.matches(".*\\.so[.0-9]*( \\(deleted\\))?")).distinct().count();
        }
    }

    private OptionalLong loaders() throws IOException, InterruptedException {
        if (!Files.isExecutable(jcmd)) {
            return OptionalLong.empty();
        }
        final Process histogram = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram")
                .redirectErrorStream(true).start();
        OptionalLong count = OptionalLong.empty();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(histogram.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String[] columns = line.strip().split("\\s+");
                if (columns.length > 3 && columns[3].startsWith(LOADER)) {
                    count = OptionalLong.of(count.orElse(0) + Long.parseLong(columns[1]));
                }
            }
        }
        histogram.waitFor();
        return count;
    }
}
