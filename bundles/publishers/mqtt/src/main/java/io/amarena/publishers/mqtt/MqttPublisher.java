/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtt;

import io.amarena.api.frame.Frame;
import io.amarena.api.publish.Answer;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.publish.Publisher;
import io.amarena.api.publish.PublisherStatus;
import io.amarena.api.result.Result;
import io.amarena.api.transport.MqttException;
import io.amarena.api.transport.MqttListener;
import io.amarena.api.transport.MqttMessage;
import io.amarena.api.transport.MqttOptions;
import io.amarena.api.transport.MqttSession;
import io.amarena.api.transport.MqttTransport;
import io.amarena.lib.results.ResultJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends results as JSON over MQTT: one thread connects, sends and connects again; results wait in bounded memory while
 * there is no session. Results become JSON when they are sent.
 *
 * <p>One lock guards everything; the network is never waited for under it. The thread starts with the first event or
 * result.
 */
final class MqttPublisher implements Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(MqttPublisher.class);
    private static final Duration DISCONNECT = Duration.ofMillis(1_000);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int NOTICES_IN_FLIGHT = 200;
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final PublisherSettings settings;
    private final String root;
    private final MqttTransport transport;
    private final MqttOptions options;
    private final ResultJson json = new ResultJson();
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WaitingResults results;
    private final Notices notices;
    private MqttSession session;
    private Ears ears;
    private String trouble = "";
    private Instant troubleSince = Instant.now();
    private boolean started;
    private boolean closed;

    MqttPublisher(final PublisherSettings settings, final String gateway, final MqttTransport transport) {
        this.settings = settings;
        this.root = settings.topic() + "/" + gateway;
        this.transport = transport;
        this.results = new WaitingResults(settings.maxWaiting(), settings.maxWaitingBytes());
        this.notices = new Notices(root);
        this.options = options(gateway);
        this.thread = new Thread(this::run, "amarena-mqtt-" + settings.name());
        this.thread.setDaemon(true);
    }

    private MqttOptions options(final String gateway) {
        final MqttOptions base = MqttOptions.of(settings.broker(), settings.clientIdAt(gateway))
                .withWill(notices.gateway("offline")).withKeepAlive(Duration.ofSeconds(settings.keepAliveSeconds()))
                .withTimeout(CONNECT_TIMEOUT).withInFlight(settings.inFlight() + NOTICES_IN_FLIGHT);
        return settings.user().isEmpty() ? base : base.withCredentials(settings.user(), settings.password());
    }

    @Override
    public Answer offer(final Result result, final Frame frame) {
        return offerAgain(result);
    }

    @Override
    public Answer offerAgain(final Result result) {
        lock.lock();
        try {
            if (closed) {
                return Answer.DROPPED;
            }
            results.take(result);
            wake();
            return Answer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEvent(final PipelineEvent event) {
        lock.lock();
        try {
            if (!closed) {
                notices.add(event);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (!started) {
            started = true;
            thread.start();
        }
        changed.signalAll();
    }

    @Override
    public DeliveryAccount account() {
        lock.lock();
        try {
            return results.account();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public PublisherStatus status() {
        lock.lock();
        try {
            if (session != null) {
                return new PublisherStatus(true, "connected to " + settings.broker());
            }
            if (trouble.isEmpty()) {
                return new PublisherStatus(false, "not connected to " + settings.broker() + " yet");
            }
            return new PublisherStatus(false, trouble + ", since " + troubleSince + "; " + results.size()
                    + " results wait");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean drain(final Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!results.isEmpty() || !notices.isEmpty()) {
                if (left <= 0 || session == null || closed) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Result> handOver() {
        lock.lock();
        try {
            return results.handOver();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        final MqttSession last;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            results.dropAll();
            last = session;
            session = null;
            ears = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            try {
                last.publish(notices.gateway("offline"));
            } catch (final MqttException ending) {
                LOG.debug("The end of {} could not be told", settings.name(), ending);
            }
            last.disconnect(DISCONNECT);
        }
        thread.interrupt();
    }

    // --- the thread --------------------------------------------------------------------------------------------

    private void run() {
        long wait = settings.retryMinMillis();
        try {
            while (!isClosed()) {
                if (connect()) {
                    wait = settings.retryMinMillis();
                    sendUntilLost();
                } else {
                    pause(wait);
                    wait = Math.min(settings.retryMaxMillis(), 2 * wait);
                }
            }
        } catch (final InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean connect() {
        final Ears listening = new Ears();
        MqttSession opened = null;
        try {
            opened = transport.connect(options, listening);
            for (final MqttMessage birth : births()) {
                opened.publish(birth);
            }
            if (adopt(opened, listening)) {
                return true;
            }
        } catch (final MqttException refused) {
            lock.lock();
            try {
                noteTrouble(refused.getMessage());
            } finally {
                lock.unlock();
            }
        }
        if (opened != null) {
            opened.close();
        }
        return false;
    }

    private List<MqttMessage> births() {
        lock.lock();
        try {
            return notices.births();
        } finally {
            lock.unlock();
        }
    }

    private boolean adopt(final MqttSession opened, final Ears listening) {
        lock.lock();
        try {
            if (closed || listening.deaf) {
                return false;
            }
            session = opened;
            ears = listening;
            if (!trouble.isEmpty()) {
                LOG.info("Publisher {} is connected to {}; {} results wait", settings.name(), settings.broker(),
                        results.size());
                trouble = "";
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void sendUntilLost() throws InterruptedException {
        MqttSession broken = null;
        lock.lockInterruptibly();
        try {
            while (session != null && !closed) {
                try {
                    if (!sendNext()) {
                        changed.await();
                    }
                } catch (final MqttException failed) {
                    if (failed.temporary()) {
                        changed.awaitNanos(BUSY_NANOS);
                    } else if (session != null) {
                        broken = session;
                        endSession(failed.getMessage());
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        if (broken != null) {
            broken.close();
        }
    }

    /** Sends one message; false when there is nothing to send or too much is unconfirmed. Under the lock. */
    private boolean sendNext() throws MqttException {
        final MqttMessage notice = notices.peek();
        if (notice != null) {
            session.publish(notice);
            notices.sent();
            changed.signalAll();
            return true;
        }
        final Result next = results.peek();
        if (next == null || results.unconfirmed() >= settings.inFlight()) {
            return false;
        }
        final byte[] payload;
        try {
            payload = json.toBytes(next);
        } catch (final IllegalArgumentException unwritable) {
            LOG.error("The result {} cannot be written as JSON and is dropped: {}", next.messageId(),
                    unwritable.getMessage());
            results.drop();
            return true;
        }
        results.sent(session.publish(new MqttMessage(root + "/" + next.pipeline() + "/result", payload, settings.qos(),
                false)));
        return true;
    }

    /** Between half and all of the time, so that many gateways do not come back at once. */
    private void pause(final long millis) throws InterruptedException {
        final long jittered = millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        long left = TimeUnit.MILLISECONDS.toNanos(jittered);
        lock.lockInterruptibly();
        try {
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void endSession(final String reason) {
        session = null;
        ears = null;
        results.sessionLost();
        noteTrouble("lost " + settings.broker() + ": " + reason);
        changed.signalAll();
    }

    /** Under the lock. */
    private void noteTrouble(final String message) {
        if (trouble.isEmpty()) {
            troubleSince = Instant.now();
            LOG.warn("Publisher {}: {}; results wait in memory", settings.name(), message);
        }
        trouble = message;
    }

    /** Hears one session; what an older one still says is ignored. */
    private final class Ears implements MqttListener {

        /** Guarded by the publisher's lock. */
        private boolean deaf;

        @Override
        public void confirmed(final long token) {
            lock.lock();
            try {
                if (ears == this) {
                    results.confirmed(token);
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void lost(final String reason) {
            final MqttSession gone;
            lock.lock();
            try {
                deaf = true;
                gone = ears == this ? session : null;
                if (gone != null) {
                    endSession(reason);
                }
            } finally {
                lock.unlock();
            }
            if (gone != null) {
                // Not on the transport's own thread, which a close would wait for.
                new Thread(gone::close, "amarena-mqtt-cleanup").start();
            }
        }
    }
}
