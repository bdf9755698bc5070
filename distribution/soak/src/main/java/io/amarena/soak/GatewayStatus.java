/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.JsonObject;
import java.io.IOException;

/** Asks the gateway how it is, over its control socket. */
@FunctionalInterface
public interface GatewayStatus {

    /**
     * The status as the gateway tells it.
     *
     * @throws IOException when it does not answer
     */
    JsonObject ask() throws IOException;
}
