/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import java.util.function.Consumer;

/**
 * Brings results back into the order in which their frames were taken from the mailbox. The consumer is called for one
 * result at a time, in order, by whichever thread closes the gap. Thread-safe.
 *
 * @param <T> type of the results
 */
final class ResultOrder<T> {

    private final Consumer<? super T> inOrder;
    private Object[] ring = new Object[16];
    private long next;

    ResultOrder(final Consumer<? super T> inOrder) {
        this.inOrder = inOrder;
    }

    /** The result with that ticket is there; tickets are counted from 0 without gaps. */
    synchronized void complete(final long ticket, final T result) {
        if (ticket < next) {
            throw new IllegalStateException("Ticket " + ticket + " was already answered");
        }
        while (ticket - next >= ring.length) {
            grow();
        }
        ring[(int) (ticket % ring.length)] = result;
        drain();
    }

    @SuppressWarnings("unchecked")
    private void drain() {
        int slot = (int) (next % ring.length);
        while (ring[slot] != null) {
            final T result = (T) ring[slot];
            ring[slot] = null;
            next++;
            slot = (int) (next % ring.length);
            inOrder.accept(result);
        }
    }

    private void grow() {
        final Object[] larger = new Object[ring.length * 2];
        for (long ticket = next; ticket < next + ring.length; ticket++) {
            larger[(int) (ticket % larger.length)] = ring[(int) (ticket % ring.length)];
        }
        ring = larger;
    }
}
