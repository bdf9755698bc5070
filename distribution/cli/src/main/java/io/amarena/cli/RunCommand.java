/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.GatewayException;
import io.amarena.launcher.GatewayOptions;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code amarena run}: a production gateway in the foreground, until a signal ends it. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = {"Runs a gateway in the foreground until Ctrl-C or SIGTERM.",
            "What it does is in its settings, one JSON file per PID; edits take effect at once."})
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Everything that the gateway writes (default: $AMARENA_DATA, or data in the distribution)")
    private Path data;

    @Option(names = "--configs", paramLabel = "DIR",
            description = "Settings; made from the shipped ones when there is no such folder (default: configs in "
                    + "the data folder)")
    private Path configs;

    @Option(names = "--name", paramLabel = "NAME",
            description = "Name of the gateway, unique in the plant (default: the machine's name)")
    private String name;

    @Option(names = "--http-host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "Address for HTTP (default: ${DEFAULT-VALUE}, reachable from this machine only)")
    private String httpHost;

    @Option(names = "--http-port", paramLabel = "PORT", defaultValue = "8080",
            description = "Port for HTTP (default: ${DEFAULT-VALUE})")
    private int httpPort;

    @Option(names = "--features", paramLabel = "NAME", split = ",", defaultValue = "*",
            description = "Features that make up the gateway, such as *,demo/broker (default: all in features, without "
                    + "its folders)")
    private List<String> features;

    @Override
    public Integer call() throws EnvironmentException, GatewayException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final StopSignal signal = StopSignal.listen();
        final Path home = Installation.home();
        final GatewayOptions options = options(home);
        Ports.requireFree(httpHost, httpPort, "--http-port");
        if (ShippedSettings.copyTo(home, options.configs())) {
            out.println("amarena: new settings in " + options.configs());
        }
        Logging.toConsole(home, options.configs());
        final RunningGateway running = RunningGateway.start(options, signal);
        final boolean runs = running.tellProblems(spec.commandLine().getErr());
        if (runs) {
            greet(out, options);
            running.awaitSignal();
            out.println("amarena: stopping");
            out.flush();
        }
        running.stop();
        return runs ? ExitCode.OK : ExitCode.FAILURE;
    }

    private GatewayOptions options(final Path home) throws EnvironmentException {
        final PrintWriter out = spec.commandLine().getOut();
        final GatewayOptions options = GatewayOptions.of(home, data == null ? Installation.data() : data)
                .withHttp(httpHost, httpPort).withFeatures(features)
                .withNotes(note -> {
                    out.println("amarena: " + note);
                    out.flush();
                });
        try {
            final GatewayOptions named = options.withName(name == null ? GatewayName.ofMachine() : name);
            return configs == null ? named : named.withConfigs(configs);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--name: " + e.getMessage(), e);
        }
    }

    private static void greet(final PrintWriter out, final GatewayOptions options) {
        final ConsoleAccess console = new ConsoleAccess(options.httpHost(), options.httpPort(), options.data());
        out.println("amarena: gateway " + options.name() + " runs after " + sinceJavaStarted()
                + " s; settings in " + options.configs());
        if (!isLoopback(options.httpHost())) {
            out.println("amarena: WARNING: HTTP on " + options.httpHost() + " is reachable from other machines and "
                    + "not encrypted. Keep it on 127.0.0.1 and put a proxy with TLS in front");
        }
        out.println("amarena: Web Console at " + console.address() + ", user " + ConsoleAccess.user());
        // A password belongs onto a screen, not into the log of a service manager.
        console.firstPassword().ifPresent(password -> out.println("amarena: " + (Screen.isTerminal()
                ? "password, shown until the first login: " + password
                : "the password is in " + console.passwordFile() + " until the first login")));
        if (!ShippedSettings.hasPipelines(options.configs())) {
            out.println("amarena: no pipelines configured: see docs/settings.md");
        }
        out.flush();
    }

    private static String sinceJavaStarted() {
        return String.format(Locale.ROOT, "%.1f",
                ManagementFactory.getRuntimeMXBean().getUptime() / (double) TimeUnit.SECONDS.toMillis(1));
    }

    private static boolean isLoopback(final String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (final UnknownHostException e) {
            return false;
        }
    }
}
