/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.model.Model;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.source.FrameSource;
import io.amarena.engine.deployment.DeploymentPlan;
import io.amarena.engine.supply.Supply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What bundles have brought into the gateway at the moment. Consistent enough: every change is signalled. */
public interface Inventory {

    /** All model versions that packs bring. */
    List<ModelVersion> versions();

    /** What deployments can be made of. */
    DeploymentPlan.Snapshot deployables();

    /** Digests whose packs were uninstalled while the gateway ran. */
    Set<String> uninstalled();

    /** The model of a digest, from the gateway's own store; empty when it is not there or cannot be read. */
    Optional<Model> stored(String digest);

    /** Says which digests are needed though no pack may bring them; what else is stored may go. */
    void needed(Set<String> digests);

    /** The best source of each name. */
    Map<String, Supply<FrameSource>> sources();

    /** The best publisher factory of each name. */
    Map<String, Supply<PublisherFactory>> publishers();
}
