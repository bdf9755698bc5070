/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.GatewayException;
import io.amarena.launcher.GatewayOptions;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code amarena demo}: a whole gateway with simulated cameras, a model, a broker and a view in the terminal. */
@Command(name = "demo", mixinStandardHelpOptions = true,
        description = {"Shows a gateway at work, on this machine only.",
            "Simulated cameras over a conveyor, a model that finds defects, results on an embedded MQTT broker, the "
                    + "Web Console."})
final class DemoCommand implements Callable<Integer> {

    private static final String HOST = "127.0.0.1";
    private static final List<String> FEATURES = List.of("*", "demo/*", "tools/workbench");
    private static final int MAX_CAMERAS = 64;
    private static final double MAX_RATE = 1000;
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration QUIET_REFRESH = Duration.ofSeconds(10);
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Data folder of the demo (default: demo in the usual data folder)")
    private Path data;

    @Option(names = "--http-port", paramLabel = "PORT", defaultValue = "8080",
            description = "Port of the Web Console (default: ${DEFAULT-VALUE})")
    private int httpPort;

    @Option(names = "--mqtt-port", paramLabel = "PORT", defaultValue = "1883",
            description = "Port of the embedded broker (default: ${DEFAULT-VALUE})")
    private int mqttPort;

    @Option(names = "--images", paramLabel = "DIR",
            description = "Inspect these pictures (JPEG, PNG) in a loop instead of the simulated conveyor")
    private Path images;

    @Option(names = "--cameras", paramLabel = "N", defaultValue = "4",
            description = "Cameras, 1 to 64 (default: ${DEFAULT-VALUE})")
    private int cameras;

    @Option(names = "--fps", paramLabel = "N", defaultValue = "10",
            description = "Pictures per second and camera (default: ${DEFAULT-VALUE})")
    private double framesPerSecond;

    @Option(names = "--seconds", paramLabel = "N", description = "End by itself after that time")
    private Integer seconds;

    @Option(names = "--no-live", description = "Show the state once at the end instead of all the time")
    private boolean noLive;

    @Override
    public Integer call() throws EnvironmentException, GatewayException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final StopSignal signal = StopSignal.listen();
        final Path home = Installation.home();
        final Path folder = (data == null ? Installation.demoData() : data).toAbsolutePath().normalize();
        final DemoOptions demo = checked();
        Ports.requireFree(HOST, httpPort, "--http-port");
        Ports.requireFree(HOST, mqttPort, "--mqtt-port");
        new DemoSettings(home.resolve("demo").resolve("configs"), demo).writeTo(folder);
        final ConsoleAccess console = new ConsoleAccess(HOST, httpPort, folder);
        renew(console);

        final List<String> notes = new CopyOnWriteArrayList<>();
        final GatewayOptions options = GatewayOptions.of(home, folder).withName("demo").withFeatures(FEATURES)
                .withHttp(HOST, httpPort).withNotes(notes::add);
        final Path log = Logging.toFile(home, options.configs(), folder);
        out.println("amarena: starting the demo");
        out.flush();
        final RunningGateway running = RunningGateway.start(options, signal);
        final boolean runs = running.tellProblems(spec.commandLine().getErr());
        if (runs) {
            final Optional<LatestPictures> pictures =
                    LatestPictures.in(folder.resolve("pictures"), running.gateway());
            show(signal, folder, new DemoView(console, console.firstPassword(), mqttPort,
                    pictures.map(LatestPictures::folder), log), notes);
            pictures.ifPresent(LatestPictures::close);
            out.println("amarena: stopping");
        } else {
            notes.forEach(spec.commandLine().getErr()::println);
        }
        out.flush();
        running.stop();
        return runs ? ExitCode.OK : ExitCode.FAILURE;
    }

    private DemoOptions checked() {
        if (cameras < 1 || cameras > MAX_CAMERAS) {
            throw wrong("--cameras " + cameras + ": choose 1 to " + MAX_CAMERAS);
        }
        if (!(framesPerSecond > 0 && framesPerSecond <= MAX_RATE)) {
            throw wrong("--fps " + framesPerSecond + ": choose more than 0 and at most " + MAX_RATE);
        }
        if (seconds != null && seconds < 1) {
            throw wrong("--seconds " + seconds + ": choose at least 1");
        }
        if (images != null && !holdsPictures(images)) {
            throw wrong("--images " + images + ": there is no such folder with .jpg, .jpeg or .png files");
        }
        return new DemoOptions(cameras, framesPerSecond, mqttPort,
                Optional.ofNullable(images).map(path -> path.toAbsolutePath().normalize()));
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static boolean holdsPictures(final Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().matches("(?i).*\\.(jpe?g|png)"));
        } catch (final IOException e) {
            return false;
        }
    }

    private static void renew(final ConsoleAccess console) throws EnvironmentException {
        try {
            console.renew();
        } catch (final IOException e) {
            throw new EnvironmentException("The demo's console account cannot be renewed: " + e
                    + ". Choose another data folder with --data", e);
        }
    }

    /** Shows the state again and again until the time is up or a signal comes, and a last time then. */
    private void show(final StopSignal signal, final Path folder, final DemoView view, final List<String> notes)
            throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final boolean live = !noLive && Screen.isTerminal();
        final long pause = (noLive ? FOREVER : live ? REFRESH : QUIET_REFRESH).toNanos();
        final Screen screen = new Screen(out, live);
        final ControlClient client = new ControlClient(folder, PATIENCE);
        final long end = System.nanoTime() + (seconds == null ? FOREVER : Duration.ofSeconds(seconds)).toNanos();
        if (!live) {
            screen.show(view.ways());
        }
        boolean last = false;
        while (!last) {
            final long left = Math.max(0, end - System.nanoTime());
            last = signal.await(Duration.ofNanos(Math.min(pause, left))) || end - System.nanoTime() <= 0;
            screen.show(lines(client, view, notes, live));
        }
    }

    private static List<String> lines(final ControlClient client, final DemoView view, final List<String> notes,
            final boolean live) {
        try {
            final JsonObject status = client.status();
            final List<String> lines = new ArrayList<>(live ? view.lines(status, notes) : List.of());
            if (!live) {
                lines.add(StatusLines.head(status));
                lines.addAll(StatusLines.pipelines(status));
                lines.addAll(StatusLines.troubles(status));
            }
            return lines;
        } catch (final EnvironmentException e) {
            return List.of("amarena: " + e.getMessage());
        }
    }
}
