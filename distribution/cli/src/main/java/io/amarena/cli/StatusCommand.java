/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code amarena status}: what a running gateway is doing. */
@Command(name = "status", mixinStandardHelpOptions = true,
        description = {"Shows what a running gateway is doing.",
            "Without --data: the gateway of the usual data folder, or else the demo."})
final class StatusCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder of the gateway")
    private Path data;

    @Option(names = "--json", description = "Print the answer of the gateway as it is, one line of JSON")
    private boolean json;

    @Override
    public Integer call() throws EnvironmentException {
        final ControlClient client = ControlClient.of(data, PATIENCE);
        final JsonObject status;
        try {
            status = client.status();
        } catch (final EnvironmentException e) {
            spec.commandLine().getErr().println("amarena: " + e.getMessage());
            return ExitCode.FAILURE;
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(status);
        } else {
            StatusLines.all(status).forEach(out::println);
        }
        return ExitCode.OK;
    }
}
