/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that cannot be started. */
public final class FailingActivator implements BundleActivator {

    @Override
    public void start(final BundleContext context) {
        throw new IllegalStateException("the camera is unplugged");
    }

    @Override
    public void stop(final BundleContext context) {
        // It never started.
    }
}
