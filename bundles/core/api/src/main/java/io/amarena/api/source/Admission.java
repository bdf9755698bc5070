/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.source;

/** The answer to an offered frame. */
public enum Admission {
    /** Every pipeline of the source took the frame. */
    ACCEPTED,
    /** A pipeline that pushes back has no room; the same frame may be offered again later. */
    REFUSED_BUSY,
    /** No running pipeline wants frames of this source. */
    REFUSED_UNWANTED,
    /** The source was stopped or the gateway is stopping. */
    REFUSED_CLOSED;

    public boolean accepted() {
        return this == ACCEPTED;
    }
}
