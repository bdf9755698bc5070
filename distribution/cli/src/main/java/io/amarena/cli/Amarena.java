/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.GatewayException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/** Where the process begins. */
public final class Amarena {

    private Amarena() {
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(final String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, ready to be executed. */
    static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new AmarenaCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(told());
        line.getSubcommands().values().forEach(command ->
                command.getCommandSpec().versionProvider(new AmarenaCommand.Version()));
        return line;
    }

    /** Failures with a message of their own are told by it alone; anything else is a defect and shows its trace. */
    private static IExecutionExceptionHandler told() {
        return (failure, command, result) -> {
            final PrintWriter err = command.getErr();
            if (failure instanceof EnvironmentException) {
                err.println("amarena: " + failure.getMessage());
                return ExitCode.USAGE;
            }
            if (failure instanceof GatewayException refused) {
                err.println("amarena: " + refused.getMessage());
                return switch (refused.reason()) {
                    case IN_USE, ENVIRONMENT -> ExitCode.USAGE;
                    case DISTRIBUTION, FRAMEWORK -> ExitCode.FAILURE;
                };
            }
            if (failure instanceof InterruptedException) {
                return ExitCode.FAILURE;
            }
            err.println("amarena: an error that nobody foresaw; please report it with these lines");
            failure.printStackTrace(err);
            return ExitCode.FAILURE;
        };
    }
}
