/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.Gateway;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * Turns SIGTERM, Ctrl-C and a closed terminal into an orderly end: whoever waits here goes on, stops what it started
 * and leaves with exit code 0. If it has not left shortly after a gateway's time for stopping, the process ends anyway.
 *
 * <p>Signals are taken instead of shutdown hooks because all hooks of a JVM run at once: the one of ONNX Runtime would
 * close it while pictures are still on their way through it.
 */
final class StopSignal {

    private static final String[] SIGNALS = {"TERM", "INT", "HUP"};
    private static final Duration HARD_LIMIT = Gateway.STOP_LIMIT.plusMillis(400);

    private final CountDownLatch stop = new CountDownLatch(1);

    private StopSignal() {
    }

    /** Begins to listen. */
    static StopSignal listen() {
        final StopSignal signal = new StopSignal();
        for (final String name : SIGNALS) {
            try {
                Signal.handle(new Signal(name), received -> signal.received());
            } catch (final IllegalArgumentException e) {
                // Java was told to leave the signal alone (-Xrs): then it ends the process by itself.
            }
        }
        return signal;
    }

    private void received() {
        request();
        final Thread limit = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(HARD_LIMIT.toMillis());
                System.err.println("amarena: stopping took too long; the process ends now");
                Runtime.getRuntime().halt(ExitCode.FAILURE);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "amarena-stop-limit");
        limit.setDaemon(true);
        limit.start();
    }

    /** Like a signal, from inside. */
    void request() {
        stop.countDown();
    }

    /** Waits for a signal; whether one came in that time. */
    boolean await(final Duration atMost) throws InterruptedException {
        return stop.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for a signal. */
    void await() throws InterruptedException {
        stop.await();
    }

    boolean isRequested() {
        return stop.getCount() == 0;
    }
}
