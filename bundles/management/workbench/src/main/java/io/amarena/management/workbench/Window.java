/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What happened in a stretch of time out of the middle of some work: neither its beginning nor its end is in it, so that the
 * frames that are under way at both ends cancel out.
 *
 * @param frames that were finished
 * @param nanos  wall time
 * @param cpu    processor time of the process, nanoseconds
 */
record Window(long frames, long nanos, long cpu) {

    static final Window NONE = new Window(0, 0, 0);

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long LEAD_IN_MILLIS = 150;

    /**
     * Waits for the work to get going, and then looks at it for a time.
     *
     * @param frames finished so far
     */
    static Window of(final LongSupplier frames, final long nanos) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(LEAD_IN_MILLIS);
        final long before = frames.getAsLong();
        final long cpu = SYSTEM.getProcessCpuTime();
        final long begin = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(nanos);
        return new Window(frames.getAsLong() - before, System.nanoTime() - begin, SYSTEM.getProcessCpuTime() - cpu);
    }

    /** Both together. */
    Window plus(final Window other) {
        return new Window(frames + other.frames, nanos + other.nanos, cpu + other.cpu);
    }

    double framesPerSecond() {
        return frames * NANOS_PER_SECOND / nanos;
    }

    double cpuMillisPerFrame() {
        return cpu / NANOS_PER_MILLI / frames;
    }
}
