/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The door for new bundles, as a service: checks a jar, stores it, installs it or updates the bundle of its name,
 * starts it and waits until it is known what became of it. One deploy runs at a time, in the order of the requests;
 * one that fails leaves what was there. Thread-safe.
 */
@ProviderType
public interface BundleDeployer {

    /**
     * Begins a deploy and returns at once.
     *
     * @return the key of its report
     * @throws IllegalStateException when too many deploys are waiting already, or the gateway is being stopped
     */
    String begin(DeployRequest request);

    /** What is known about a deploy; empty for an unknown key. The reports of the latest deploys are kept. */
    Optional<DeployReport> report(String key);
}
