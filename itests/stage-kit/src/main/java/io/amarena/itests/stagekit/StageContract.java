/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.InvalidModelException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every factory of preprocessors or postprocessors has to do, as tests: extend it, name the factory, and give a
 * case for every path of its stages.
 */
public abstract class StageContract {

    /** The factory; it has a constructor without parameters or with a bundle context. */
    protected abstract Class<?> factory();

    /** Every path through its stages. */
    protected abstract List<StageCase> cases();

    /** One class of each library that the bundle embeds. */
    protected List<Class<?>> embedded() {
        return List.of();
    }

    @Test
    void there_are_cases() {
        assertFalse(cases().isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> an_instance_works_on_and_ends_when_its_bundle_has_gone() {
        return cases().stream().map(path -> DynamicTest.dynamicTest(path.toString(), () ->
                assertEquals(List.of(), UpdateWindow.check(factory(), embedded(), path))));
    }

    @TestFactory
    Stream<DynamicTest> a_setting_that_nobody_knows_is_refused_by_its_name() {
        return cases().stream().map(path -> DynamicTest.dynamicTest(path.toString(), () -> {
            final Object factory = UpdateWindow.make(factory());
            final String message = assertThrows(InvalidModelException.class, () ->
                    path.create(factory, path.context(Map.of("sparkle", "yes"))).close()).getMessage();
            assertTrue(message.contains("sparkle"), message);
        }));
    }

    @TestFactory
    Stream<DynamicTest> a_setting_for_people_is_passed_over() {
        return cases().stream().map(path -> DynamicTest.dynamicTest(path.toString(), () ->
                path.create(UpdateWindow.make(factory()), path.context(Map.of("x-note", "yes"))).close()));
    }
}
