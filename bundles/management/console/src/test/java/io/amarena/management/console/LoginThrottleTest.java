/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private long now;
    private final LoginThrottle throttle = new LoginThrottle(() -> now);

    private void fail(final int times) {
        for (int time = 0; time < times; time++) {
            throttle.failed("a");
        }
    }

    private void pass(final Duration time) {
        now += time.toNanos();
    }

    @Test
    void five_mistakes_are_free() {
        fail(4);

        assertEquals(Duration.ZERO, throttle.wait("a"));
    }

    @Test
    void then_each_mistake_doubles_the_wait_up_to_a_minute() {
        fail(5);
        for (final int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertEquals(Duration.ofSeconds(seconds), throttle.wait("a"));
            pass(Duration.ofSeconds(seconds));
            assertEquals(Duration.ZERO, throttle.wait("a"));
            fail(1);
        }
    }

    @Test
    void a_success_wipes_the_slate_clean() {
        fail(6);
        throttle.succeeded("a");

        assertEquals(Duration.ZERO, throttle.wait("a"));
    }

    @Test
    void addresses_wait_for_themselves_alone() {
        fail(6);

        assertEquals(Duration.ZERO, throttle.wait("b"));
    }

    @Test
    void memory_is_bounded() {
        fail(6);
        for (int address = 0; address < 1000; address++) {
            throttle.failed("x" + address);
        }

        assertEquals(Duration.ZERO, throttle.wait("a"));
    }
}
