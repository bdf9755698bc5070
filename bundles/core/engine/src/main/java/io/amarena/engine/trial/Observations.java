/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

import io.amarena.api.result.Anomaly;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What is counted while a deployment serves: frames, failures, how sure it was of the best thing that it saw, and what
 * a frame cost. Counters that only rise; workers add to them without a lock and without allocating.
 */
public final class Observations {

    /** Classes of confidence: twenty of equal width from 0 to 1, and one for frames in which nothing was found. */
    static final int CONFIDENCES = 21;

    private static final int NOTHING_FOUND = CONFIDENCES - 1;
    private static final int FAILED = 0;
    private static final int ANSWERED = 1;
    private static final int FIRST_CONFIDENCE = 2;
    private static final int FIRST_COST = FIRST_CONFIDENCE + CONFIDENCES;
    private static final int PARTS = 8;
    private static final int PART_BITS = 3;
    private static final int COSTS = Long.SIZE * PARTS;

    private final AtomicLongArray counters = new AtomicLongArray(FIRST_COST + COSTS);

    /** A frame has its outcome. */
    public void answered(final Outcome outcome) {
        counters.getAndIncrement(ANSWERED);
        final int confidence = confidence(outcome);
        if (confidence >= 0) {
            counters.getAndIncrement(FIRST_CONFIDENCE + confidence);
        }
    }

    /** A frame failed after it had been decoded, on a deployment that was current. */
    public void failed() {
        counters.getAndIncrement(FAILED);
    }

    /** What each of some frames cost. */
    public void cost(final long nanosPerFrame, final int frames) {
        counters.getAndAdd(FIRST_COST + costClass(nanosPerFrame), frames);
    }

    /** The counters at this moment. */
    long[] read() {
        final long[] values = new long[counters.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = counters.get(i);
        }
        return values;
    }

    /** What was counted between two readings. */
    static Segment between(final long[] before, final long[] after) {
        final int[] confidences = new int[CONFIDENCES];
        for (int i = 0; i < CONFIDENCES; i++) {
            confidences[i] = (int) (after[FIRST_CONFIDENCE + i] - before[FIRST_CONFIDENCE + i]);
        }
        final long failed = after[FAILED] - before[FAILED];
        return new Segment(after[ANSWERED] - before[ANSWERED] + failed, failed, medianCost(before, after),
                confidences);
    }

    /** NaN when no frame has a cost. */
    private static double medianCost(final long[] before, final long[] after) {
        long all = 0;
        for (int i = FIRST_COST; i < after.length; i++) {
            all += after[i] - before[i];
        }
        long seen = 0;
        for (int i = FIRST_COST; i < after.length; i++) {
            seen += after[i] - before[i];
            if (all > 0 && 2 * seen >= all) {
                return nanos(i - FIRST_COST);
            }
        }
        return Double.NaN;
    }

    /** The class of a confidence; negative when an outcome has none. */
    private static int confidence(final Outcome outcome) {
        if (outcome instanceof Detections detections) {
            return detections.objects().isEmpty() ? NOTHING_FOUND : share(detections.objects().get(0).score());
        }
        if (outcome instanceof Classification classification) {
            return share(classification.best().score());
        }
        if (outcome instanceof Anomaly anomaly) {
            return anomaly.threshold() > 0 ? share(anomaly.score() / (2 * anomaly.threshold())) : -1;
        }
        return -1;
    }

    private static int share(final double confidence) {
        return (int) Math.max(0, Math.min(NOTHING_FOUND - 1.0, confidence * NOTHING_FOUND));
    }

    /** Eight classes per doubling: a class is at most an eighth wide. */
    private static int costClass(final long nanos) {
        final long atLeast = Math.max(PARTS, nanos);
        final int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(atLeast);
        return doublings * PARTS + (int) (atLeast >>> (doublings - PART_BITS)) % PARTS;
    }

    private static double nanos(final int costClass) {
        return (PARTS + costClass % PARTS + 0.5) * Math.pow(2, costClass / PARTS - PART_BITS);
    }
}
