/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtt;

import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results between being taken and being confirmed, in order, with the account. At the bound the oldest that is not on
 * its way is dropped. Not thread-safe: guarded by its publisher.
 */
final class WaitingResults {

    private static final int USUAL_BYTES = 1024;
    private static final int OBJECT_BYTES = 128;

    private final int maxCount;
    private final long maxBytes;
    private final ArrayDeque<Result> waiting = new ArrayDeque<>();
    private final Map<Long, Result> sent = new LinkedHashMap<>();
    private long bytes;
    private long taken;
    private long confirmed;
    private long dropped;

    WaitingResults(final int maxCount, final long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    void take(final Result result) {
        taken++;
        waiting.add(result);
        bytes += estimate(result);
        while (waiting.size() > maxCount || bytes > maxBytes && waiting.size() > 1) {
            drop();
        }
    }

    /** The result to be sent next, or null. */
    Result peek() {
        return waiting.peek();
    }

    /** The result that {@link #peek} shows was sent under a token. */
    void sent(final long token) {
        final Result result = waiting.poll();
        bytes -= estimate(result);
        sent.put(token, result);
    }

    /** Gives the result that {@link #peek} shows up. */
    void drop() {
        bytes -= estimate(waiting.poll());
        dropped++;
    }

    void confirmed(final long token) {
        if (sent.remove(token) != null) {
            confirmed++;
        }
    }

    /** The session is over: what it did not confirm goes first again. */
    void sessionLost() {
        final List<Result> again = new ArrayList<>(sent.values());
        sent.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            waiting.addFirst(again.get(i));
            bytes += estimate(again.get(i));
        }
    }

    /** The publisher ends and another one sends what is left, in order. */
    List<Result> handOver() {
        sessionLost();
        final List<Result> left = List.copyOf(waiting);
        taken -= left.size();
        waiting.clear();
        bytes = 0;
        return left;
    }

    /** The publisher ends: nothing that is left will be sent. */
    void dropAll() {
        dropped += size();
        waiting.clear();
        sent.clear();
        bytes = 0;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && sent.isEmpty();
    }

    int unconfirmed() {
        return sent.size();
    }

    int size() {
        return waiting.size() + sent.size();
    }

    DeliveryAccount account() {
        return new DeliveryAccount(taken, confirmed, size(), dropped);
    }

    private static long estimate(final Result result) {
        final Outcome outcome = result.outcome().orElse(null);
        if (outcome instanceof Detections) {
            return USUAL_BYTES + (long) OBJECT_BYTES * ((Detections) outcome).objects().size();
        }
        if (outcome instanceof Classification) {
            return USUAL_BYTES + (long) OBJECT_BYTES * ((Classification) outcome).classes().size();
        }
        return 2L * USUAL_BYTES;
    }
}
