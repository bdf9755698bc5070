/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.result.Classification;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    private static final Detections NOTHING = Detections.of(List.of());
    private static final Detections MOSTLY_A_DENT =
            Detections.of(List.of(found("scratch", 0.6f), found("dent", 0.9f)));

    private final Accuracy accuracy = new Accuracy();

    private static Detection found(final String label, final float score) {
        return Detection.of(0, label, score, 0, 0, 1, 1);
    }

    private AccuracyView seen() {
        return accuracy.of("p").orElseThrow();
    }

    @Test
    void the_class_of_a_picture_is_that_of_its_best_detection() {
        accuracy.seen(null, AnsweredFrame.of("p", "dent", MOSTLY_A_DENT));
        accuracy.seen(null, AnsweredFrame.of("p", "scratch", MOSTLY_A_DENT));

        assertEquals(new AccuracyView(1, 2, 2), seen());
        assertEquals(0.5, seen().share());
    }

    @Test
    void a_picture_in_which_nothing_was_found_is_ok() {
        accuracy.seen(null, AnsweredFrame.of("p", "ok", NOTHING));
        accuracy.seen(null, AnsweredFrame.of("p", "dent", NOTHING));
        accuracy.seen(null, AnsweredFrame.of("p", "ok", MOSTLY_A_DENT));

        assertEquals(new AccuracyView(1, 3, 3), seen());
    }

    @Test
    void a_classification_says_its_best_class() {
        accuracy.seen(null, AnsweredFrame.of("p", "dent", Classification.of(
                List.of(new Classification.ClassScore(1, "dent", 0.7f)))));

        assertEquals(new AccuracyView(1, 1, 1), seen());
    }

    @Test
    void a_failed_frame_and_an_answer_of_another_kind_are_wrong() {
        accuracy.seen(null, AnsweredFrame.of("p", "ok", null));
        accuracy.seen(null, AnsweredFrame.of("p", "ok", new Text("ok", 1)));

        assertEquals(new AccuracyView(0, 2, 2), seen());
    }

    @Test
    void frames_without_truth_are_not_counted() {
        accuracy.seen(null, new AnsweredFrame("p", Map.of(), Optional.of(NOTHING)));

        assertTrue(accuracy.of("p").isEmpty());
    }

    @Test
    void pipelines_are_counted_apart() {
        accuracy.seen(null, AnsweredFrame.of("p", "ok", NOTHING));
        accuracy.seen(null, AnsweredFrame.of("q", "dent", NOTHING));

        assertEquals(new AccuracyView(1, 1, 1), seen());
        assertEquals(new AccuracyView(0, 1, 1), accuracy.of("q").orElseThrow());
    }

    @Test
    void only_the_latest_frames_count() {
        final AccuracyWindow window = new AccuracyWindow(3);
        for (final boolean right : new boolean[] {true, false, true, false, false}) {
            window.add(right);
        }

        assertEquals(new AccuracyView(1, 3, 5), window.view());
    }
}
