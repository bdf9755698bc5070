/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.publish.Publisher;
import io.amarena.api.publish.PublisherContext;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.engine.publish.PublisherPort;
import io.amarena.engine.supply.Supply;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one publisher's port filled with an instance of the best factory. Only the engine's own thread uses it. */
final class PublisherControl {

    private static final Logger LOG = LoggerFactory.getLogger(PublisherControl.class);
    private static final long RETRY_MILLIS = 5_000;

    private final PublisherPort port;
    private final String gateway;
    private final LongSupplier nanoClock;
    private final LongConsumer lookAgainIn;
    private final long graceMillis;
    private Supply<PublisherFactory> current;
    private long goneSince = -1;

    PublisherControl(final PublisherPort port, final String gateway, final LongSupplier nanoClock,
            final LongConsumer lookAgainIn, final long graceMillis) {
        this.port = port;
        this.gateway = gateway;
        this.nanoClock = nanoClock;
        this.lookAgainIn = lookAgainIn;
        this.graceMillis = graceMillis;
    }

    PublisherPort port() {
        return port;
    }

    /** Looks at the best factory, or null when there is none. */
    void reconcile(final Supply<PublisherFactory> best) {
        if (best == null) {
            withoutFactory();
            return;
        }
        goneSince = -1;
        if (best.equals(current)) {
            return;
        }
        try {
            best.preload();
            final PublisherFactory factory = best.get();
            if (factory == null) {
                lookAgainIn.accept(RETRY_MILLIS);
                return;
            }
            final Supply<PublisherFactory> old = current;
            final Publisher next = factory.create(new Context(port.name(), gateway));
            current = best;
            port.swap(next);
            if (old != null) {
                old.unget();
            }
            LOG.info("Publisher {} is made by {}", port.name(), best);
        } catch (final RuntimeException | LinkageError failed) {
            best.unget();
            LOG.error("Publisher {} cannot be made by {} and is tried again: {}", port.name(), best,
                    failed.toString(), failed);
            lookAgainIn.accept(RETRY_MILLIS);
        }
    }

    /** Lets the instance drain and close. */
    void close() {
        port.swap(null);
        if (current != null) {
            current.unget();
            current = null;
        }
    }

    private void withoutFactory() {
        if (current == null) {
            return;
        }
        final long now = nanoClock.getAsLong();
        if (goneSince < 0) {
            goneSince = now;
        }
        final long left = graceMillis - TimeUnit.NANOSECONDS.toMillis(now - goneSince);
        if (left <= 0) {
            LOG.warn("Publisher {} has left; results wait for the next one", port.name());
            close();
        } else {
            lookAgainIn.accept(left);
        }
    }

    private static final class Context implements PublisherContext {

        private final String name;
        private final String gateway;

        Context(final String name, final String gateway) {
            this.name = name;
            this.gateway = gateway;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String gateway() {
            return gateway;
        }
    }
}
