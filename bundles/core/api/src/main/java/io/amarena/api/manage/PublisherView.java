/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PublisherStatus;
import java.util.Objects;

/**
 * One publisher.
 */
public record PublisherView(String name, PublisherStatus status, DeliveryAccount account) {

    public PublisherView {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(account, "account");
    }
}
