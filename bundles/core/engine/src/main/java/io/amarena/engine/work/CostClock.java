/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.work;

import io.amarena.api.backend.DeviceKind;
import io.amarena.engine.deployment.Deployment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What a frame costs: the processor time of the worker's own thread, which neighbours on a busy box change little;
 * elsewhere than on the CPU, where the thread only waits, time as it passes.
 */
final class CostClock {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean processorTime = threads.isCurrentThreadCpuTimeSupported()
            && threads.isThreadCpuTimeEnabled();

    /** Nanoseconds from any point in time; for the current thread. */
    long of(final Deployment deployment) {
        return processorTime && deployment.ingredients().device().kind() == DeviceKind.CPU
                ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
