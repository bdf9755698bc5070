/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.ModelId;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Values;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From what workers count to what a trial says, with a clock of its own. */
class TrackTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final ModelId TESTED = new ModelId("scratches", "1.1.0", "digest");

    private final Random random = new Random(3);
    private final Observations before = new Observations();
    private final Observations since = new Observations();
    private long now = 5 * SECOND;

    private Outcome seen(final double score) {
        return Classification.of(List.of(new Classification.ClassScore(0, "scratch",
                (float) (score + 0.05 * random.nextGaussian()))));
    }

    private void serve(final Observations by, final Track track, final int seconds, final double score, final long cost,
            final int failEvery) {
        for (int second = 0; second < seconds; second++) {
            for (int frame = 1; frame <= 30; frame++) {
                if (failEvery > 0 && frame % failEvery == 0) {
                    by.failed();
                } else {
                    by.answered(seen(score));
                }
                by.cost(cost + random.nextInt(1 + (int) cost / 10), 1);
            }
            now += SECOND;
            track.look(now);
        }
    }

    private Trial afterAMinute(final double score, final long cost, final int failEvery) {
        final Track reference = new Track(before, now);
        serve(before, reference, 60, 0.8, 5_000_000, 0);
        final Track track = new Track(since, now);
        final Trial trial = new Trial(TESTED, null, reference, track, now, 60 * SECOND, 0.25);
        for (int second = 0; second < 60 && trial.worse().isEmpty(); second++) {
            serve(since, track, 1, score, cost, failEvery);
            trial.look(now);
        }
        return trial;
    }

    @Test
    void the_same_again_passes_when_its_time_is_over_and_no_earlier() {
        final Track reference = new Track(before, now);
        serve(before, reference, 60, 0.8, 5_000_000, 0);
        final Track track = new Track(since, now);
        final Trial trial = new Trial(TESTED, null, reference, track, now, 60 * SECOND, 0.25);
        serve(since, track, 59, 0.8, 5_000_000, 0);
        trial.look(now);
        assertFalse(trial.passed());
        serve(since, track, 1, 0.8, 5_000_000, 0);
        trial.look(now);
        assertTrue(trial.passed(), trial.worse());
    }

    @Test
    void failures_are_seen_within_seconds() {
        final long begun = now;
        assertTrue(afterAMinute(0.8, 5_000_000, 5).worse().contains("frames failed"));
        assertTrue(now - begun < 70 * SECOND, "seconds: " + (now - begun) / SECOND);
    }

    @Test
    void a_doubled_cost_is_seen() {
        final String worse = afterAMinute(0.8, 10_000_000, 0).worse();
        assertTrue(worse.startsWith("a frame costs"), worse);
    }

    @Test
    void drifted_confidence_is_seen() {
        assertTrue(afterAMinute(0.6, 5_000_000, 0).worse().contains("the confidence has drifted"));
    }

    @Test
    void a_trial_without_frames_passes() {
        final Track reference = new Track(before, now);
        final Trial trial = new Trial(TESTED, null, reference, new Track(since, now), now, SECOND, 0.25);
        now += SECOND;
        trial.look(now);
        assertTrue(trial.passed());
    }

    @Test
    void a_frame_in_which_nothing_is_found_counts_apart_and_open_values_have_no_confidence() {
        before.answered(Detections.of(List.of()));
        before.answered(new Values("own/1", Map.of("value", 3.0)));
        before.failed();
        final Segment segment = Observations.between(new Observations().read(), before.read());
        assertEquals(3, segment.frames());
        assertEquals(1, segment.failed());
        assertEquals(1, segment.confidences()[Observations.CONFIDENCES - 1]);
        assertEquals(1, java.util.Arrays.stream(segment.confidences()).sum());
    }

    @Test
    void costs_are_kept_to_an_eighth_from_nanoseconds_to_minutes() {
        for (long cost = 10; cost < 100_000_000_000L; cost = cost * 13 / 10 + 1) {
            final Observations one = new Observations();
            one.cost(cost, 3);
            final double median = Observations.between(new Observations().read(), one.read()).cost();
            assertEquals(1, median / cost, 0.07, "of " + cost);
        }
    }
}
