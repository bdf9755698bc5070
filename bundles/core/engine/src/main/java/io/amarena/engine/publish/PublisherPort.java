/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.publish;

import io.amarena.api.publish.Answer;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.publish.Publisher;
import io.amarena.api.publish.PublisherStatus;
import io.amarena.api.result.Result;
import io.amarena.engine.Leased;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one publisher, by its name: results go to the instance that is current, and wait here while there is
 * none. Waiting results keep their frames, so that the frame memory bounds them. What an instance took and could not
 * send before it was replaced goes to the next one, first. Thread-safe; never blocks a worker.
 */
public final class PublisherPort {

    private static final Logger LOG = LoggerFactory.getLogger(PublisherPort.class);
    private static final Duration DRAIN = Duration.ofMillis(1500);

    private final String name;
    private final Executor closer;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private final ArrayDeque<Result> left = new ArrayDeque<>();
    private final Map<String, PipelineEvent> births = new LinkedHashMap<>();
    private Leased<Publisher> current;
    private Publisher pending;
    private boolean closing;
    private DeliveryAccount past = new DeliveryAccount(0, 0, 0, 0);

    /**
     * A port without a publisher.
     *
     * @param closer where retired publishers drain and close
     */
    public PublisherPort(final String name, final Executor closer) {
        this.name = name;
        this.closer = closer;
    }

    public String name() {
        return name;
    }

    /** Whether results have somewhere to go, or soon will. */
    public synchronized boolean connected() {
        return current != null || pending != null;
    }

    /** Results that wait because there is no publisher. */
    public synchronized int waiting() {
        return waiting.size() + left.size();
    }

    /** Offers a result of a pipeline; called for one pipeline in order. */
    public void offer(final Delivery delivery) {
        final Leased<Publisher> publisher;
        synchronized (this) {
            if (current == null || !waiting.isEmpty() || !left.isEmpty() || !current.acquire()) {
                waiting.add(delivery);
                return;
            }
            publisher = current;
        }
        hand(publisher, delivery);
    }

    /**
     * Makes an instance current after the one before it has drained and closed, so that never two of them speak for one
     * name; results wait meanwhile. Null takes the current one away.
     */
    public void swap(final Publisher next) {
        final Leased<Publisher> old;
        final Publisher unused;
        synchronized (this) {
            old = current;
            current = null;
            unused = pending;
            pending = next;
            if (old != null) {
                closing = true;
            } else if (!closing) {
                activatePending();
            }
        }
        if (unused != null) {
            closer.execute(() -> close(unused));
        }
        if (old != null) {
            old.retire();
        }
    }

    private void activatePending() {
        if (pending == null) {
            return;
        }
        final Publisher next = pending;
        pending = null;
        current = new Leased<>(next, closer, this::drainAndClose);
        births.values().forEach(event -> tell(next, event));
        flush(next);
    }

    /** Tells the publisher about a pipeline, and every later instance too. */
    public synchronized void event(final PipelineEvent event) {
        if (event.kind() == PipelineEvent.Kind.GONE) {
            births.remove(event.pipeline());
        } else {
            births.put(event.pipeline(), event.kind() == PipelineEvent.Kind.CHANGED ? born(event) : event);
        }
        if (current != null) {
            tell(current.value(), event);
        }
    }

    /** Of this instance and all before it; what one of them left waits here for the next. */
    public synchronized DeliveryAccount account() {
        final DeliveryAccount here = sum(past, new DeliveryAccount(left.size(), 0, left.size(), 0));
        return current == null ? here : sum(here, current.value().account());
    }

    public synchronized PublisherStatus status() {
        if (closing) {
            return new PublisherStatus(false, "is being replaced; " + waiting() + " results wait");
        }
        if (current == null) {
            return new PublisherStatus(false, "publisher " + name + " is missing: add its settings or its bundle; "
                    + waiting() + " results wait");
        }
        return current.value().status();
    }

    private void flush(final Publisher publisher) {
        while (!left.isEmpty()) {
            if (askAgain(publisher, left.poll()) == Answer.DROPPED) {
                past = sum(past, new DeliveryAccount(1, 0, 0, 1));
            }
        }
        Delivery delivery = waiting.poll();
        while (delivery != null) {
            delivery.answered(ask(publisher, delivery));
            delivery = waiting.poll();
        }
    }

    private void hand(final Leased<Publisher> publisher, final Delivery delivery) {
        final Answer answer;
        try {
            answer = ask(publisher.value(), delivery);
        } finally {
            publisher.release();
        }
        delivery.answered(answer);
    }

    private Answer ask(final Publisher publisher, final Delivery delivery) {
        try {
            return publisher.offer(delivery.result(), delivery.frame());
        } catch (final RuntimeException | LinkageError broken) {
            LOG.error("Publisher {} failed to take a result and loses it: {}", name, broken.toString(), broken);
            return Answer.DROPPED;
        }
    }

    private Answer askAgain(final Publisher publisher, final Result result) {
        try {
            return publisher.offerAgain(result);
        } catch (final RuntimeException | LinkageError broken) {
            LOG.error("Publisher {} failed to take a result of the one before and loses it: {}", name,
                    broken.toString(), broken);
            return Answer.DROPPED;
        }
    }

    private void tell(final Publisher publisher, final PipelineEvent event) {
        try {
            publisher.onEvent(event);
        } catch (final RuntimeException | LinkageError broken) {
            LOG.error("Publisher {} failed on the event {}: {}", name, event.kind(), broken.toString(), broken);
        }
    }

    private void drainAndClose(final Publisher publisher) {
        try {
            if (!publisher.drain(DRAIN)) {
                keep(publisher.handOver());
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException | LinkageError broken) {
            LOG.error("Publisher {} failed to drain: {}", name, broken.toString(), broken);
        }
        close(publisher);
        synchronized (this) {
            closing = false;
            activatePending();
        }
    }

    private void keep(final List<Result> results) {
        synchronized (this) {
            left.addAll(results);
        }
        LOG.warn("Publisher {} is replaced before everything was sent; {} results wait for the next one", name,
                results.size());
    }

    private void close(final Publisher publisher) {
        try {
            publisher.close();
            final DeliveryAccount closed = publisher.account();
            synchronized (this) {
                past = sum(past, closed);
            }
        } catch (final RuntimeException | LinkageError broken) {
            LOG.error("Publisher {} failed to close: {}", name, broken.toString(), broken);
        }
    }

    /** An instance that comes later hears of the change as of a birth. */
    private static PipelineEvent born(final PipelineEvent event) {
        return new PipelineEvent(PipelineEvent.Kind.BORN, event.pipeline(), event.at(), event.model(), event.labels(),
                event.message());
    }

    private static DeliveryAccount sum(final DeliveryAccount one, final DeliveryAccount other) {
        return new DeliveryAccount(one.taken() + other.taken(), one.confirmed() + other.confirmed(),
                one.waiting() + other.waiting(), one.dropped() + other.dropped());
    }

    @Override
    public String toString() {
        return name;
    }
}
