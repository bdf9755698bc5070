/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.Objects;

/**
 * How a trial stands: a new version serves while the one before it stays warm.
 *
 * @param elapsedMillis since it began
 * @param lengthMillis  how long it lasts
 * @param frames        that the new version has answered, failed ones included
 * @param failed        frames
 * @param fallback      version that serves again when the new one does worse
 */
public record TrialView(long elapsedMillis, long lengthMillis, long frames, long failed, String fallback) {

    public TrialView {
        Objects.requireNonNull(fallback, "fallback");
    }
}
