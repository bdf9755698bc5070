/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.work;

import io.amarena.engine.Leased;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.pipeline.Job;
import io.amarena.engine.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides which frames run next: among all lanes that have a deployment with a free place, the frame that waits
 * longest; with it, up to a batch of others of the same lane.
 *
 * <p>One lock guards all mailboxes. It is held for a few hundred nanoseconds, a few times per frame; at the rates of a
 * gateway that is nothing, and it makes every decision simple. Nothing foreign is called under it.
 */
public final class Dispatcher {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final LongSupplier nanoClock;
    private final Runnable onTake;
    private final Map<LaneKey, Lane> lanes = new HashMap<>();
    private boolean stopped;

    /**
     * Without lanes.
     *
     * @param onTake called after frames left a mailbox, without the lock; returns at once
     */
    public Dispatcher(final LongSupplier nanoClock, final Runnable onTake) {
        this.nanoClock = nanoClock;
        this.onTake = onTake;
    }

    /** Runs something under the lock that guards the mailboxes, then looks for work. */
    public <T> T locked(final Supplier<T> change) {
        lock.lock();
        try {
            final T answer = change.get();
            work.signal();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a pipeline into the lane of its settings and out of the one where it was. A new lane borrows the deployment
     * of that one until it has its own, when it is for the same model: changed settings hold up no frame.
     */
    public Lane assign(final Pipeline pipeline, final LaneKey key) {
        lock.lock();
        try {
            final Lane lane = lanes.computeIfAbsent(key, Lane::new);
            if (!lane.pipelines().contains(pipeline)) {
                if (lane.current() == null && lane.pipelines().isEmpty()) {
                    lane.current(borrowed(pipeline, key));
                }
                lanes.values().forEach(other -> other.pipelines().remove(pipeline));
                lane.pipelines().add(pipeline);
                moveAgain(pipeline, lane);
            }
            work.signalAll();
            return lane;
        } finally {
            lock.unlock();
        }
    }

    private Leased<Deployment> borrowed(final Pipeline pipeline, final LaneKey key) {
        for (final Lane lane : lanes.values()) {
            if (lane.pipelines().contains(pipeline) && lane.current() != null
                    && lane.key().model().equals(key.model())) {
                return lane.current().share();
            }
        }
        return null;
    }

    /** Takes a pipeline out, with the frames that nobody will run any more. */
    public List<Job> remove(final Pipeline pipeline) {
        lock.lock();
        try {
            final List<Job> left = new ArrayList<>();
            for (final Lane lane : lanes.values()) {
                if (lane.pipelines().remove(pipeline)) {
                    lane.again().removeIf(job -> job.pipeline() == pipeline && left.add(job));
                }
            }
            Job job = pipeline.take(nanoClock.getAsLong());
            while (job != null) {
                left.add(job);
                job = pipeline.take(nanoClock.getAsLong());
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** All lanes; those without pipelines are forgotten and their deployments retired. */
    public List<Lane> lanes() {
        final List<Leased<Deployment>> unused = new ArrayList<>();
        final List<Lane> used;
        lock.lock();
        try {
            lanes.values().removeIf(lane -> {
                final boolean empty = lane.pipelines().isEmpty() && lane.again().isEmpty() && lane.running() == 0;
                if (empty && lane.current() != null) {
                    unused.add(lane.current());
                    lane.current(null);
                }
                return empty;
            });
            used = List.copyOf(lanes.values());
        } finally {
            lock.unlock();
        }
        unused.forEach(Leased::retire);
        return used;
    }

    /** The pipelines of a lane. */
    public List<Pipeline> pipelines(final Lane lane) {
        lock.lock();
        try {
            return List.copyOf(lane.pipelines());
        } finally {
            lock.unlock();
        }
    }

    /** The lane that a pipeline is in, or null. */
    public Lane laneOf(final Pipeline pipeline) {
        lock.lock();
        try {
            return lanes.values().stream().filter(lane -> lane.pipelines().contains(pipeline)).findFirst().orElse(null);
        } finally {
            lock.unlock();
        }
    }

    /** Makes a deployment the current one of a lane (null: none). The one before it ends with its last lease. */
    public void swap(final Lane lane, final Leased<Deployment> next) {
        final Leased<Deployment> old = exchange(lane, next);
        if (old != null) {
            old.retire();
        }
    }

    /**
     * Makes a deployment the current one of a lane and keeps the one before it warm.
     *
     * @return the one before, with its owner's share; null when there was none
     */
    public Leased<Deployment> exchange(final Lane lane, final Leased<Deployment> next) {
        lock.lock();
        try {
            final Leased<Deployment> old = lane.current();
            if (old != null) {
                old.value().supersede();
            }
            if (next != null) {
                next.value().reinstate();
            }
            lane.current(next);
            work.signalAll();
            return old;
        } finally {
            lock.unlock();
        }
    }

    /** Lets a job run again on the next deployment of its pipeline's lane. */
    void runAgain(final Lane lane, final Job job) {
        lock.lock();
        try {
            Lane home = lane;
            for (final Lane candidate : lanes.values()) {
                if (candidate.pipelines().contains(job.pipeline())) {
                    home = candidate;
                }
            }
            home.again().add(job);
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A batch is over; its place in the lane is free. */
    void finished(final Lane lane) {
        lock.lock();
        try {
            lane.finished();
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for work.
     *
     * @param batch filled with the work
     * @return false when the dispatcher was stopped
     */
    boolean take(final Batch batch) throws InterruptedException {
        batch.clear();
        lock.lockInterruptibly();
        try {
            while (!stopped) {
                final long wait = tryTake(batch);
                if (!batch.jobs().isEmpty()) {
                    work.signal();
                    break;
                }
                if (wait == Long.MAX_VALUE) {
                    work.await();
                } else {
                    work.await(Math.max(wait, 1), TimeUnit.NANOSECONDS);
                }
            }
        } finally {
            lock.unlock();
        }
        if (!batch.jobs().isEmpty()) {
            onTake.run();
            return true;
        }
        return false;
    }

    /** Wakes all workers for good. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Fills the batch when there is something to do now; otherwise says in how many nanoseconds to look again. */
    private long tryTake(final Batch batch) {
        final long now = nanoClock.getAsLong();
        long wait = Long.MAX_VALUE;
        Lane best = null;
        Job bestHead = null;
        for (final Lane lane : lanes.values()) {
            final Job expired = lane.takeExpired(now);
            if (expired != null) {
                batch.begin(lane, null);
                batch.jobs().add(expired);
                return 0;
            }
            wait = Math.min(wait, lane.nextExpiry(now));
            final Leased<Deployment> deployment = lane.current();
            if (deployment == null || lane.running() >= deployment.value().concurrency()) {
                continue;
            }
            final Job head = lane.oldest(deployment.value());
            if (head == null) {
                continue;
            }
            final long hold = holdFor(lane, deployment.value(), head, now);
            if (hold > 0) {
                wait = Math.min(wait, hold);
            } else if (bestHead == null || head.acceptedAt() - bestHead.acceptedAt() < 0) {
                best = lane;
                bestHead = head;
            }
        }
        if (best != null) {
            fill(batch, best, now);
        }
        return wait;
    }

    /** How long a batch that is not full may still wait for more frames. */
    private static long holdFor(final Lane lane, final Deployment deployment, final Job head, final long now) {
        if (lane.key().batchDelayMs() == 0 || deployment.batch() == 1
                || lane.waiting(deployment, deployment.batch()) == deployment.batch()) {
            return 0;
        }
        return head.acceptedAt() + TimeUnit.MILLISECONDS.toNanos(lane.key().batchDelayMs()) - now;
    }

    private static void fill(final Batch batch, final Lane lane, final long now) {
        final Leased<Deployment> deployment = lane.current();
        if (!deployment.acquire()) {
            throw new IllegalStateException("The current deployment of " + lane.key() + " was retired under the lock");
        }
        batch.begin(lane, deployment);
        lane.started();
        while (batch.jobs().size() < deployment.value().batch()) {
            final Job job = lane.takeOldest(deployment.value(), now);
            if (job == null) {
                break;
            }
            batch.jobs().add(job);
        }
    }

    private void moveAgain(final Pipeline pipeline, final Lane to) {
        for (final Lane lane : lanes.values()) {
            if (lane != to) {
                lane.again().removeIf(job -> job.pipeline() == pipeline && to.again().add(job));
            }
        }
    }
}
