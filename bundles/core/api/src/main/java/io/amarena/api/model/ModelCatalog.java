/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The model versions that the gateway knows, as a service. Thread-safe. */
@ProviderType
public interface ModelCatalog {

    /**
     * All versions, ordered by name and then from the highest version to the lowest. A consistent snapshot;
     * versions leave it when their bundle is uninstalled while the gateway runs.
     */
    List<ModelVersion> versions();

    /**
     * Digests whose packs were uninstalled while the gateway ran, those included that an update of the same bundle had
     * replaced before; without those that another pack brings, or brings again.
     */
    Set<String> uninstalled();

    /**
     * A model from the gateway's own store, whose pack may have been replaced since; empty when the store does not have
     * it.
     */
    Optional<Model> stored(String digest);

    /**
     * Says which stored models are needed although no pack may bring them; what else no pack brings is deleted.
     */
    void needed(Set<String> digests);

    /**
     * Calls the listener after each change, on the thread that made it: it returns at once and only signals.
     *
     * @return ends the listening
     */
    AutoCloseable onChange(Runnable listener);
}
