/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.Gateway;
import io.amarena.launcher.GatewayException;
import io.amarena.launcher.GatewayOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Work that is done inside a gateway on behalf of a command: a service of type {@code Function<Map<String, Object>,
 * Integer>} with the property {@code amarena.command}, from arguments of JDK types to an exit code. It prints by
 * itself.
 */
final class Workbench {

    /** What a gateway needs that only works for a command: no web server, no console, no settings. */
    static final List<String> FEATURES =
            List.of("base", "core", "onnxruntime", "stages", "mqtt", "demo/broker", "demo/simulator",
                    "tools/workbench");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Workbench() {
    }

    /** The work of a running gateway; empty when no bundle offers it. */
    @SuppressWarnings("unchecked")
    static Optional<Function<Map<String, Object>, Integer>> of(final Gateway gateway, final String command,
            final Duration atMost) throws InterruptedException {
        return gateway.service(Function.class, "(amarena.command=" + command + ')', atMost)
                .map(function -> (Function<Map<String, Object>, Integer>) function);
    }

    /** Work in a gateway that has started. */
    interface Bench {

        /** Does one command's work and returns its exit code. */
        int work(String command, Map<String, Object> arguments) throws InterruptedException;
    }

    /** What is done while the gateway runs. */
    @FunctionalInterface
    interface Job {

        int doOn(Bench bench) throws IOException, InterruptedException;
    }

    /**
     * Starts a gateway on a folder that is deleted afterwards, does the work and returns its exit code.
     *
     * @param err for what is wrong with the gateway
     */
    static int run(final String command, final Map<String, Object> arguments, final PrintWriter err)
            throws EnvironmentException, GatewayException, InterruptedException {
        try {
            return run(command, err, bench -> bench.work(command, arguments));
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * The same for a job of several works.
     *
     * @param name of the gateway
     */
    static int run(final String name, final PrintWriter err, final Job job)
            throws EnvironmentException, GatewayException, IOException, InterruptedException {
        final StopSignal signal = StopSignal.listen();
        final Path home = Installation.home();
        final Path data = temporary();
        try {
            Logging.onlyTroubles(home);
            final RunningGateway running = RunningGateway.start(GatewayOptions.of(home, data).withName(name)
                    .withFeatures(FEATURES).withNotes(note -> err.println("amarena: " + note)), signal);
            try {
                return running.tellProblems(err) ? job.doOn((command, arguments) ->
                        work(running.gateway(), command, arguments, err)) : ExitCode.FAILURE;
            } finally {
                running.stop();
            }
        } finally {
            delete(data);
        }
    }

    private static int work(final Gateway gateway, final String command, final Map<String, Object> arguments,
            final PrintWriter err) throws InterruptedException {
        final Optional<Function<Map<String, Object>, Integer>> function = of(gateway, command, PATIENCE);
        if (function.isEmpty()) {
            err.println("amarena: no bundle offers the command " + command
                    + ". The feature tools/workbench brings it: unpack the distribution again");
            return ExitCode.FAILURE;
        }
        return function.get().apply(arguments);
    }

    /** An empty folder for work that is thrown away. */
    static Path temporary() throws EnvironmentException {
        try {
            return Files.createTempDirectory("amarena-");
        } catch (final IOException e) {
            throw new EnvironmentException("No temporary folder can be made: " + e
                    + ". Free space there, or choose another with AMARENA_OPTS=-Djava.io.tmpdir=DIR", e);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(final Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException e) {
            System.err.println("amarena: " + folder + " could not be deleted: " + e);
        }
    }
}
