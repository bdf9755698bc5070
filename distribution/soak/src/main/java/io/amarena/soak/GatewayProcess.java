/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gateway under test: {@code bin/amarena run} of the distribution as a process of its own. */
final class GatewayProcess implements AutoCloseable {

    private static final String FEATURES = "*,demo/broker,demo/simulator";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 100;
    private static final int TAIL = 20;

    private final Process process;
    private final Path log;

    private GatewayProcess(final Process process, final Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and waits until it runs. */
    static GatewayProcess start(final Path home, final Path data, final int httpPort)
            throws IOException, InterruptedException {
        final Path log = data.resolve("gateway.log");
        final ProcessBuilder builder = new ProcessBuilder(home.resolve("bin").resolve("amarena").toString(), "run",
                "--data", data.toString(), "--name", StartSettings.GATEWAY, "--http-port", String.valueOf(httpPort),
                "--features", FEATURES);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        final GatewayProcess gateway = new GatewayProcess(builder.start(), log);
        final long end = System.nanoTime() + START.toNanos();
        while (!gateway.log().contains("gateway " + StartSettings.GATEWAY + " runs")) {
            if (System.nanoTime() - end > 0 || !gateway.isAlive()) {
                gateway.close();
                throw new IOException("The gateway did not start:\n" + gateway.tail());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return gateway;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    private String log() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** The last lines that it printed. */
    String tail() throws IOException {
        final List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    /** Stops it in order, or by force where it does not end. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
