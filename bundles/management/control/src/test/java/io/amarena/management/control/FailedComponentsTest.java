/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailedComponentsTest {

    @Test
    void what_the_component_said_is_found_in_its_stack_trace() {
        assertEquals("Port 1883 is in use: choose another one", FailedComponents.message("""
                java.lang.reflect.InvocationTargetException
                \tat some.where.Else(Else.java:1)
                Caused by: java.io.IOException: Port 1883 is in use: choose another one
                \tat io.amarena.Some.thing(Some.java:7)
                Caused by: java.net.BindException: Address already in use
                \tat java.base"""));
        assertEquals("it is broken", FailedComponents.message("java.lang.IllegalStateException: it is broken\n\tat x"));
        assertEquals("java.lang.NullPointerException", FailedComponents.message("java.lang.NullPointerException\n\tat x"));
        assertEquals("", FailedComponents.message(""));
    }
}
