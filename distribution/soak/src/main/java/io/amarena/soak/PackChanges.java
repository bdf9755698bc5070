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
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Changes of model packs, as the world allows them at the moment. Used by one thread. */
final class PackChanges {

    private static final int MOST_PACKS = 3;
    private static final long LOOK_MILLIS = 300;

    private final Random random;
    private final World world;
    private final PackWorks works;
    private final BundleDoor door;
    private final ConsoleDoor console;
    private final Settling settling;
    private final Evidence evidence;
    private int minors;
    private int micros;
    private int flaws;

    PackChanges(final Random random, final World world, final PackWorks works, final BundleDoor door,
            final ConsoleDoor console, final Settling settling, final Evidence evidence) {
        this.random = random;
        this.world = world;
        this.works = works;
        this.door = door;
        this.console = console;
        this.settling = settling;
        this.evidence = evidence;
    }

    /** The pack that the gateway begins with. */
    void first() throws IOException, InterruptedException {
        bring("1.0.0", Manner.UPDATE);
        settling.calm();
    }

    /** A higher version in place of the first pack. */
    Change newer() {
        final ConsoleDoor.Listed target = inPlace();
        if (world.isPinned(target.version())) {
            return rebuilt();
        }
        return update(target, newVersion(), "newer");
    }

    /** A lower version in place of the first pack. */
    Change older() {
        final ConsoleDoor.Listed target = inPlace();
        final PackVersion version = PackVersion.parse(target.version());
        if (world.isPinned(target.version()) || version.minor() == 0) {
            return newer();
        }
        return update(target, new PackVersion(version.major(), version.minor() - 1, ++micros).toString(), "older");
    }

    /** Other content under the same version in place of the first pack. */
    Change rebuilt() {
        final ConsoleDoor.Listed target = inPlace();
        return update(target, target.version(), "rebuilt");
    }

    private Change update(final ConsoleDoor.Listed target, final String version, final String what) {
        final Manner manner = manner();
        return new Change(Kind.PACK_UPDATE, what + " pack " + version + " in place of " + target.version() + " ("
                + door.name() + ", " + manner + ")", () -> {
                    bring(version, manner);
                    settling.calm();
                });
    }

    /** A higher version beside the others, or the end of one where there are many. */
    Change parallel() {
        if (world.bundles(PackWorks.BUNDLE).size() >= MOST_PACKS) {
            return uninstall();
        }
        final String version = newVersion();
        return new Change(Kind.PACK_PARALLEL, "pack " + version + " (" + door.name() + ", " + Manner.IN_PARALLEL + ")",
                () -> {
                    bring(version, Manner.IN_PARALLEL);
                    settling.calm();
                });
    }

    /** The end of a pack that no line is pinned to, or a further one where it is the last. */
    Change uninstall() {
        final List<ConsoleDoor.Listed> free = world.goodPacks().stream()
                .filter(pack -> !world.isPinned(pack.version())).toList();
        if (free.isEmpty() || world.goodPacks().size() < 2) {
            return world.bundles(PackWorks.BUNDLE).size() >= MOST_PACKS ? rebuilt() : parallel();
        }
        final ConsoleDoor.Listed pack = free.get(random.nextInt(free.size()));
        return new Change(Kind.PACK_UNINSTALL, "pack " + pack.version() + " uninstalled (console)", () -> {
            console.press(ConsoleDoor.Button.UNINSTALL, pack.id());
            settling.gone(pack.id());
            settling.calm();
        });
    }

    /** A pack is stopped and started again; what it brought goes on serving. */
    Change stopAndStart() {
        final List<ConsoleDoor.Listed> packs = world.goodPacks();
        final ConsoleDoor.Listed pack = packs.get(random.nextInt(packs.size()));
        return new Change(Kind.PACK_STOP_START, "pack " + pack.version() + " stopped and started (console)", () -> {
            console.press(ConsoleDoor.Button.STOP, pack.id());
            settling.state(pack.id(), "Resolved");
            settling.calm();
            console.press(ConsoleDoor.Button.START, pack.id());
            settling.state(pack.id(), "Active");
            settling.calm();
        });
    }

    /** A bad pack in place of the first one, then a good one. */
    Change badInPlace() {
        final ConsoleDoor.Listed target = inPlace();
        if (world.isPinned(target.version())) {
            return badInParallel();
        }
        final PackWorks.Flaw flaw = nextFlaw();
        final String bad = newVersion();
        final String good = newVersion();
        final Manner manner = manner();
        return new Change(Kind.BAD_PACK, "pack " + bad + " with " + flaw + " in place of " + target.version()
                + ", then " + good + " (" + door.name() + ", " + manner + ")", () -> {
                    bringBad(bad, flaw, manner);
                    bring(good, manner);
                    settling.calm();
                });
    }

    /** A bad pack beside the others, then its end. */
    Change badInParallel() {
        final PackWorks.Flaw flaw = nextFlaw();
        final String bad = newVersion();
        return new Change(Kind.BAD_PACK, "pack " + bad + " with " + flaw + ", then uninstalled (" + door.name() + ", "
                + Manner.IN_PARALLEL + ")", () -> {
                    bringBad(bad, flaw, Manner.IN_PARALLEL);
                    settling.calm();
                    final long id = world.bundles(PackWorks.BUNDLE).stream()
                            .filter(pack -> pack.version().equals(bad)).findFirst().orElseThrow().id();
                    console.press(ConsoleDoor.Button.UNINSTALL, id);
                    settling.gone(id);
                    settling.calm();
                });
    }

    private void bring(final String version, final Manner manner) throws IOException, InterruptedException {
        final Path jar = works.good(version);
        final Set<String> before = settling.digests();
        evidence.mayServe(version);
        door.bring(jar, manner);
        settling.staged(version, before);
        settling.active(PackWorks.BUNDLE, version);
    }

    private void bringBad(final String version, final PackWorks.Flaw flaw, final Manner manner)
            throws IOException, InterruptedException {
        final Path jar = works.bad(version, flaw);
        world.isBad(version);
        evidence.mustNotServe(version);
        door.bring(jar, manner);
        settling.turnedDown(version);
        settling.active(PackWorks.BUNDLE, version);
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    /** The form updates the first bundle of a name. */
    private ConsoleDoor.Listed inPlace() {
        return world.bundles(PackWorks.BUNDLE).get(0);
    }

    private String newVersion() {
        return new PackVersion(1, ++minors, 0).toString();
    }

    private Manner manner() {
        return random.nextBoolean() ? Manner.UPDATE : Manner.UPDATE_AND_REFRESH;
    }

    private PackWorks.Flaw nextFlaw() {
        return PackWorks.Flaw.values()[flaws++ % PackWorks.Flaw.values().length];
    }
}
