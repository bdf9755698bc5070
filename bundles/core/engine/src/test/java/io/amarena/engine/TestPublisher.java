/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.frame.Frame;
import io.amarena.api.publish.Answer;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.publish.Publisher;
import io.amarena.api.publish.PublisherContext;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.publish.PublisherStatus;
import io.amarena.api.result.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it gets. */
final class TestPublisher implements PublisherFactory, Publisher {

    final List<Result> results = new CopyOnWriteArrayList<>();
    final List<PipelineEvent> events = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();
    volatile Answer answer = Answer.TAKEN;

    @Override
    public Publisher create(final PublisherContext context) {
        return this;
    }

    @Override
    public Answer offer(final Result result, final Frame frame) {
        results.add(result);
        return answer;
    }

    @Override
    public void onEvent(final PipelineEvent event) {
        events.add(event);
    }

    @Override
    public DeliveryAccount account() {
        return new DeliveryAccount(results.size(), results.size(), 0, 0);
    }

    @Override
    public PublisherStatus status() {
        return new PublisherStatus(true, "keeps results");
    }

    @Override
    public boolean drain(final Duration atMost) {
        return true;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
