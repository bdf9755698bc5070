/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import io.amarena.soak.BundleDoor.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Changes of the bundles that pipelines are made of. Used by one thread. */
final class BundleChanges {

    private static final long AWAY_MILLIS = 300;
    private static final long BEYOND_GRACE_MILLIS = 1000;
    private static final List<String> ALL = List.of(ShippedBundles.BACKEND, ShippedBundles.STAGES.get(0),
            ShippedBundles.STAGES.get(1), ShippedBundles.PUBLISHER, ShippedBundles.TRANSPORT, ShippedBundles.SOURCE);
    private static final List<String> NEEDED = List.of(ShippedBundles.BACKEND, ShippedBundles.STAGES.get(0),
            ShippedBundles.STAGES.get(1));

    private final Random random;
    private final World world;
    private final ShippedBundles shipped;
    private final Path folder;
    private final BundleDoor door;
    private final ConsoleDoor console;
    private final Settling settling;
    private final Evidence evidence;
    private final int brokerPort;
    private int outages;

    BundleChanges(final Random random, final World world, final ShippedBundles shipped, final Path folder,
            final BundleDoor door, final ConsoleDoor console, final Settling settling, final Evidence evidence,
            final int brokerPort) {
        this.random = random;
        this.world = world;
        this.shipped = shipped;
        this.folder = folder;
        this.door = door;
        this.console = console;
        this.settling = settling;
        this.evidence = evidence;
        this.brokerPort = brokerPort;
    }

    /** A rebuilt bundle in place. */
    Change update(final String bundle) {
        final Manner manner = random.nextBoolean() ? Manner.UPDATE : Manner.UPDATE_AND_REFRESH;
        return new Change(kind(bundle), bundle + " rebuilt (" + door.name() + ", " + manner + ")", () -> {
            bring(bundle, manner);
            settling.calm();
        });
    }

    /** A rebuilt bundle beside the old one, then the end of the old one. */
    Change parallel() {
        final String bundle = any(ALL);
        return new Change(kind(bundle), bundle + " rebuilt, then the old one uninstalled (" + door.name() + ", "
                + Manner.IN_PARALLEL + ")", () -> {
                    final long old = installed(bundle);
                    bring(bundle, Manner.IN_PARALLEL);
                    settling.calm();
                    console.press(ConsoleDoor.Button.UNINSTALL, old);
                    settling.gone(old);
                    settling.calm();
                });
    }

    /** A bundle is stopped and started. */
    Change stopAndStart() {
        final String bundle = any(ALL);
        return new Change(kind(bundle), bundle + " stopped and started (console)", () -> {
            final long id = installed(bundle);
            console.press(ConsoleDoor.Button.STOP, id);
            settling.state(id, "Resolved");
            TimeUnit.MILLISECONDS.sleep(AWAY_MILLIS);
            console.press(ConsoleDoor.Button.START, id);
            settling.state(id, "Active");
            settling.calm();
        });
    }

    /** A bundle is uninstalled and comes back, within the grace time. */
    Change reinstall() {
        final String bundle = any(ALL);
        return new Change(kind(bundle), bundle + " uninstalled and installed (" + door.name() + ")", () -> {
            uninstall(bundle);
            TimeUnit.MILLISECONDS.sleep(AWAY_MILLIS);
            bring(bundle, Manner.UPDATE);
            settling.calm();
        });
    }

    /** A bundle is away until the gateway no longer goes on without it; frames wait and the source is pushed back. */
    Change outage() {
        final String bundle = outages++ % 2 == 0 ? any(NEEDED) : ShippedBundles.PUBLISHER;
        return new Change(Kind.OUTAGE, bundle + " uninstalled, and installed after the grace time (" + door.name()
                + ")", () -> {
                    uninstall(bundle);
                    if (NEEDED.contains(bundle)) {
                        settling.pipelines("the pipelines do not say that they are blocked", pipeline ->
                                pipeline.getString("state").equals("BLOCKED")
                                        && !pipeline.getString("reason").isEmpty());
                    } else {
                        TimeUnit.MILLISECONDS.sleep(
                                TimeUnit.SECONDS.toMillis(StartSettings.GRACE_SECONDS) + BEYOND_GRACE_MILLIS);
                    }
                    bring(bundle, Manner.UPDATE);
                    settling.calm();
                });
    }

    /** The publisher is pushed out of the broker, and its bundle updated before it is back. */
    Change disconnect() {
        final boolean changed = random.nextBoolean();
        return new Change(Kind.DISCONNECT, "the publisher is pushed out of the broker" + (changed
                ? ", and its bundle rebuilt (" + door.name() + ")" : ""), () -> {
                    evidence.allowDuplicates(true);
                    Subscriber.pushOut(brokerPort, StartSettings.firstClient());
                    if (changed) {
                        bring(ShippedBundles.PUBLISHER, Manner.UPDATE);
                    }
                    settling.calm();
                    evidence.allowDuplicates(false);
                });
    }

    private void uninstall(final String bundle) throws IOException, InterruptedException {
        final long id = installed(bundle);
        console.press(ConsoleDoor.Button.UNINSTALL, id);
        settling.gone(id);
    }

    private long installed(final String bundle) {
        return world.bundles(bundle).get(0).id();
    }

    private void bring(final String bundle, final Manner manner) throws IOException, InterruptedException {
        final String version = world.nextBuild(bundle);
        final Path jar = new RebuiltJar(shipped.jar(bundle)).header("Bundle-Version", version)
                .content("soak-build.txt", version.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .writeTo(folder.resolve(bundle + "-" + version + ".jar"));
        door.bring(jar, manner);
        settling.active(bundle, version);
    }

    private String any(final List<String> bundles) {
        return bundles.get(random.nextInt(bundles.size()));
    }

    private static Kind kind(final String bundle) {
        return switch (bundle) {
            case ShippedBundles.BACKEND -> Kind.BACKEND;
            case ShippedBundles.PUBLISHER -> Kind.PUBLISHER;
            case ShippedBundles.TRANSPORT -> Kind.TRANSPORT;
            case ShippedBundles.SOURCE -> Kind.SOURCE;
            default -> Kind.STAGE;
        };
    }
}
