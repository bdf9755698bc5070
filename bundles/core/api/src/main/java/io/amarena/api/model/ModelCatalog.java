/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import java.util.List;
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
     * Calls the listener after each change, on the thread that made it: it returns at once and only signals.
     *
     * @return ends the listening
     */
    AutoCloseable onChange(Runnable listener);
}
