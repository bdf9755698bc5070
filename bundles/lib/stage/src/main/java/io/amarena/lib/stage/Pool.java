/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.stage;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Scratch memory of one stage instance, lent to one thread at a time. Thread-safe; neither locks nor allocates as
 * long as no more threads work at once than the pool has places.
 *
 * <p><strong>Note:</strong> it stands in for a {@code ThreadLocal}, which would keep classes of a replaced bundle
 * alive in the threads of the engine. More threads than places are served too: what finds no place at its return is
 * left to the garbage collector.
 *
 * @param <T> what is lent
 */
public final class Pool<T> {

    private static final int PLACES = 64;

    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES);
    private final Supplier<T> make;

    public Pool(final Supplier<T> make) {
        this.make = Objects.requireNonNull(make, "make");
    }

    /** Something that nobody else has, new or used before. */
    public T borrow() {
        for (int place = 0; place < PLACES; place++) {
            if (places.getPlain(place) != null) {
                final T found = places.getAndSet(place, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return make.get();
    }

    /** Ends a loan. */
    public void giveBack(final T lent) {
        for (int place = 0; place < PLACES; place++) {
            if (places.getPlain(place) == null && places.compareAndSet(place, null, lent)) {
                return;
            }
        }
    }

    /** Forgets what is not lent. */
    public void clear() {
        for (int place = 0; place < PLACES; place++) {
            places.set(place, null);
        }
    }
}
