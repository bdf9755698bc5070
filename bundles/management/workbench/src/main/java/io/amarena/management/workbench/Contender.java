/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One side of {@code bench --naive} as a process: counted, timed and weighed from outside. Used by one thread. */
final class Contender implements AutoCloseable {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int END_SECONDS = 20;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;

    private Contender(final Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts the process and waits until its first results are out.
     *
     * @param environment of the process; ONNX Runtime sends nothing to its maker in any case
     */
    static Contender start(final List<String> command, final Map<String, String> environment) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        final Contender contender = new Contender(builder.start());
        String line;
        do {
            line = contender.answers.readLine();
            if (line == null) {
                contender.close();
                throw new IOException("the process " + String.join(" ", command) + " ended before its first result");
            }
        } while (!line.equals(Tally.READY));
        return contender;
    }

    /**
     * What one side did in a while.
     *
     * @param framesPerSecond whose results the broker confirmed
     * @param cpuMillis       processor time of the process per frame
     * @param peakMegabytes   most resident memory since its start
     */
    record Score(double framesPerSecond, double cpuMillis, double peakMegabytes) {
    }

    Score measure(final Duration time) throws IOException, InterruptedException {
        final long before = frames();
        final long begin = System.nanoTime();
        final Duration cpu = cpu();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        final long frames = frames() - before;
        final double seconds = (System.nanoTime() - begin) / 1e9;
        return new Score(frames / seconds, cpu().minus(cpu).toNanos() / NANOS_PER_MILLI / frames,
                ResidentMemory.peakMegabytes(Path.of("/proc", String.valueOf(process.pid()), "status")));
    }

    private long frames() throws IOException {
        questions.println();
        final String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("a side of the comparison ended early, with exit code " + process.onExit().join()
                    .exitValue());
        }
        return Long.parseLong(answer);
    }

    private Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
