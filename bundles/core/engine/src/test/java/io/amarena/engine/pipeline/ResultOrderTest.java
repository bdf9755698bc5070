/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResultOrderTest {

    private final List<Long> seen = new ArrayList<>();
    private final ResultOrder<Long> order = new ResultOrder<>(seen::add);

    @Test
    void results_leave_in_the_order_of_their_tickets_whatever_order_they_come_in() {
        final List<Long> tickets = new ArrayList<>();
        for (long ticket = 0; ticket < 1_000; ticket++) {
            tickets.add(ticket);
        }
        final List<Long> shuffled = new ArrayList<>(tickets);
        Collections.shuffle(shuffled, new Random(3));
        shuffled.forEach(ticket -> order.complete(ticket, ticket));
        assertEquals(tickets, seen);
    }

    @Test
    void a_result_waits_for_those_before_it() {
        order.complete(1, 1L);
        assertEquals(List.of(), seen);
        order.complete(0, 0L);
        assertEquals(List.of(0L, 1L), seen);
    }

    @Test
    void a_ticket_is_answered_once() {
        order.complete(0, 0L);
        assertThrows(IllegalStateException.class, () -> order.complete(0, 0L));
    }
}
