/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether a version does worse than the one before it. A pure function over what both did.
 *
 * <p>Each comparison asks for two things: the difference is large enough to matter, and it is too large to be chance
 * for the number of frames that were seen. A trial is judged a handful of times, by three comparisons, so each of them
 * may err once in ten thousand times.
 *
 * <ul>
 * <li><b>Failures</b>: Fisher's exact test, and half a percent more frames fail. What cannot be decoded is not counted:
 * no model has seen it.
 * <li><b>Cost</b>: the medians of segments are compared by the rank-sum test of Mann and Whitney, because single values
 * and high percentiles measure the neighbours on a busy box. Worse is a frame that costs half as much again (in a short
 * trial, four fifths more), in most of the segments, and more than in nearly all segments before.
 * <li><b>Confidence</b>, at the end of the trial: a chi-square test over a histogram, and the population stability
 * index above a limit. Frames that follow one another resemble each other, so that a histogram moves more than the
 * test believes; how much is measured on the version before, between its own stretches of time, and the index must be
 * several times that.
 * </ul>
 */
public final class TrialJudge {

    private static final double CHANCE = 1e-4;
    /** The standard normal variable is larger once in ten thousand times. */
    private static final double LARGE = 3.72;
    private static final double MORE_FAILURES = 0.005;
    private static final int SUPPOSED_FRAMES = 20;
    private static final double DEARER = 1.5;
    private static final double DEARER_IN_A_SHORT_TRIAL = 1.8;
    private static final double MOSTLY = 0.85;
    private static final double ABOVE_BUSY = 1.1;
    private static final int LEAST_SEGMENTS = 5;
    private static final int USUAL_SEGMENTS = 20;
    private static final int LEAST_CONFIDENCES = 100;
    private static final int FEWEST_STRETCHES = 4;
    private static final int MOST_STRETCHES = 10;
    private static final double RESTLESS = 8;

    private TrialJudge() {
    }

    /**
     * Judges.
     *
     * @param before what the version before did
     * @param since  what the version on trial has done
     * @param drift  population stability index from which the confidence counts as drifted; 0 to leave it out
     * @param atEnd  whether the trial's time is over
     * @return what is worse, for people; empty when nothing is
     */
    static Optional<String> worse(final List<Segment> before, final List<Segment> since, final double drift,
            final boolean atEnd) {
        return failsMore(before, since).or(() -> costsMore(before, since, atEnd))
                .or(() -> atEnd && drift > 0 ? drifted(before, since, drift) : Optional.empty());
    }

    private static Optional<String> failsMore(final List<Segment> before, final List<Segment> since) {
        final long framesBefore = before.stream().mapToLong(Segment::frames).sum();
        final long failedBefore = before.stream().mapToLong(Segment::failed).sum();
        final long frames = since.stream().mapToLong(Segment::frames).sum();
        final long failed = since.stream().mapToLong(Segment::failed).sum();
        // A version that has hardly served is supposed to have answered a few frames well.
        final long supposed = framesBefore + SUPPOSED_FRAMES;
        final double share = frames == 0 ? 0 : (double) failed / frames;
        if (share - (double) failedBefore / supposed < MORE_FAILURES
                || Statistics.fisher(failedBefore, supposed, failed, frames) > CHANCE) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "%d of %d frames failed (%.1f %%), %d of %d with the version"
                + " before", failed, frames, 100 * share, failedBefore, framesBefore));
    }

    private static Optional<String> costsMore(final List<Segment> before, final List<Segment> since,
            final boolean atEnd) {
        final double[] costsBefore = costs(before);
        final double[] costs = costs(since);
        if (costsBefore.length < LEAST_SEGMENTS || costs.length < (atEnd ? LEAST_SEGMENTS : USUAL_SEGMENTS)) {
            return Optional.empty();
        }
        final double dearer = costs.length < USUAL_SEGMENTS ? DEARER_IN_A_SHORT_TRIAL : DEARER;
        final double usual = Statistics.quantile(costsBefore, 0.5);
        final double now = Statistics.quantile(costs, 0.5);
        if (now < dearer * usual || Statistics.quantile(costs, 0.25) < MOSTLY * dearer * usual
                || now < ABOVE_BUSY * Statistics.quantile(costsBefore, 0.9)
                || Statistics.rankSum(costsBefore, costs) < LARGE) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "a frame costs %.2f ms instead of %.2f ms (medians of %d and %d"
                + " segments)", now / 1e6, usual / 1e6, costs.length, costsBefore.length));
    }

    private static double[] costs(final List<Segment> segments) {
        return segments.stream().mapToDouble(Segment::cost).filter(cost -> !Double.isNaN(cost)).sorted().toArray();
    }

    private static Optional<String> drifted(final List<Segment> before, final List<Segment> since,
            final double drift) {
        final long[] reference = sum(before);
        final long[] now = sum(since);
        final long count = Statistics.sum(now);
        final long countBefore = Statistics.sum(reference);
        if (count < LEAST_CONFIDENCES || countBefore < LEAST_CONFIDENCES) {
            return Optional.empty();
        }
        final double index = Statistics.stability(reference, now);
        if (index < drift) {
            return Optional.empty();
        }
        final Statistics.ChiSquare test = Statistics.chiSquare(List.of(reference, now));
        if (test.freedom() == 0 || test.value() < Statistics.chiSquareLimit(test.freedom(), LARGE)
                || index < RESTLESS * restlessness(before, count)) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "the confidence has drifted: stability index %.2f, at most %.2f"
                + " is accepted (%d frames against %d)", index, drift, count, countBefore));
    }

    /**
     * By how much the confidence of the version before moved by itself: the largest stability index between one of its
     * stretches and the others.
     */
    private static double restlessness(final List<Segment> before, final long frames) {
        final List<long[]> stretches = stretches(before, frames);
        final long[] all = sum(before);
        double largest = stretches.size() < 2 ? Double.MAX_VALUE : 0;
        for (final long[] stretch : stretches) {
            final long[] others = all.clone();
            for (int i = 0; i < others.length; i++) {
                others[i] -= stretch[i];
            }
            largest = Math.max(largest, Statistics.stability(others, stretch));
        }
        return largest;
    }

    /** Neighbouring segments together, so that each stretch has about so many frames, or there are a few of them. */
    private static List<long[]> stretches(final List<Segment> segments, final long frames) {
        final long all = Statistics.sum(sum(segments));
        final long count = Math.max(Math.min(FEWEST_STRETCHES, segments.size()),
                Math.min(MOST_STRETCHES, all / Math.max(1, frames)));
        final List<long[]> stretches = new ArrayList<>();
        List<Segment> open = new ArrayList<>();
        for (final Segment segment : segments) {
            open.add(segment);
            final long[] histogram = sum(open);
            if (Statistics.sum(histogram) * count >= all) {
                stretches.add(histogram);
                open = new ArrayList<>();
            }
        }
        return stretches;
    }

    private static long[] sum(final List<Segment> segments) {
        final long[] sum = new long[Observations.CONFIDENCES];
        for (final Segment segment : segments) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += segment.confidences()[i];
            }
        }
        return sum;
    }
}
