/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses passwords: after five failures in a row from one address, each further attempt has to
 * wait, twice as long every time, up to a minute. Remembers a bounded number of addresses. Thread-safe.
 */
final class LoginThrottle {

    private static final int FREE_FAILURES = 5;
    private static final int LONGEST_DOUBLING = 6;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int ADDRESSES = 1000;

    private final LongSupplier nanoTime;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Failures> eldest) {
            return size() > ADDRESSES;
        }
    };

    private record Failures(int count, long last) {
    }

    LoginThrottle(final LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long an address still has to wait; zero when it may try. */
    synchronized Duration wait(final String address) {
        final Failures known = failures.get(address);
        if (known == null || known.count() < FREE_FAILURES) {
            return Duration.ZERO;
        }
        final Duration pause = known.count() - FREE_FAILURES >= LONGEST_DOUBLING ? LONGEST
                : Duration.ofSeconds(1L << known.count() - FREE_FAILURES);
        final Duration left = pause.minusNanos(nanoTime.getAsLong() - known.last());
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized void failed(final String address) {
        failures.merge(address, new Failures(1, nanoTime.getAsLong()),
                (old, one) -> new Failures(Math.min(old.count() + 1, FREE_FAILURES + LONGEST_DOUBLING), one.last()));
    }

    synchronized void succeeded(final String address) {
        failures.remove(address);
    }
}
