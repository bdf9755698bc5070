/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import io.amarena.engine.memory.CountedFrame;

/**
 * One accepted frame in one pipeline, from the mailbox until every publisher has answered. Fields without a remark
 * are only touched by the thread that holds the job at the moment.
 */
public final class Job {

    private final Pipeline pipeline;
    private final CountedFrame frame;
    private final long acceptedAt;
    private final Completion completion;
    private long ticket = -1;
    private long takenAt;
    private Object failedOn;
    private Throwable failure;
    private long retryUntil;

    /**
     * A job that holds one share of the frame.
     *
     * @param acceptedAt by the monotonic clock, in nanoseconds
     * @param completion null when the source does not ask
     */
    Job(final Pipeline pipeline, final CountedFrame frame, final long acceptedAt, final Completion completion) {
        this.pipeline = pipeline;
        this.frame = frame;
        this.acceptedAt = acceptedAt;
        this.completion = completion;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public CountedFrame frame() {
        return frame;
    }

    /** By the monotonic clock, in nanoseconds. */
    public long acceptedAt() {
        return acceptedAt;
    }

    /** When a worker took it last, by the monotonic clock, in nanoseconds. */
    public long takenAt() {
        return takenAt;
    }

    Completion completion() {
        return completion;
    }

    /** The place among the results of the pipeline. */
    long ticket() {
        return ticket;
    }

    void taken(final long number, final long now) {
        if (ticket < 0) {
            ticket = number;
        }
        takenAt = now;
    }

    boolean hasTicket() {
        return ticket >= 0;
    }

    /**
     * Notes that the job failed on a deployment that was no longer the current one and is to run again on the next.
     *
     * @param until when to give up, by the monotonic clock; the first failure decides
     */
    public void retry(final Object deployment, final Throwable reason, final long until) {
        if (failedOn == null) {
            retryUntil = until;
        }
        failedOn = deployment;
        failure = reason;
    }

    /** The deployment on which it failed last, or null. */
    public Object failedOn() {
        return failedOn;
    }

    /** Why it failed last, or null. */
    public Throwable failure() {
        return failure;
    }

    public long retryUntil() {
        return retryUntil;
    }
}
