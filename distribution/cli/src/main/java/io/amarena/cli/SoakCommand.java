/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.soak.GatewayStatus;
import io.amarena.soak.Soak;
import io.amarena.soak.SoakOptions;
import io.amarena.soak.SoakReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code amarena soak}: whether a gateway loses anything while everything in it is changed. */
@Command(name = "soak", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        description = {"Changes a gateway under load, again and again, and counts the results that come out of it.",
            "Starts a gateway of this distribution as a process of its own, on ports of this machine that are free: "
                    + "four simulated cameras at 30 frames per second, four pipelines, an MQTT broker. Updates, stops "
                    + "and uninstalls its bundles through the Web Console, and edits its settings. A real MQTT client "
                    + "checks that each accepted frame has exactly one result, in order, by a version that may serve.",
            "Exit code 1 when a promise was broken; the change that broke it is named. See docs/hot-swap.md."})
final class SoakCommand implements Callable<Integer> {

    private static final int MAX_CHANGES = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Option(names = "--changes", paramLabel = "N", defaultValue = "60",
            description = "Changes to make; about 2 seconds each (default: ${DEFAULT-VALUE})")
    private int changes;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Chooses the sequence of changes (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--quiet", paramLabel = "MS", defaultValue = "500",
            description = "Milliseconds of quiet after each change (default: ${DEFAULT-VALUE})")
    private int quiet;

    @Option(names = "--settle", paramLabel = "S", defaultValue = "30",
            description = "Seconds within which a change must have taken effect (default: ${DEFAULT-VALUE})")
    private int settle;

    @Option(names = "--json", paramLabel = "FILE", description = "Write figures, changes and samples as JSON")
    private Path json;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw latency and memory over time as SVG")
    private Path chart;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Data folder of the gateway, new and kept (default: a temporary one, kept when a promise was "
                    + "broken)")
    private Path data;

    @Override
    public Integer call() throws EnvironmentException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        checked();
        final Path home = Installation.home();
        final Path folder = data == null ? Workbench.temporary() : data.toAbsolutePath().normalize();
        final Soak soak = new Soak(new SoakOptions(home, folder, changes, seed, Duration.ofMillis(quiet),
                Duration.ofSeconds(settle)), status(folder), out);
        try {
            final SoakReport report = soak.run();
            tell(report, folder);
            return report.kept() ? ExitCode.OK : ExitCode.FAILURE;
        } catch (final IOException failed) {
            throw new EnvironmentException("The soak could not work: " + failed.getMessage() + ". Its folder is "
                    + folder, failed);
        }
    }

    private void tell(final SoakReport report, final Path folder) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        out.println();
        report.lines().forEach(out::println);
        if (json != null) {
            Files.writeString(json, report.json() + "\n", StandardCharsets.UTF_8);
        }
        if (chart != null) {
            Files.writeString(chart, report.chart(), StandardCharsets.UTF_8);
        }
        if (!report.kept()) {
            out.println("the gateway's log and data are in " + folder);
        } else if (data == null) {
            Workbench.delete(folder);
        }
        out.flush();
    }

    private void checked() {
        if (changes < 1 || changes > MAX_CHANGES) {
            throw wrong("--changes " + changes + ": choose 1 to " + MAX_CHANGES);
        }
        if (quiet < 0 || settle < 1) {
            throw wrong("--quiet " + quiet + " --settle " + settle + ": choose at least 0 and 1");
        }
        if (data != null && Files.exists(data.resolve("configs"))) {
            throw wrong("--data " + data + ": there are settings in it already; choose a new folder");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static GatewayStatus status(final Path folder) {
        final ControlClient client = new ControlClient(folder, PATIENCE);
        return () -> {
            try {
                return client.status();
            } catch (final EnvironmentException silent) {
                throw new IOException(silent.getMessage(), silent);
            }
        };
    }
}
