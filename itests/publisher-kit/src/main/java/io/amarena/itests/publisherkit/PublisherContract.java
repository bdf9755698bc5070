/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.publisherkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.publish.Answer;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.publish.Publisher;
import io.amarena.api.publish.PublisherContext;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.itests.stagekit.BundleLoader;
import io.amarena.itests.stagekit.KeptObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every publisher has to do, as tests against a real receiver: extend it, say how the factory is made, and how the
 * receiver comes, goes, and what it got.
 */
public abstract class PublisherContract {

    private static final long PATIENCE_SECONDS = 30;
    private static final Duration BRIEF = Duration.ofMillis(300);
    private static final Duration BOUND = Duration.ofSeconds(10);

    private BundleLoader bundle;
    private PublisherFactory factory;
    private Publisher publisher;

    /** The class that brings the factory; its bundle is everything that lies beside it. */
    protected abstract Class<?> component();

    /** One class of each library that the bundle embeds. */
    protected List<Class<?>> embedded() {
        return List.of();
    }

    /**
     * Makes the factory of one configured publisher.
     *
     * @param component the same class as {@link #component()}, loaded from a bundle that will go
     */
    protected abstract PublisherFactory activate(Class<?> component) throws Exception;

    /** Starts the receiver, at the same address every time. */
    protected abstract void startReceiver() throws Exception;

    /** Stops the receiver, so that nothing can be delivered. */
    protected abstract void stopReceiver() throws Exception;

    /** The ids of the messages that the receiver got, in the order in which they came. */
    protected abstract List<String> received();

    @BeforeEach
    void a_publisher_of_a_bundle_that_can_go() throws Exception {
        startReceiver();
        final List<Class<?>> content = new ArrayList<>(embedded());
        content.add(component());
        bundle = BundleLoader.of(content);
        bundle.preload();
        factory = activate(Class.forName(component().getName(), true, bundle));
        publisher = make();
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        publisher.close();
        bundle.leave();
        stopReceiver();
    }

    private Publisher make() {
        return factory.create(new PublisherContext() {

            @Override
            public String name() {
                return "kit";
            }

            @Override
            public String gateway() {
                return "kit-gateway";
            }
        });
    }

    @Test
    void what_was_taken_is_delivered_in_order_and_confirmed() throws Exception {
        publisher.onEvent(event(PipelineEvent.Kind.BORN));
        offer(0, 100);
        await("all are confirmed", () -> publisher.account().confirmed() == 100);
        await("all have come", () -> received().size() >= 100);
        assertEquals(ids(100), received());
        assertTrue(publisher.status().healthy(), publisher.status().message());
    }

    @Test
    void a_publisher_works_on_drains_and_ends_when_its_bundle_has_gone() throws Exception {
        rehearse();
        publisher.onEvent(event(PipelineEvent.Kind.BORN));
        offer(0, 10);
        await("they are confirmed", () -> publisher.account().confirmed() == 10);
        assertEquals(List.of(), KeptObjects.of(publisher, factory, bundle));
        bundle.leave();
        offer(10, 40);
        publisher.onEvent(event(PipelineEvent.Kind.CHANGED));
        assertTrue(publisher.drain(Duration.ofSeconds(PATIENCE_SECONDS)), () -> publisher.account().toString());
        assertEquals(50, publisher.account().confirmed());
        await("all have come", () -> received().containsAll(ids(50)));
        publisher.close();
        publisher.close();
        threadsEnd();
        assertEquals(List.of(), bundle.lateClasses(), "classes that were asked for after the bundle had gone");
        assertEquals(List.of(), bundle.lateResources(), "resources that were asked for after the bundle had gone");
    }

    /** One publisher goes through its life first, as the engine's rehearsal of stages does. */
    private void rehearse() throws Exception {
        publisher.onEvent(event(PipelineEvent.Kind.BORN));
        await("it is connected", () -> publisher.status().healthy());
        assertTrue(publisher.drain(Duration.ofSeconds(PATIENCE_SECONDS)));
        publisher.close();
        publisher = make();
    }

    @Test
    void a_publisher_whose_bundle_went_while_the_receiver_was_away_delivers_when_it_is_back() throws Exception {
        rehearse();
        stopReceiver();
        offer(0, 20);
        bundle.leave();
        assertEquals(20, publisher.account().waiting());
        startReceiver();
        await("all are confirmed", () -> publisher.account().confirmed() == 20);
        assertEquals(List.of(), bundle.lateClasses());
    }

    @Test
    void the_account_balances_while_the_receiver_comes_and_goes() throws Exception {
        long taken = 0;
        for (int round = 0; round < 3; round++) {
            stopReceiver();
            taken += offer(100 * round, 50);
            startReceiver();
            taken += offer(100 * round + 50, 50);
        }
        final long all = taken;
        await("nothing waits", () -> balanced().waiting() == 0);
        assertEquals(all, publisher.account().taken());
        assertEquals(all, balanced().confirmed() + balanced().dropped());
    }

    @Test
    void drain_ends_in_time_and_says_that_something_is_left_when_the_receiver_is_away() throws Exception {
        stopReceiver();
        offer(0, 5);
        final long start = System.nanoTime();
        assertFalse(publisher.drain(BRIEF));
        assertBounded(start);
        assertEquals(5, balanced().waiting());
    }

    @Test
    void drain_with_nothing_to_do_is_done() throws Exception {
        assertTrue(publisher.drain(Duration.ofSeconds(PATIENCE_SECONDS)));
    }

    @Test
    void close_ends_in_time_and_twice_when_the_receiver_is_away() throws Exception {
        stopReceiver();
        offer(0, 5);
        await("it has tried", () -> !publisher.status().healthy());
        final long start = System.nanoTime();
        publisher.close();
        publisher.close();
        assertBounded(start);
        threadsEnd();
        assertTrue(publisher.account().balanced(), publisher.account().toString());
    }

    @Test
    void what_is_offered_after_the_close_is_not_taken_silently() throws Exception {
        publisher.close();
        final Answer answer = publisher.offer(KitResult.number(0), null);
        assertNotEquals(Answer.TAKEN, answer);
        assertTrue(publisher.account().balanced(), publisher.account().toString());
    }

    /** Offers results and says how many were taken; the account has them at once. */
    private long offer(final int first, final int count) {
        long taken = 0;
        for (int i = first; i < first + count; i++) {
            final long before = balanced().taken();
            final Answer answer = publisher.offer(KitResult.number(i), null);
            if (answer == Answer.TAKEN) {
                taken++;
                assertEquals(before + 1, balanced().taken());
            }
        }
        return taken;
    }

    private DeliveryAccount balanced() {
        final DeliveryAccount account = publisher.account();
        assertTrue(account.balanced(), account.toString());
        return account;
    }

    private void threadsEnd() throws InterruptedException {
        await("its threads end", () -> bundle.threads().isEmpty());
    }

    private static void assertBounded(final long start) {
        final Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(BOUND) < 0, "it took " + took);
    }

    private static List<String> ids(final int count) {
        final List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(KitResult.number(i).messageId());
        }
        return ids;
    }

    private static PipelineEvent event(final PipelineEvent.Kind kind) {
        return new PipelineEvent(kind, "line", Instant.EPOCH, "kit 1.0.0", "", "");
    }

    private void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, () -> "did not happen: " + what + "; " + publisher.account() + ' '
                    + publisher.status());
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
