/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a running gateway one thing and prints the answer. */
abstract class AskingCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Data folder of the gateway; without it the usual one, or else the demo's")
    private Path data;

    @Option(names = "--json", description = "Print the answer of the gateway as it is, one line of JSON")
    private boolean json;

    /** The request. */
    abstract JsonObject request();

    /** The answer for people. */
    abstract List<String> lines(JsonObject answer);

    @Override
    public Integer call() throws EnvironmentException {
        final ControlClient client = ControlClient.of(data, PATIENCE);
        final PrintWriter err = spec.commandLine().getErr();
        final PrintWriter out = spec.commandLine().getOut();
        final JsonObject answer;
        try {
            answer = client.answer(request());
        } catch (final EnvironmentException e) {
            err.println("amarena: " + e.getMessage());
            return ExitCode.FAILURE;
        }
        if (json) {
            out.println(answer);
        }
        if (answer.containsKey("error")) {
            err.println("amarena: " + answer.getString("error", ""));
            return ExitCode.FAILURE;
        }
        if (!json) {
            lines(answer).forEach(out::println);
        }
        return ExitCode.OK;
    }

    /** Begins a request. */
    static JsonObjectBuilder command(final String name) {
        return Json.createObjectBuilder().add("command", name);
    }
}
