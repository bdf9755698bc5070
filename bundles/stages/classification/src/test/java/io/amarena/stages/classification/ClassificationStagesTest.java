/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.result.Classification;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.Shape;
import org.junit.jupiter.api.Test;

class ClassificationStagesTest {

    private static final Geometry SAME = new Geometry(8, 8, 8, 8, 1, 1, 0, 0);

    private final ClassificationStages stages = new ClassificationStages();

    @Test
    void softmax_turns_logits_into_scores_however_large_they_are() throws Exception {
        final Outputs outputs = new Outputs().with("o", Shape.of(1, 3), 1000, 1000 + (float) Math.log(3), -1000);
        final Classification answer = (Classification) stages.create(outputs.context("classification/softmax", 3, null))
                .read(outputs, 0, SAME);
        assertEquals("b", answer.best().label());
        assertEquals(0.75, answer.best().score(), 1e-4);
        assertEquals(3, answer.classes().size());
    }

    @Test
    void scores_are_taken_as_they_are_and_the_best_come_first() throws Exception {
        final Outputs outputs = new Outputs().with("o", Shape.of(2, 3, 1, 1), 0, 0, 1, 0.2f, 0.1f, 0.7f);
        final Classification answer = (Classification) stages.create(outputs.context("classification/scores", 3, null,
                "top", 2.0)).read(outputs, 1, SAME);
        assertEquals("c", answer.best().label());
        assertEquals("a", answer.classes().get(1).label());
        assertEquals(2, answer.classes().size());
    }

    @Test
    void numbers_that_are_no_scores_are_an_error_with_the_remedy() throws Exception {
        final Outputs outputs = new Outputs().with("o", Shape.of(1, 2), 7, 1);
        final String message = assertThrows(StageException.class, () -> stages.create(outputs.context(
                "classification/scores", 2, null)).read(outputs, 0, SAME)).getMessage();
        assertTrue(message.contains("classification/softmax"), message);
    }

    @Test
    void labels_and_classes_must_agree() {
        final Outputs outputs = new Outputs().with("o", Shape.of(1, 3), 1, 2, 3);
        final String message = assertThrows(InvalidModelException.class, () -> stages.create(outputs.context(
                "classification/softmax", 2, null))).getMessage();
        assertTrue(message.contains("2 labels") && message.contains("3 classes"), message);
    }
}
