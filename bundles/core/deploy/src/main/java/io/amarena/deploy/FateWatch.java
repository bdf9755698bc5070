/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.model.ModelCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Waits until it is known what became of a model pack. Models and engine may come and go meanwhile. */
final class FateWatch implements AutoCloseable {

    /** Looks again after this time, should an event have been missed. */
    private static final long LOOK_MILLIS = 500;

    private final ServiceTracker<ModelCatalog, ModelCatalog> catalogs;
    private final ServiceTracker<GatewayView, GatewayView> engines;
    private volatile boolean closed;

    FateWatch(final BundleContext context) {
        this.catalogs = new ServiceTracker<>(context, ModelCatalog.class, null);
        this.engines = new ServiceTracker<>(context, GatewayView.class, null);
        this.catalogs.open();
        this.engines.open();
    }

    /** The fate; empty when it was not known within the time, or the gateway is being stopped. */
    synchronized Optional<ModelFate> await(final long bundle, final Duration atMost) throws InterruptedException {
        final long end = System.nanoTime() + atMost.toNanos();
        Optional<ModelFate> fate = now(bundle);
        while (fate.isEmpty() && !closed && System.nanoTime() - end < 0) {
            wait(Math.max(1, Math.min(LOOK_MILLIS, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()))));
            fate = now(bundle);
        }
        return fate;
    }

    private Optional<ModelFate> now(final long bundle) {
        final ModelCatalog catalog = catalogs.getService();
        final GatewayView engine = engines.getService();
        return catalog == null || engine == null ? Optional.empty()
                : ModelFate.of(bundle, catalog.versions(), engine.pipelines(), engine.deployments());
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends the waiting. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            notifyAll();
        }
        catalogs.close();
        engines.close();
    }
}
