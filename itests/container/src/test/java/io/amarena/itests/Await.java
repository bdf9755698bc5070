/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertTrue;

import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Waits for events of a gateway under test. */
final class Await {

    private static final long PATIENCE_SECONDS = 60;

    private Await() {
    }

    /**
     * Waits until something is so.
     *
     * @param state what to show when it does not happen
     */
    static void until(final Supplier<Object> state, final Callable<Boolean> condition) throws Exception {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call()) {
            assertTrue("it did not happen in time: " + state.get(), System.nanoTime() < end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Connects a client as soon as the broker inside the gateway listens. */
    static void connected(final MqttClient client) throws Exception {
        until(() -> "connected to " + client.getServerURI(), () -> {
            try {
                client.connect();
                return true;
            } catch (final MqttException notYet) {
                return false;
            }
        });
    }

    static PipelineView pipeline(final GatewayView gateway, final String name) {
        return gateway.pipelines().stream().filter(view -> view.name().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + gateway.pipelines()));
    }

    static void serving(final GatewayView gateway, final String... names) throws Exception {
        until(() -> gateway.pipelines() + " " + gateway.deployments(), () -> {
            for (final String name : names) {
                if (gateway.pipelines().stream().noneMatch(view -> view.name().equals(name)
                        && view.state() == PipelineView.State.SERVING && view.sourceHere())) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Waits until nothing is in flight, then both accounts must balance. */
    static void balanced(final GatewayView gateway) throws Exception {
        until(gateway::pipelines, () -> gateway.pipelines().stream()
                .allMatch(view -> view.account().inFlight() == 0));
        gateway.pipelines().forEach(view -> {
            final FrameAccount account = view.account();
            assertTrue(view.toString(), account.balanced() && account.offered() == account.accepted() + account.refused());
        });
        gateway.publishers().forEach(view -> assertTrue(view.toString(), view.account().balanced()));
    }
}
