/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.distribution;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The built distribution, started as its users start it. */
final class Distribution {

    static final Path HOME = Path.of(System.getProperty("amarena.distribution"));

    private static final long PATIENCE_SECONDS = 90;
    private static final long STOP_SECONDS = 10;

    private Distribution() {
    }

    /** A process with all that it printed, errors included. */
    static final class Running implements AutoCloseable {

        private final Process process;
        private final List<String> lines = new ArrayList<>();
        private final CompletableFuture<Void> ended;

        private Running(final Process process) {
            this.process = process;
            this.ended = CompletableFuture.runAsync(this::read, task -> new Thread(task, "output").start());
        }

        private void read() {
            try (BufferedReader reader = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            } catch (final IOException e) {
                add("(output ended: " + e + ')');
            }
        }

        private void add(final String line) {
            synchronized (lines) {
                lines.add(line);
                lines.notifyAll();
            }
        }

        String output() {
            synchronized (lines) {
                return String.join("\n", lines);
            }
        }

        /** Waits for a line that contains the text. */
        Running awaitLine(final String text) throws InterruptedException {
            final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            synchronized (lines) {
                while (lines.stream().noneMatch(line -> line.contains(text))) {
                    final long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left <= 0 || ended.isDone()) {
                        throw new AssertionError("\"" + text + "\" was not printed:\n" + output());
                    }
                    lines.wait(Math.min(left, TimeUnit.SECONDS.toMillis(1)));
                }
            }
            return this;
        }

        /** Sends a signal such as {@code TERM}. */
        Running signal(final String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
            return this;
        }

        /** Waits for the end of the process. */
        int exitCode() throws InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The process did not end:\n" + output());
            }
            try {
                ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (final ExecutionException | TimeoutException e) {
                throw new AssertionError("The output did not end:\n" + output(), e);
            }
            return process.exitValue();
        }

        /** Ends the process, in order if it can. */
        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Starts {@code bin/amarena}. */
    static Running amarena(final String... arguments) throws IOException {
        return amarena(List.of(), arguments);
    }

    /** Starts {@code bin/amarena} by another command, such as one that changes the user. */
    static Running amarena(final List<String> by, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(by);
        command.add(HOME.resolve("bin").resolve("amarena").toString());
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("AMARENA_OPTS", "-XX:TieredStopAtLevel=1");
        return new Running(builder.start());
    }

    /** What the gateway of a data folder says about itself. */
    static JsonObject status(final Path data) throws IOException, InterruptedException {
        final Running status = amarena("status", "--data", data.toString(), "--json");
        if (status.exitCode() != 0) {
            throw new AssertionError(status.output());
        }
        try (JsonReader reader = Json.createReader(new StringReader(status.output()))) {
            return reader.readObject();
        }
    }

    /** A port that was free a moment ago. */
    static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
