/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.publish;

import org.osgi.annotation.versioning.ProviderType;

/** What a factory gets to make a publisher. */
@ProviderType
public interface PublisherContext {

    /** Name of the publisher. */
    String name();

    /** Name of the gateway, unique within the plant; letters, digits, {@code - _ .} only. */
    String gateway();
}
