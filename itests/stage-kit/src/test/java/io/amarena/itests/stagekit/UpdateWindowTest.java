/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.stage.Geometry;
import io.amarena.api.tensor.Shape;
import io.amarena.itests.stagekit.StageRule.Breach;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker catches what it is there for, and names the rule. */
class UpdateWindowTest {

    private static List<Breach> check(final Class<?> factory) throws Exception {
        return UpdateWindow.check(factory, List.of(), PostprocessorCase.of("words", Map.of(),
                new Geometry(1, 1, 1, 1, 1, 1, 0, 0)).output("y", Shape.of(1, 2), 1, 2));
    }

    @Test
    void a_stage_that_keeps_all_rules_passes() throws Exception {
        assertEquals(List.of(), check(BadStages.Good.class));
    }

    @ParameterizedTest
    @CsvSource({"LateResource, RESOURCES_ARE_READ_IN_CREATE, words.txt",
        "KeepsContext, NO_FRAMEWORK_OBJECT_IS_KEPT, KeepsContext", "KeepsFactory, NO_FACTORY_IS_KEPT, KeepsFactory",
        "LazyClose, CLOSE_WORKS_WITHOUT_THE_BUNDLE, words.txt", "LeavesThread, THREADS_END_IN_CLOSE, left behind",
        "ChangesInput, INPUTS_ARE_NOT_CHANGED, differ", "Moody, ANSWERS_STAY_THE_SAME, another answer"})
    void a_stage_that_breaks_a_rule_is_caught_with_the_rule(final String stage, final StageRule rule,
            final String how) throws Exception {
        final List<Breach> breaches = check(Class.forName(BadStages.class.getName() + '$' + stage));
        assertEquals(List.of(rule), breaches.stream().map(Breach::rule).toList(), breaches::toString);
        assertTrue(breaches.get(0).how().contains(how), breaches::toString);
        assertTrue(breaches.get(0).toString().startsWith("broken: " + rule), breaches::toString);
    }
}
