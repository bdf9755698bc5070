/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.GoldenSample;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Classification.ClassScore;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoldenCheckTest {

    private static final Detection SCRATCH = Detection.of(0, "scratch", 0.9f, 10, 10, 100, 50);

    @Test
    void the_same_answer_reproduces_the_sample() {
        assertEquals(Optional.empty(), check(Detections.of(List.of(SCRATCH)), Detections.of(List.of(SCRATCH))));
    }

    @Test
    void a_box_may_move_a_little_and_a_score_may_differ_a_little() {
        assertEquals(Optional.empty(), check(Detections.of(List.of(SCRATCH)),
                Detections.of(List.of(Detection.of(0, "scratch", 0.86f, 11, 11, 100, 50)))));
    }

    @Test
    void a_moved_box_another_score_another_class_and_a_missing_box_are_differences() {
        differs(Detection.of(0, "scratch", 0.9f, 30, 10, 100, 50), "IoU");
        differs(Detection.of(0, "scratch", 0.8f, 10, 10, 100, 50), "score");
        differs(Detection.of(1, "dent", 0.9f, 10, 10, 100, 50), "dent");
        assertTrue(check(Detections.of(List.of(SCRATCH)), Detections.of(List.of())).orElseThrow().contains("nothing"));
    }

    @Test
    void an_unexpected_box_is_a_difference_unless_its_score_is_close_to_the_threshold() {
        final Detection sure = Detection.of(2, "stain", 0.7f, 200, 200, 20, 20);
        final Detection doubtful = Detection.of(2, "stain", 0.53f, 200, 200, 20, 20);
        assertTrue(check(Detections.of(List.of(SCRATCH)), Detections.of(List.of(SCRATCH, sure))).orElseThrow()
                .contains("not expected"));
        assertEquals(Optional.empty(),
                check(Detections.of(List.of(SCRATCH)), Detections.of(List.of(SCRATCH, doubtful))));
        assertEquals(Optional.empty(),
                check(Detections.of(List.of(SCRATCH, doubtful)), Detections.of(List.of(SCRATCH))));
    }

    @Test
    void one_box_cannot_stand_for_two() {
        assertTrue(check(Detections.of(List.of(SCRATCH, SCRATCH)), Detections.of(List.of(SCRATCH))).isPresent());
    }

    @Test
    void a_classification_needs_the_same_best_class_with_a_close_score() {
        final Outcome cat = Classification.of(List.of(new ClassScore(0, "cat", 0.8f)));
        assertEquals(Optional.empty(), check(cat, Classification.of(List.of(new ClassScore(0, "cat", 0.82f)))));
        assertTrue(check(cat, Classification.of(List.of(new ClassScore(1, "dog", 0.8f)))).isPresent());
        assertTrue(check(cat, Classification.of(List.of(new ClassScore(0, "cat", 0.7f)))).isPresent());
    }

    @Test
    void an_answer_of_another_contract_is_a_difference() {
        assertTrue(check(Detections.of(List.of()), Classification.of(List.of(new ClassScore(0, "cat", 1))))
                .orElseThrow().contains("detection/1"));
    }

    private static void differs(final Detection found, final String because) {
        final String difference = check(Detections.of(List.of(SCRATCH)), Detections.of(List.of(found))).orElseThrow();
        assertTrue(difference.contains(because), difference);
    }

    private static Optional<String> check(final Outcome expected, final Outcome actual) {
        return GoldenCheck.difference(new GoldenSample("golden/x.png", expected, 0.9, 0.05), actual, 0.5);
    }
}
