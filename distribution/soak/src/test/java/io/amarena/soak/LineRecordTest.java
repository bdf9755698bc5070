/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineRecordTest {

    private final LineRecord line = new LineRecord("line-1", true);

    @Test
    void every_frame_once_and_in_order_keeps_the_promise() {
        came(0, 1);
        came(1, 1);
        line.end(2, 1);

        assertEquals(List.of(), line.broken());
        assertEquals(2, line.distinct());
    }

    @Test
    void a_lost_frame_is_laid_to_the_change_during_which_it_was_passed_over() {
        came(0, 1);
        came(3, 7);
        line.end(4, 9);

        assertEquals(2, line.missing());
        assertEquals(List.of(new Promise.Broken(7, "line-1: 2 frames were lost, from 1 to 2")), line.broken());
    }

    @Test
    void frames_that_are_missing_at_the_end_are_lost_too() {
        came(0, 1);
        line.end(2, 9);

        assertEquals(List.of(new Promise.Broken(9, "line-1: 1 frames were lost, from 1 to 1")), line.broken());
    }

    @Test
    void a_frame_that_comes_late_is_out_of_order_but_not_lost() {
        came(0, 1);
        came(2, 2);
        came(1, 3);
        line.end(3, 3);

        assertEquals(0, line.missing());
        assertEquals(List.of(new Promise.Broken(3, "line-1: frame 1 came after frame 2")), line.broken());
    }

    @Test
    void a_frame_may_come_twice_only_while_the_network_is_disturbed_and_under_the_same_id() {
        came(0, 1);
        line.allowDuplicates(true);
        came(0, 2);
        line.received(result(0, "another id", ""), 3);
        line.allowDuplicates(false);
        came(0, 4);

        assertEquals(3, line.duplicates());
        assertEquals(List.of(
                new Promise.Broken(3, "line-1: frame 0 came twice, as id-0 and as another id"),
                new Promise.Broken(4, "line-1: frame 0 came twice without a disconnect")), line.broken());
    }

    @Test
    void a_failed_frame_breaks_the_promise() {
        line.received(result(0, "id-0", "model: no"), 2);

        assertEquals(List.of(new Promise.Broken(2, "line-1: frame 0 failed: model: no")), line.broken());
    }

    @Test
    void more_results_than_accepted_frames_break_the_promise() {
        came(0, 1);
        came(1, 1);
        line.end(1, 5);

        assertEquals(List.of(new Promise.Broken(5, "line-1: frame 1 came, but only 1 were accepted")), line.broken());
    }

    @Test
    void a_publisher_that_gets_a_line_later_begins_where_it_is() {
        final LineRecord second = new LineRecord("line-1", false);
        second.received(result(10, "id-10", ""), 1);
        second.received(result(11, "id-11", ""), 1);
        second.mayBeginAnew();
        second.received(result(20, "id-20", ""), 2);
        second.received(result(22, "id-22", ""), 3);
        second.end(-1, 3);

        assertEquals(List.of(new Promise.Broken(3, "line-1: 1 frames were lost, from 21 to 21")), second.broken());
    }

    private void came(final long sequence, final int change) {
        line.received(result(sequence, "id-" + sequence, ""), change);
    }

    private static Received result(final long sequence, final String id, final String failure) {
        return new Received("amarena", "line-1", sequence, id, "1.0.0", "digest", failure, 1, 1, 0);
    }
}
