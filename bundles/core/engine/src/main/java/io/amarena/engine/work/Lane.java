/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.work;

import io.amarena.engine.Leased;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.pipeline.Job;
import io.amarena.engine.pipeline.Pipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The pipelines that share one deployment, the deployment that serves them, and frames that must run again.
 *
 * <p>All mutable state is guarded by the lock of the {@link Dispatcher}, except the reference to the current
 * deployment, which is written under it and may be read anywhere.
 */
public final class Lane {

    private final LaneKey key;
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final ArrayDeque<Job> again = new ArrayDeque<>();
    private volatile Leased<Deployment> current;
    private volatile String blockedBecause = "is being prepared";
    private int running;

    Lane(final LaneKey key) {
        this.key = key;
    }

    public LaneKey key() {
        return key;
    }

    /** The deployment that serves, or null. */
    public Leased<Deployment> current() {
        return current;
    }

    /** Why nothing serves; only meaningful while {@link #current()} is null. */
    public String blockedBecause() {
        return blockedBecause;
    }

    public void blockedBecause(final String reason) {
        blockedBecause = reason;
    }

    List<Pipeline> pipelines() {
        return pipelines;
    }

    ArrayDeque<Job> again() {
        return again;
    }

    void current(final Leased<Deployment> deployment) {
        current = deployment;
    }

    void started() {
        running++;
    }

    void finished() {
        running--;
    }

    int running() {
        return running;
    }

    /** The job that may run on a deployment and waits longest, still in its place; or null. */
    Job oldest(final Deployment deployment) {
        for (final Job job : again) {
            if (job.failedOn() != deployment) {
                return job;
            }
        }
        Job oldest = null;
        for (final Pipeline pipeline : pipelines) {
            final Job head = pipeline.peek();
            if (head != null && (oldest == null || head.acceptedAt() - oldest.acceptedAt() < 0)) {
                oldest = head;
            }
        }
        return oldest;
    }

    /** Takes the job that {@link #oldest} shows. */
    Job takeOldest(final Deployment deployment, final long now) {
        final Job job = oldest(deployment);
        if (job == null) {
            return null;
        }
        if (again.remove(job)) {
            return job;
        }
        return job.pipeline().take(now);
    }

    /** Jobs that may run on a deployment, counted up to a number. */
    int waiting(final Deployment deployment, final int most) {
        int waiting = 0;
        for (final Job job : again) {
            if (job.failedOn() != deployment) {
                waiting++;
            }
        }
        for (final Pipeline pipeline : pipelines) {
            waiting += pipeline.waiting();
        }
        return Math.min(most, waiting);
    }

    /** Takes a job whose time to run again is over, or null. */
    Job takeExpired(final long now) {
        final Iterator<Job> jobs = again.iterator();
        while (jobs.hasNext()) {
            final Job job = jobs.next();
            if (now - job.retryUntil() >= 0) {
                jobs.remove();
                return job;
            }
        }
        return null;
    }

    /** When the next job's time to run again is over; {@code Long.MAX_VALUE} nanoseconds from now when there is none. */
    long nextExpiry(final long now) {
        long next = Long.MAX_VALUE;
        for (final Job job : again) {
            next = Math.min(next, job.retryUntil() - now);
        }
        return next;
    }
}
