/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeasedTest {

    private final AtomicInteger ended = new AtomicInteger();
    private final Leased<String> leased = new Leased<>("resource", Runnable::run, any -> ended.incrementAndGet());

    @Test
    void a_second_share_keeps_the_resource_until_both_are_given_back() {
        final Leased<String> share = leased.share();
        leased.retire();
        assertTrue(share.acquire());
        share.retire();
        assertEquals(0, ended.get());
        share.release();
        assertEquals(1, ended.get());
        assertNull(leased.share());
    }

    @Test
    void the_last_lease_ends_the_resource() {
        assertTrue(leased.acquire());
        leased.retire();
        assertEquals(0, ended.get());
        leased.release();
        assertEquals(1, ended.get());
        assertFalse(leased.acquire());
    }

    @Test
    void retiring_twice_ends_once() {
        leased.retire();
        leased.retire();
        assertEquals(1, ended.get());
        assertThrows(IllegalStateException.class, leased::release);
    }

    @Test
    void nobody_uses_a_resource_that_has_ended_however_the_threads_run() throws Exception {
        for (int round = 0; round < 200; round++) {
            final AtomicBoolean open = new AtomicBoolean(true);
            final AtomicInteger wrong = new AtomicInteger();
            final Leased<AtomicBoolean> shared = new Leased<>(open, Runnable::run, value -> value.set(false));
            final CountDownLatch go = new CountDownLatch(1);
            final List<Thread> users = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                final Thread user = new Thread(() -> {
                    try {
                        go.await();
                    } catch (final InterruptedException stopped) {
                        return;
                    }
                    while (shared.acquire()) {
                        if (!shared.value().get()) {
                            wrong.incrementAndGet();
                        }
                        shared.release();
                    }
                });
                user.start();
                users.add(user);
            }
            go.countDown();
            shared.retire();
            for (final Thread user : users) {
                user.join();
            }
            assertFalse(open.get());
            assertEquals(0, wrong.get());
        }
    }
}
