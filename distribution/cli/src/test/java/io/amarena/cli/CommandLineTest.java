/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        return Amarena.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void every_command_explains_itself() {
        for (final CommandLine command : Amarena.commandLine().getSubcommands().values()) {
            assertEquals(ExitCode.OK, run(command.getCommandName(), "--help"));
            assertTrue(out.toString().contains("Usage: amarena " + command.getCommandName()), out.toString());
            assertTrue(command.getCommandSpec().usageMessage().description().length > 0, command.getCommandName());
        }
    }

    @Test
    void every_command_tells_the_version() {
        assertEquals(ExitCode.OK, run("--version"));
        final String version = out.toString();
        assertTrue(version.startsWith("amarena ") && version.contains("Java "), version);
        for (final String command : Amarena.commandLine().getSubcommands().keySet()) {
            out.getBuffer().setLength(0);
            assertEquals(ExitCode.OK, run(command, "--version"));
            assertEquals(version, out.toString(), command);
        }
    }

    @Test
    void no_command_shows_the_usage_as_an_error() {
        assertEquals(ExitCode.USAGE, run());
        assertTrue(err.toString().contains("Usage: amarena"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fly", "run --http-port many", "status --colour", "soak --changes 0",
        "soak --quiet -1"})
    void wrong_usage_is_told_with_exit_code_2(final String line) {
        assertEquals(ExitCode.USAGE, run(line.split(" ")));
        assertFalse(err.toString().isEmpty());
    }

    @Test
    void the_status_of_no_gateway_is_a_failure_that_says_what_to_do(@TempDir final Path data) {
        assertEquals(ExitCode.FAILURE, run("status", "--data", data.toString()));
        assertTrue(err.toString().contains("No gateway runs on the data folder " + data), err.toString());
    }

    @Test
    void outside_of_a_distribution_the_environment_is_to_blame() {
        assertEquals(ExitCode.USAGE, run("status"));
        assertTrue(err.toString().contains("Start with bin/amarena"), err.toString());
    }
}
