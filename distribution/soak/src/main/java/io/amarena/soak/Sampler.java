/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the process every second, on a thread of its own. */
final class Sampler implements AutoCloseable {

    private final List<Vitals> samples = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "soak-sampler");
        thread.setDaemon(true);
        return thread;
    });

    private Sampler() {
    }

    static Sampler start(final Probe probe) {
        final Sampler sampler = new Sampler();
        sampler.clock.scheduleAtFixedRate(() -> sampler.look(probe), 0, 1, TimeUnit.SECONDS);
        return sampler;
    }

    private void look(final Probe probe) {
        try {
            samples.add(probe.look());
        } catch (final IOException | java.io.UncheckedIOException gone) {
            // A process that has ended shows in everything else.
            clock.shutdown();
        }
    }

    List<Vitals> samples() {
        return List.copyOf(samples);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
