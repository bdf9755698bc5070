/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Changes of settings, in the folder of settings. Used by one thread. */
final class SettingsChanges {

    private static final double[] THRESHOLDS = {-1, 0.2, 0.35, 0.5, 0.7};
    private static final int[] MAILBOXES = {8, 16, 24};
    private static final String[] POLICIES = {"push-back", "auto"};
    private static final int[] BATCHES = {0, 1, 2, 4};
    private static final int[] IN_FLIGHT = {50, 100, 200, 400};

    private final Random random;
    private final World world;
    private final ConfigsDoor door;
    private final Settling settling;
    private final Evidence evidence;
    private final int brokerPort;
    private int inFlight;

    SettingsChanges(final Random random, final World world, final ConfigsDoor door, final Settling settling,
            final Evidence evidence, final int brokerPort) {
        this.random = random;
        this.world = world;
        this.door = door;
        this.settling = settling;
        this.evidence = evidence;
        this.brokerPort = brokerPort;
    }

    /** A line is pinned to a version, or no longer. */
    Change version() {
        final List<ConsoleDoor.Listed> packs = world.goodPacks();
        final String pin = packs.get(random.nextInt(packs.size())).version();
        return line("version", line -> line.pinnedTo(line.version().isEmpty() ? pin : ""));
    }

    Change threshold() {
        final double to = THRESHOLDS[random.nextInt(THRESHOLDS.length)];
        return line("threshold", line -> line.withThreshold(to));
    }

    /** Another policy and mailbox; a camera that is not live is pushed back by each of them. */
    Change overload() {
        final String policy = POLICIES[random.nextInt(POLICIES.length)];
        final int mailbox = MAILBOXES[random.nextInt(MAILBOXES.length)];
        return line("overload policy and mailbox", line -> line.withOverload(policy, mailbox));
    }

    Change batch() {
        final int most = BATCHES[random.nextInt(BATCHES.length)];
        return line("batch", line -> line.withBatch(most));
    }

    /** A line gets the second publisher, or loses it. */
    Change publishers() {
        return line("publishers", line -> {
            evidence.secondChanges(line.name());
            return line.withPublishers(line.publishers().size() > 1 ? List.of(StartSettings.FIRST)
                    : List.of(StartSettings.FIRST, StartSettings.SECOND));
        });
    }

    private Change line(final String what, final UnaryOperator<Line> edit) {
        final Line line = world.lines().get(random.nextInt(world.lines().size()));
        return new Change(Kind.PIPELINE_SETTINGS, what + " of " + line.name() + " (configs)", () -> {
            final Line edited = edit.apply(line);
            world.set(edited);
            door.write(edited.pid(), edited.settings());
            settling.calm();
        });
    }

    /** The first publisher gets other settings, and so another session with the broker. */
    Change publisher() {
        final Map<String, Object> settings = StartSettings.publisher(StartSettings.FIRST, brokerPort,
                IN_FLIGHT[inFlight++ % IN_FLIGHT.length]);
        return new Change(Kind.PUBLISHER_SETTINGS, "inFlight of the publisher (configs)", () -> {
            door.write(StartSettings.publisherPid(StartSettings.FIRST), settings);
            settling.calm();
        });
    }
}
