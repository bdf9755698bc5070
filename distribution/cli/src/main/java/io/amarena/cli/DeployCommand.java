/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code amarena deploy}: puts a bundle or a model pack onto a running gateway. */
@Command(name = "deploy", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        description = {"Puts a bundle or a model pack onto a running gateway and waits for what becomes of it.",
            "The bundle of its name is updated; if the new one does not run, the previous one is put back.",
            "Without --data: the gateway of the usual data folder, or else the demo."},
        footer = {"", "Exit codes: 0 it runs, or was there already; 1 it does not; 2 wrong usage or environment.",
            "See docs/updates.md."})
final class DeployCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 200;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The jar; the gateway's user must be able to read it")
    private Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder of the gateway")
    private Path data;

    @Option(names = "--parallel", description = "Install it beside the bundle of its name instead of updating that")
    private boolean parallel;

    @Option(names = "--json", description = "Print the answer of the gateway as it is, one line of JSON")
    private boolean json;

    @Override
    public Integer call() throws EnvironmentException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new EnvironmentException("There is no file " + file + ". Name the jar that is to be deployed");
        }
        final ControlClient client = ControlClient.of(data, PATIENCE);
        final JsonObject report;
        try {
            report = deploy(client);
        } catch (final EnvironmentException e) {
            spec.commandLine().getErr().println("amarena: " + e.getMessage());
            return ExitCode.FAILURE;
        }
        final String state = report.getString("state");
        final boolean good = state.equals("DONE") || state.equals("UNCHANGED");
        if (json) {
            spec.commandLine().getOut().println(report);
        } else if (good) {
            spec.commandLine().getOut().println(report.getString("message"));
        } else {
            spec.commandLine().getErr().println("amarena: " + report.getString("message"));
        }
        return good ? ExitCode.OK : ExitCode.FAILURE;
    }

    private JsonObject deploy(final ControlClient client) throws EnvironmentException, InterruptedException {
        JsonObject report = client.ask(Json.createObjectBuilder()
                .add("command", "deploy")
                .add("file", file.toAbsolutePath().normalize().toString())
                .add("parallel", parallel)
                .add("who", System.getProperty("user.name", ""))
                .build());
        final JsonObject request = Json.createObjectBuilder().add("command", "deploy-report")
                .add("deploy", report.getString("deploy")).build();
        while (report.getString("state").equals("WAITING") || report.getString("state").equals("RUNNING")) {
            Thread.sleep(LOOK_MILLIS);
            report = client.ask(request);
        }
        return report;
    }
}
