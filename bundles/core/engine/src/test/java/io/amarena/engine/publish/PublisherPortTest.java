/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.Frame;
import io.amarena.api.frame.FrameId;
import io.amarena.api.model.ModelId;
import io.amarena.api.publish.Answer;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.publish.Publisher;
import io.amarena.api.publish.PublisherStatus;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublisherPortTest {

    private final PublisherPort port = new PublisherPort("local", Runnable::run);

    @Test
    void what_a_publisher_could_not_send_reaches_the_next_one_before_everything_else() {
        final Queue stuck = new Queue(false);
        final Queue next = new Queue(true);
        port.swap(stuck);
        offer(1);
        offer(2);

        port.swap(null);
        offer(3);
        assertEquals(new DeliveryAccount(2, 0, 2, 0), port.account());
        assertEquals(3, port.waiting());
        port.swap(next);
        offer(4);

        assertEquals(List.of("line/1", "line/2", "line/3", "line/4"), next.ids());
        assertEquals(new DeliveryAccount(4, 4, 0, 0), port.account());
        assertEquals(0, port.waiting());
    }

    @Test
    void what_the_next_one_cannot_take_again_is_counted_as_dropped() {
        port.swap(new Queue(false));
        offer(1);

        port.swap(new Queue(true) {
            @Override
            public Answer offerAgain(final Result result) {
                return Answer.DROPPED;
            }
        });

        assertEquals(new DeliveryAccount(1, 0, 0, 1), port.account());
        assertTrue(port.account().balanced());
    }

    private void offer(final long number) {
        final Delivery delivery = new Delivery(new NumberedResult(number), null, 1, answer -> { });
        port.offer(delivery);
        delivery.begin();
    }

    /** Takes everything; sends it at once, or never. */
    private static class Queue implements Publisher {

        private final boolean sends;
        private final List<Result> results = new ArrayList<>();

        Queue(final boolean sends) {
            this.sends = sends;
        }

        List<String> ids() {
            return results.stream().map(Result::messageId).toList();
        }

        @Override
        public Answer offer(final Result result, final Frame frame) {
            results.add(result);
            return Answer.TAKEN;
        }

        @Override
        public Answer offerAgain(final Result result) {
            return offer(result, null);
        }

        @Override
        public List<Result> handOver() {
            final List<Result> left = List.copyOf(results);
            results.clear();
            return left;
        }

        @Override
        public void onEvent(final PipelineEvent event) {
            // Results are what counts here.
        }

        @Override
        public DeliveryAccount account() {
            final int count = results.size();
            return new DeliveryAccount(count, sends ? count : 0, sends ? 0 : count, 0);
        }

        @Override
        public PublisherStatus status() {
            return new PublisherStatus(sends, "");
        }

        @Override
        public boolean drain(final Duration atMost) {
            return sends;
        }

        @Override
        public void close() {
            // There is nothing to end.
        }
    }

    private record NumberedResult(long number) implements Result {

        @Override
        public String messageId() {
            return "line/" + number;
        }

        @Override
        public String pipeline() {
            return "line";
        }

        @Override
        public FrameId frame() {
            return new FrameId(1, "cam", number);
        }

        @Override
        public Instant capturedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of();
        }

        @Override
        public int frameWidth() {
            return 0;
        }

        @Override
        public int frameHeight() {
            return 0;
        }

        @Override
        public Optional<ModelId> model() {
            return Optional.empty();
        }

        @Override
        public String device() {
            return "";
        }

        @Override
        public Timings timings() {
            return Timings.NONE;
        }

        @Override
        public Optional<Outcome> outcome() {
            return Optional.empty();
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(new Failure("test", "made for the test"));
        }
    }
}
