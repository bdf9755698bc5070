/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialJudgeTest {

    private static final double DRIFT = 0.25;
    private static final int FRAMES = 30;
    private static final int BEFORE = 600;
    private static final int TRIAL = 60;

    /** A line as it behaves on a busy box: neighbours come and go, the light wanders, now and then a frame fails. */
    private static final class Line {

        private final Random random;
        private double light;
        private int busy;
        private double failing = 0.002;
        private double cost = 5e6;
        private double confidence = 0.8;
        private double crowd = 1;

        Line(final long seed) {
            this.random = new Random(seed);
        }

        List<Segment> run(final int segments) {
            final List<Segment> run = new ArrayList<>();
            for (int i = 0; i < segments; i++) {
                run.add(segment());
            }
            return run;
        }

        private Segment segment() {
            light = 0.95 * light + 0.004 * random.nextGaussian();
            if (busy > 0) {
                busy--;
            } else if (random.nextInt(20) == 0) {
                busy = random.nextInt(15);
                crowd = 1.1 + 0.5 * random.nextDouble();
            }
            final int[] confidences = new int[Observations.CONFIDENCES];
            long failed = 0;
            for (int i = 0; i < FRAMES; i++) {
                if (random.nextDouble() < failing) {
                    failed++;
                } else {
                    final double seen = confidence + light + 0.06 * random.nextGaussian();
                    confidences[(int) Math.max(0, Math.min(19, seen * 20))]++;
                }
            }
            return new Segment(FRAMES, failed, cost * (busy > 0 ? crowd : 1) * (1 + 0.05 * random.nextGaussian()),
                    confidences);
        }
    }

    /** Judged as a trial is: whenever the frames have doubled, and at its end. */
    private static Optional<String> trial(final List<Segment> before, final List<Segment> since) {
        for (int segments = 1; segments < since.size(); segments *= 2) {
            final Optional<String> worse = TrialJudge.worse(before, since.subList(0, segments), DRIFT, false);
            if (worse.isPresent()) {
                return worse;
            }
        }
        return TrialJudge.worse(before, since, DRIFT, true);
    }

    @Test
    void of_a_thousand_identical_updates_on_a_busy_box_at_most_one_in_a_hundred_goes_back() {
        int back = 0;
        String why = "";
        for (int seed = 0; seed < 1_000; seed++) {
            final Line line = new Line(seed);
            final Optional<String> worse = trial(line.run(BEFORE), line.run(TRIAL));
            back += worse.isPresent() ? 1 : 0;
            why = worse.orElse(why);
        }
        assertTrue(back <= 10, back + " of 1000, such as: " + why);
    }

    @Test
    void the_same_holds_when_the_version_before_has_served_for_a_minute_only() {
        int back = 0;
        String why = "";
        for (int seed = 0; seed < 1_000; seed++) {
            final Line line = new Line(seed);
            final Optional<String> worse = trial(line.run(TRIAL), line.run(TRIAL));
            back += worse.isPresent() ? 1 : 0;
            why = worse.orElse(why);
        }
        assertTrue(back <= 10, back + " of 1000, such as: " + why);
    }

    @Test
    void the_same_holds_for_short_trials() {
        int back = 0;
        String why = "";
        for (int seed = 0; seed < 1_000; seed++) {
            final Line line = new Line(seed);
            final Optional<String> worse = trial(line.run(TRIAL), line.run(6));
            back += worse.isPresent() ? 1 : 0;
            why = worse.orElse(why);
        }
        assertTrue(back <= 10, back + " of 1000, such as: " + why);
    }

    @Test
    void failures_on_a_fifth_of_the_frames_are_seen() {
        assertSeen("frames failed", line -> line.failing = 0.2);
    }

    @Test
    void a_doubled_cost_is_seen() {
        assertSeen("a frame costs", line -> line.cost *= 2);
    }

    @Test
    void a_confidence_that_has_dropped_by_a_tenth_is_seen() {
        assertSeen("the confidence has drifted", line -> line.confidence -= 0.1);
    }

    private static void assertSeen(final String what, final java.util.function.Consumer<Line> change) {
        int seen = 0;
        String other = "";
        for (int seed = 0; seed < 100; seed++) {
            final Line line = new Line(seed);
            final List<Segment> before = line.run(BEFORE);
            change.accept(line);
            final Optional<String> worse = trial(before, line.run(TRIAL));
            final boolean right = worse.isPresent() && worse.get().contains(what);
            seen += right ? 1 : 0;
            other = right ? other : seed + ": " + worse;
        }
        assertEquals(100, seen, other);
    }

    @ParameterizedTest
    @CsvSource({
        // before: failed, frames; since: failed, frames; worse?
        "0, 1000,  0,   30, false",
        "0, 1000,  6,   30, true",
        "0, 1000,  1,   30, false",
        "20, 1000, 3,   30, false",
        "200, 1000, 12, 60, false",
        "0,    0, 30,   30, true",
        "0,    0,  1,   30, false",
        "0, 100000, 40, 10000, false",
        "0, 100000, 80, 10000, true",
    })
    void failures_count_when_they_are_too_many_for_chance_and_enough_to_matter(final int failedBefore,
            final int before, final int failed, final int frames, final boolean worse) {
        assertEquals(worse, TrialJudge.worse(List.of(failures(failedBefore, before)),
                List.of(failures(failed, frames)), DRIFT, false).isPresent());
    }

    private static Segment failures(final int failed, final int frames) {
        return new Segment(frames, failed, Double.NaN, new int[Observations.CONFIDENCES]);
    }

    @Test
    void drift_can_be_left_out() {
        final Line line = new Line(1);
        final List<Segment> before = line.run(BEFORE);
        line.confidence -= 0.3;
        assertEquals(Optional.empty(), TrialJudge.worse(before, line.run(TRIAL), 0, true));
    }
}
