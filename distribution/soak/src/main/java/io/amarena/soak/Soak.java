/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Runs a gateway under load, changes it again and again through its own doors, and counts the results that come out.
 *
 * <p>Each camera feeds one pipeline and its frames are numbered without gaps, so that the subscriber alone can tell
 * whether each accepted frame has exactly one result.
 */
public final class Soak {

    private static final int WARM_UP = 100;
    private static final int WARM_UP_SHARE = 4;
    private static final long MARGIN_MILLIS = 200;
    private static final long REST_MILLIS = 500;
    private static final long START_MILLIS = 1500;
    private static final long CALM_MILLIS = 2000;
    private static final long POLL_MILLIS = 100;
    private static final long REST_LIMIT_SECONDS = 30;

    private final SoakOptions options;
    private final GatewayStatus gateway;
    private final PrintWriter out;
    private final Evidence evidence = new Evidence(StartSettings.lines());
    private final World world = new World(StartSettings.lines());
    private final List<MadeChange> made = new ArrayList<>();
    private final List<Promise.Broken> broken = new ArrayList<>();

    /**
     * A soak that has not begun.
     *
     * @param gateway asks the gateway of the data folder
     * @param out     for progress
     */
    public Soak(final SoakOptions options, final GatewayStatus gateway, final PrintWriter out) {
        this.options = options;
        this.gateway = gateway;
        this.out = out;
    }

    /**
     * Runs it to its end, or to the first change that does not take effect.
     *
     * @throws IOException where the gateway did not start
     */
    public SoakReport run() throws IOException, InterruptedException {
        final int httpPort = freePort();
        final int brokerPort = freePort();
        final Path configs = options.data().resolve("configs");
        final Path jars = Files.createDirectories(options.data().resolve("soak-jars"));
        StartSettings.writeTo(configs, options.home(), brokerPort, options.seed());
        tell("starting a gateway on " + options.data());
        try (GatewayProcess process = GatewayProcess.start(options.home(), options.data(), httpPort);
                Subscriber subscriber = Subscriber.connect(brokerPort, evidence::received, evidence::trouble)) {
            final ConsoleDoor console = new ConsoleDoor(httpPort, password());
            final Settling settling = new Settling(gateway, console, evidence, world, options.settle());
            final ShippedBundles shipped = new ShippedBundles(options.home());
            final Random random = new Random(options.seed());
            final PackChanges packs = new PackChanges(random, world, new PackWorks(shipped.pack(), jars), console,
                    console, settling, evidence);
            final Deck deck = new Deck(random, packs,
                    new BundleChanges(random, world, shipped, jars, console, console, settling, evidence, brokerPort),
                    new SettingsChanges(random, world, new ConfigsDoor(configs), settling, evidence, brokerPort));
            return run(process, deck, packs, new ConfigsDoor(configs), settling);
        }
    }

    private SoakReport run(final GatewayProcess process, final Deck deck, final PackChanges packs,
            final ConfigsDoor configs, final Settling settling) throws IOException, InterruptedException {
        final Probe probe = new Probe(process.pid());
        final long begin = System.nanoTime();
        final List<Vitals> thorough = new ArrayList<>();
        try (Sampler sampler = Sampler.start(probe)) {
            packs.first();
            // The frames that waited for the first model come now.
            TimeUnit.MILLISECONDS.sleep(START_MILLIS);
            evidence.phase(Evidence.QUIET);
            tell("four pipelines run; seed " + options.seed());
            final int warmUp = Math.min(WARM_UP, options.changes() / WARM_UP_SHARE);
            for (int number = 1; number <= options.changes() && make(number, deck); number++) {
                if (number == warmUp) {
                    thorough.add(thoroughly(probe, configs, settling));
                }
            }
            if (broken.isEmpty()) {
                thorough.add(thoroughly(probe, configs, settling));
                Growth.beyondBounds(thorough.get(0), thorough.get(thorough.size() - 1)).forEach(this::broke);
            }
            settleAccounts(process, configs);
            broken.addAll(evidence.broken());
            return new SoakReport(options, begin, List.copyOf(made), evidence, sampler.samples(), thorough,
                    List.copyOf(broken));
        }
    }

    private void settleAccounts(final GatewayProcess process, final ConfigsDoor configs)
            throws IOException, InterruptedException {
        try {
            final JsonObject last = rest(configs);
            evidence.end(Accounts.accepted(last));
            Accounts.disagreements(last, evidence.counts()).forEach(this::broke);
        } catch (final IOException silent) {
            broke("the gateway does not answer any more: " + silent.getMessage());
        }
        if (!process.isAlive()) {
            broke("the gateway's process ended:\n" + process.tail());
        }
    }

    private boolean make(final int number, final Deck deck) throws IOException, InterruptedException {
        final Change change = deck.deal();
        final long begin = System.nanoTime();
        evidence.begin(number);
        boolean done = true;
        try {
            change.act().perform();
            TimeUnit.MILLISECONDS.sleep(MARGIN_MILLIS);
        } catch (final IOException notTakenUp) {
            broken.add(new Promise.Broken(number, notTakenUp.getMessage()));
            done = false;
        }
        final MadeChange record = new MadeChange(number, change.kind(), change.text(), begin, System.nanoTime());
        made.add(record);
        tell(String.format(Locale.ROOT, "%3d  %5.1f s  %s%s", number, record.seconds(), change.text(),
                done ? told() : ": NOT TAKEN UP"));
        evidence.phase(Evidence.QUIET);
        TimeUnit.MILLISECONDS.sleep(options.quiet().toMillis());
        return done;
    }

    private String told() {
        final int wrong = evidence.broken().size();
        final long missing = evidence.missing();
        return (missing == 0 ? "" : "; MISSING " + missing) + (wrong == 0 ? "" : "; BROKEN PROMISES " + wrong);
    }

    /** With the pipelines as they were at the beginning, so that what the process holds can be compared. */
    private Vitals thoroughly(final Probe probe, final ConfigsDoor configs, final Settling settling)
            throws IOException, InterruptedException {
        evidence.phase(Evidence.DISTURBED);
        for (final Line line : world.lines()) {
            evidence.secondChanges(line.name());
            world.set(Line.named(line.name()));
            configs.write(line.pid(), Line.named(line.name()).settings());
        }
        settling.calm();
        TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
        final Vitals vitals = probe.lookThoroughly();
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        evidence.phase(Evidence.QUIET);
        return vitals;
    }

    /** Takes the cameras away and waits until everything has come; the last status. */
    private JsonObject rest(final ConfigsDoor configs) throws IOException, InterruptedException {
        evidence.phase(Evidence.DISTURBED);
        for (final Line line : world.lines()) {
            configs.remove(StartSettings.simulatorPid(line.name()));
        }
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_LIMIT_SECONDS);
        JsonObject status = gateway.ask();
        while (!(Accounts.atRest(status) && evidence.counts().equals(Accounts.accepted(status)))) {
            if (System.nanoTime() - end > 0) {
                broke("not every frame was answered and confirmed within " + REST_LIMIT_SECONDS
                        + " s after the cameras had stopped: " + status.getJsonArray("pipelines")
                        + status.getJsonArray("publishers"));
                break;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            status = gateway.ask();
        }
        // What comes twice comes late.
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        return status;
    }

    private void broke(final String what) {
        broken.add(new Promise.Broken(made.size(), what));
    }

    private String password() throws IOException {
        return Files.readString(options.data().resolve("console").resolve("one-time-password"),
                StandardCharsets.UTF_8).strip();
    }

    private void tell(final String line) {
        out.println("amarena: " + line);
        out.flush();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
