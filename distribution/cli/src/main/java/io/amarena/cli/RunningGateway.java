/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.Gateway;
import io.amarena.launcher.GatewayException;
import io.amarena.launcher.GatewayOptions;
import io.amarena.launcher.Problem;
import java.io.PrintWriter;

/** A gateway in this process, from its start to the signal that ends it. Used by one thread. */
final class RunningGateway {

    private final Gateway gateway;
    private final StopSignal signal;

    private RunningGateway(final Gateway gateway, final StopSignal signal) {
        this.gateway = gateway;
        this.signal = signal;
    }

    /** Starts a gateway, and goes through with it when a signal comes on the way. */
    static RunningGateway start(final GatewayOptions options, final StopSignal signal)
            throws GatewayException, InterruptedException {
        final Gateway gateway = Gateway.start(options);
        final Thread watch = new Thread(() -> {
            try {
                gateway.awaitStop();
                signal.request();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "amarena-watch");
        watch.setDaemon(true);
        watch.start();
        return new RunningGateway(gateway, signal);
    }

    Gateway gateway() {
        return gateway;
    }

    /** Tells what does not run; whether the gateway is one all the same. */
    boolean tellProblems(final PrintWriter err) {
        for (final Problem problem : gateway.problems()) {
            err.println("amarena: " + (problem.core() ? "ERROR: " : "WARNING: ") + problem);
        }
        if (!gateway.coreStarted()) {
            err.println("amarena: the gateway did not start");
        }
        err.flush();
        return gateway.coreStarted();
    }

    void awaitSignal() throws InterruptedException {
        signal.await();
    }

    /**
     * Stops the gateway. When something in it does not end, the process is ended at once: going on to the JVM's
     * shutdown hooks would close native libraries under running threads.
     */
    void stop() throws InterruptedException {
        if (!gateway.stop()) {
            System.out.flush();
            System.err.flush();
            Runtime.getRuntime().halt(ExitCode.FAILURE);
        }
    }
}
