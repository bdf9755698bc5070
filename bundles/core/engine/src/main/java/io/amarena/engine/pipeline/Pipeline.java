/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import io.amarena.api.frame.Frame;
import io.amarena.api.publish.Answer;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.engine.memory.CountedFrame;
import io.amarena.engine.publish.Delivery;
import io.amarena.engine.publish.PublisherPort;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * One configured line while it runs: its mailbox, its account, the order of its results, and its way to the
 * publishers.
 *
 * <p>Methods that touch the mailbox are called under the lock of the {@link io.amarena.engine.work.Dispatcher}
 * (marked so); everything else is thread-safe.
 */
public final class Pipeline {

    private final String name;
    private final Account account = new Account();
    private final LatencyWindow latency = new LatencyWindow();
    private final RateMeter rate;
    private final LongSupplier nanoClock;
    private final ResultOrder<Answered> order;
    private final BiConsumer<Frame, Result> tap;
    private final ArrayDeque<Job> mailbox = new ArrayDeque<>();
    private long tickets;
    private int reserved;
    private volatile PipelineSettings settings;
    private volatile OverloadPolicy policy;
    private volatile List<PublisherPort> publishers = List.of();

    /**
     * A pipeline with an empty account.
     *
     * @param tap sees every result with its frame; returns at once
     */
    public Pipeline(final PipelineSettings settings, final LongSupplier nanoClock,
            final BiConsumer<Frame, Result> tap) {
        this.name = settings.name();
        this.settings = settings;
        this.policy = settings.overload().orElse(OverloadPolicy.PUSH_BACK);
        this.nanoClock = nanoClock;
        this.rate = new RateMeter(nanoClock);
        this.tap = tap;
        this.order = new ResultOrder<>(this::publish);
    }

    public String name() {
        return name;
    }

    public PipelineSettings settings() {
        return settings;
    }

    public OverloadPolicy policy() {
        return policy;
    }

    public Account account() {
        return account;
    }

    public LatencyWindow latency() {
        return latency;
    }

    public RateMeter rate() {
        return rate;
    }

    /** Takes new settings over; mailbox and account stay. */
    public void configure(final PipelineSettings changed, final OverloadPolicy effective,
            final List<PublisherPort> ports) {
        settings = changed;
        policy = effective;
        publishers = List.copyOf(ports);
    }

    /** Keeps a place for one frame, or says that there is none. Under the dispatcher's lock. */
    public boolean reserve() {
        if (policy == OverloadPolicy.PUSH_BACK && mailbox.size() + reserved >= capacity()) {
            return false;
        }
        reserved++;
        return true;
    }

    /** Gives an unused place back. Under the dispatcher's lock. */
    public void cancelReservation() {
        reserved--;
    }

    /**
     * Puts a frame into the place that was reserved. Under the dispatcher's lock.
     *
     * @return a job that was pushed out and must be {@linkplain #shed shed} outside of the lock, or null
     */
    public Job accept(final CountedFrame frame, final Completion completion) {
        reserved--;
        account.accepted();
        Job pushedOut = null;
        if (policy == OverloadPolicy.NEWEST_WINS && mailbox.size() >= capacity()) {
            pushedOut = mailbox.poll();
        }
        mailbox.add(new Job(this, frame, nanoClock.getAsLong(), completion));
        return pushedOut;
    }

    /** The frame that waits longest, or null. Under the dispatcher's lock. */
    public Job peek() {
        return mailbox.peek();
    }

    /** Takes the frame that waits longest and gives it its place among the results. Under the dispatcher's lock. */
    public Job take(final long now) {
        final Job job = mailbox.poll();
        if (job != null) {
            job.taken(tickets++, now);
        }
        return job;
    }

    /** Waiting frames. Under the dispatcher's lock. */
    public int waiting() {
        return mailbox.size();
    }

    /** Books a job that the overload policy or the end of the pipeline took out of the mailbox. */
    public void shed(final Job job) {
        account.shed();
        job.frame().release();
        if (job.completion() != null) {
            job.completion().shed(job.frame().id(), name);
        }
    }

    /** The verdict on a job is there; its result leaves when those before it have left. */
    public void answer(final Job job, final Verdict verdict) {
        latency.add(nanoClock.getAsLong() - job.acceptedAt());
        order.complete(job.ticket(), new Answered(job, verdict));
    }

    private void publish(final Answered answered) {
        final Job job = answered.job;
        final Verdict verdict = withThreshold(answered.verdict);
        final Result result = MadeResult.of(name, job.frame(), verdict);
        rate.mark();
        tap.accept(job.frame(), result);
        final List<PublisherPort> ports = publishers;
        final Delivery delivery = new Delivery(result, job.frame(), ports.size(), answers -> finish(job, result, answers));
        for (final PublisherPort port : ports) {
            port.offer(delivery);
        }
        delivery.begin();
    }

    private Verdict withThreshold(final Verdict verdict) {
        final Outcome outcome = verdict.outcome();
        if (!(outcome instanceof Detections)) {
            return verdict;
        }
        final double threshold = settings.threshold().orElse(verdict.threshold());
        final Detections reported = ((Detections) outcome).atLeast(threshold);
        return reported == outcome ? verdict : new Verdict(verdict.model(), verdict.device(), verdict.frameWidth(),
                verdict.frameHeight(), verdict.timings(), threshold, reported, null);
    }

    /** Every publisher has answered. */
    private void finish(final Job job, final Result result, final Answer answer) {
        if (result.failure().isPresent() || answer == Answer.DROPPED) {
            account.failed();
        } else if (answer == Answer.FILTERED) {
            account.filtered();
        } else {
            account.published();
        }
        job.frame().release();
        if (job.completion() != null) {
            job.completion().completed(result);
        }
    }

    private int capacity() {
        final int configured = settings.mailbox();
        return configured > 0 ? configured : policy.defaultMailbox();
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class Answered {

        private final Job job;
        private final Verdict verdict;

        Answered(final Job job, final Verdict verdict) {
            this.job = job;
            this.verdict = verdict;
        }
    }
}
