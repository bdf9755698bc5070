/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.publish;

/**
 * What became of the results that a publisher took. Always {@code taken = confirmed + waiting + dropped}.
 *
 * @param taken     results
 * @param confirmed by the other side
 * @param waiting   to be sent or confirmed
 * @param dropped   on purpose, because the bound of the waiting results was reached or the publisher was closed
 */
public record DeliveryAccount(long taken, long confirmed, long waiting, long dropped) {

    public boolean balanced() {
        return taken == confirmed + waiting + dropped;
    }
}
