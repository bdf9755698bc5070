/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/commands.md} names every option of every command, with its default, and no other. */
class DocumentedCommandsTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "commands.md");
    private static final Pattern HEADING = Pattern.compile("## `amarena ([a-z-]+)`");
    private static final Pattern ROW = Pattern.compile("\\| `((?:--)?[^`]+)` \\|([^|]*)\\|([^|]+)\\|");

    @Test
    void every_option_of_every_command_is_described_and_none_is_made_up() throws IOException {
        final Map<String, Map<String, String>> page = page();
        int compared = 0;
        for (final CommandLine command : Amarena.commandLine().getSubcommands().values()) {
            final CommandSpec spec = command.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                assertTrue(page.containsKey(spec.name()), () -> spec.name() + " has no section");
                assertEquals(options(spec), page.get(spec.name()), spec.name());
                compared++;
            }
        }
        assertTrue(compared >= 5, "commands: " + compared);
    }

    /** Defaults by option, as a person writes it. */
    private static Map<String, String> options(final CommandSpec spec) {
        final Map<String, String> options = new TreeMap<>();
        for (final OptionSpec option : spec.options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                options.put(option.longestName() + (option.arity().max() == 0 ? "" : ' ' + option.paramLabel()),
                        option.defaultValue() == null ? "" : '`' + option.defaultValue() + '`');
            }
        }
        spec.positionalParameters().forEach(parameter ->
                options.put(parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : ""), ""));
        return options;
    }

    private static Map<String, Map<String, String>> page() throws IOException {
        final Map<String, Map<String, String>> page = new TreeMap<>();
        Map<String, String> section = new TreeMap<>();
        boolean options = false;
        for (final String line : Files.readAllLines(PAGE)) {
            final Matcher heading = HEADING.matcher(line);
            final Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                section = page.computeIfAbsent(heading.group(1), any -> new TreeMap<>());
            } else if (line.startsWith("| option |")) {
                options = true;
            } else if (!line.startsWith("|")) {
                options = false;
            } else if (options && row.matches()) {
                section.put(row.group(1), row.group(2).strip());
            }
        }
        return page;
    }
}
