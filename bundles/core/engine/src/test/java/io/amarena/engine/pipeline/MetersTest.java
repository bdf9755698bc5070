/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.api.manage.LatencyView;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final AtomicLong clock = new AtomicLong();

    @Test
    void the_rate_covers_the_last_ten_full_seconds() {
        final RateMeter rate = new RateMeter(clock::get);
        for (int second = 0; second < 30; second++) {
            for (int i = 0; i < (second < 15 ? 40 : 10); i++) {
                rate.mark();
            }
            clock.addAndGet(1_000_000_000L);
        }
        assertEquals(10, rate.perSecond());
        clock.addAndGet(5_000_000_000L);
        assertEquals(5, rate.perSecond());
        clock.addAndGet(60_000_000_000L);
        assertEquals(0, rate.perSecond());
    }

    @Test
    void percentiles_are_ranks_of_the_latest_thousand() {
        final LatencyWindow window = new LatencyWindow();
        assertEquals(LatencyView.NONE, window.view());
        for (int i = 0; i < 5_000; i++) {
            window.add(1_000_000_000L);
        }
        for (int i = 1; i <= 1_024; i++) {
            window.add(i * 1_000_000L);
        }
        assertEquals(new LatencyView(512, 1_014, 1_024), window.view());
    }
}
