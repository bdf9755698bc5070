/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import io.amarena.api.frame.Frame;
import io.amarena.api.result.Result;

/** Sees frames with their results. */
public interface TapListener {

    /** Called with a share in the frame that lasts for the call. */
    void seen(Frame frame, Result result);
}
