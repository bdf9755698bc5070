/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.source;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes sources that wait for room. A signal that comes between a refusal and the wait is not lost: the wait returns at
 * once when there was a signal since the last wait of anybody. Thread-safe.
 */
public final class Capacity {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean pending;

    /** There may be room. Cheap when nobody waits and the last signal was not used yet. */
    public void signal() {
        if (pending) {
            return;
        }
        lock.lock();
        try {
            pending = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a signal; false when the time is over. */
    public boolean await(final Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!pending) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            pending = false;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
