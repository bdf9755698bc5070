/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

import java.util.Map;
import java.util.Objects;

/** How a session is to be opened. Immutable; the {@code with} methods return a changed copy. */
public final class SessionOptions {

    private final int callers;
    private final int threadsPerRun;
    private final Map<String, String> entries;

    private SessionOptions(final int callers, final int threadsPerRun, final Map<String, String> entries) {
        if (callers < 1) {
            throw new IllegalArgumentException("callers must be at least 1, not " + callers);
        }
        if (threadsPerRun < 1) {
            throw new IllegalArgumentException("threadsPerRun must be at least 1, not " + threadsPerRun);
        }
        this.callers = callers;
        this.threadsPerRun = threadsPerRun;
        this.entries = Map.copyOf(Objects.requireNonNull(entries, "entries"));
    }

    /**
     * For a number of threads that will run batches at the same time, each run on one thread.
     */
    public static SessionOptions forCallers(final int callers) {
        return new SessionOptions(callers, 1, Map.of());
    }

    /** With several threads for one run: shorter latency of a single run, more processor time per run. */
    public SessionOptions withThreadsPerRun(final int threads) {
        return new SessionOptions(callers, threads, entries);
    }

    /** With settings that only the backend understands, such as session configuration entries of its runtime. */
    public SessionOptions withEntries(final Map<String, String> more) {
        return new SessionOptions(callers, threadsPerRun, more);
    }

    public int callers() {
        return callers;
    }

    public int threadsPerRun() {
        return threadsPerRun;
    }

    public Map<String, String> entries() {
        return entries;
    }
}
