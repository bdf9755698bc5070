/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A resource that is ended by its last user: it lives while its owner keeps it or anybody holds a lease.
 *
 * <p>The owner's own share counts as one lease. After {@link #retire()} and the release of the last lease the resource
 * is ended, exactly once, on the executor given. Nothing else may end it: closing a session while a batch runs in it
 * would end the process.
 *
 * @param <T> type of the resource
 */
public final class Leased<T> {

    private final T value;
    private final Executor closer;
    private final Consumer<? super T> end;
    private final AtomicInteger leases = new AtomicInteger(1);
    private final AtomicInteger owners = new AtomicInteger(1);

    /**
     * Takes the resource over.
     *
     * @param closer where it is ended; a release never waits for it
     * @param end    ends the resource
     */
    public Leased(final T value, final Executor closer, final Consumer<? super T> end) {
        this.value = value;
        this.closer = closer;
        this.end = end;
    }

    /** The resource; only to be used between a successful {@link #acquire()} and its {@link #release()}. */
    public T value() {
        return value;
    }

    /** Takes a lease, unless the resource is already on its way out. */
    public boolean acquire() {
        int current = leases.get();
        while (current > 0) {
            if (leases.compareAndSet(current, current + 1)) {
                return true;
            }
            current = leases.get();
        }
        return false;
    }

    /**
     * A second owner's share: the resource lives as long as either of them keeps its own.
     *
     * @return null when the resource is already on its way out
     */
    public Leased<T> share() {
        return acquire() ? new Leased<>(value, Runnable::run, any -> release()) : null;
    }

    /** Gives a lease back. */
    public void release() {
        final int left = leases.decrementAndGet();
        if (left == 0) {
            closer.execute(() -> end.accept(value));
        } else if (left < 0) {
            throw new IllegalStateException("A lease was given back twice: " + value);
        }
    }

    /** Gives the owner's share back; further calls do nothing. */
    public void retire() {
        if (owners.compareAndSet(1, 0)) {
            release();
        }
    }

    /** Leases that are out, the owner's share included. */
    public int leases() {
        return leases.get();
    }
}
