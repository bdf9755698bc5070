/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.source.FrameSource;
import io.amarena.engine.deployment.DeploymentPlan;
import io.amarena.engine.supply.Supply;
import java.util.Map;

/** What bundles have brought into the gateway at the moment. Consistent enough: every change is signalled. */
public interface Inventory {

    /** What deployments can be made of. */
    DeploymentPlan.Snapshot deployables();

    /** The best source of each name. */
    Map<String, Supply<FrameSource>> sources();

    /** The best publisher factory of each name. */
    Map<String, Supply<PublisherFactory>> publishers();
}
