/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Everything about the running gateway that is worth showing, as a service. Consistent snapshots; any thread. */
@ProviderType
public interface GatewayView {

    /** Name of the gateway. */
    String gateway();

    /** Milliseconds since the engine started. */
    long uptimeMillis();

    /** Ordered by name. */
    List<PipelineView> pipelines();

    /** The sources that pipelines name. Ordered by name. */
    List<SourceView> sources();

    /** Those that serve first, then those that are being prepared, were refused or rolled back. */
    List<DeploymentView> deployments();

    /** All model versions that are there or in force, by model and from the highest version to the lowest. */
    List<VersionView> versions();

    /** What happened to model versions, oldest first, over restarts too. */
    List<HistoryView> history();

    /** Backends with their devices. */
    List<BackendView> backends();

    /** Ordered by name. */
    List<PublisherView> publishers();

    /** Pooled frame memory. */
    MemoryView memory();

    /**
     * Calls the listener after changes of pipelines, deployments, backends or publishers (not after every frame),
     * on a thread of the engine: it returns at once.
     *
     * @return ends the listening
     */
    AutoCloseable onChange(Runnable listener);
}
