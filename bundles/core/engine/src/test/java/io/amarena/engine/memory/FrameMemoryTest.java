/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameMemoryTest {

    private final AtomicInteger releases = new AtomicInteger();
    private final FrameMemory memory = new FrameMemory(1 << 20, releases::incrementAndGet);

    @Test
    void a_block_is_at_most_a_third_larger_than_needed_above_the_smallest() {
        for (int bytes = 4097; bytes < 3_000_000; bytes += 997) {
            final long block = FrameMemory.blockSize(FrameMemory.sizeClass(bytes));
            assertTrue(block >= bytes, bytes + " in " + block);
            assertTrue(block <= 1.5 * bytes, bytes + " in " + block);
        }
    }

    @Test
    void a_buffer_has_exactly_the_size_that_was_asked_for() {
        try (PooledBuffer buffer = memory.allocate(5000)) {
            assertEquals(5000, buffer.bytes().remaining());
            assertTrue(buffer.bytes().isDirect());
        }
        assertEquals(1, releases.get());
    }

    @Test
    void memory_that_came_back_is_used_again() {
        memory.allocate(100_000).close();
        final long pooled = memory.view().pooled();
        assertTrue(pooled >= 100_000);
        final PooledBuffer again = memory.allocate(100_000);
        assertEquals(0, memory.view().pooled());
        again.close();
        again.close();
        assertEquals(0, memory.view().used(), "closing twice gives back once");
    }

    @Test
    void the_budget_holds_whatever_the_sizes_are() {
        final Random random = new Random(7);
        final List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            final PooledBuffer buffer = memory.allocate(1 + random.nextInt(200_000));
            if (buffer != null) {
                held.add(buffer);
            }
            if (!held.isEmpty() && (buffer == null || random.nextInt(3) == 0)) {
                held.remove(random.nextInt(held.size())).close();
            }
            assertTrue(memory.view().used() + memory.view().pooled() <= 1 << 20, memory.view().toString());
        }
        held.forEach(PooledBuffer::close);
        assertEquals(0, memory.view().used());
    }

    @Test
    void a_frame_waits_when_the_budget_is_spent_and_is_refused_when_it_can_never_fit() {
        final PooledBuffer most = memory.allocate(700_000);
        assertNotNull(most);
        assertNull(memory.allocate(700_000));
        most.close();
        assertNotNull(memory.allocate(700_000));
        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> memory.allocate(2_000_000));
        assertTrue(refused.getMessage().contains("frameMemoryMb"), refused.getMessage());
    }

    @Test
    void a_buffer_can_be_offered_once() {
        final PooledBuffer buffer = memory.allocate(10);
        buffer.takeOver();
        buffer.close();
        assertTrue(memory.view().used() > 0, "after the offer the source cannot give it back");
        assertThrows(IllegalStateException.class, buffer::takeOver);
        buffer.free();
        assertEquals(0, memory.view().used());
    }
}
