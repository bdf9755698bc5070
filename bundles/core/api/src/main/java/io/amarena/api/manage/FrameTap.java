/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Lets others look at frames together with their results, as a service: annotated pictures, consoles, collecting
 * calibration frames. Looking never slows a pipeline down: frames that the listener has no time for pass unseen.
 */
@ProviderType
public interface FrameTap {

    /**
     * Begins to show results of a pipeline.
     *
     * @param pipeline  name, or {@code *} for all
     * @param perSecond at most that many per pipeline and second
     * @param listener  called on a thread of its own, one call at a time
     * @return ends the showing
     */
    AutoCloseable open(String pipeline, double perSecond, TapListener listener);
}
