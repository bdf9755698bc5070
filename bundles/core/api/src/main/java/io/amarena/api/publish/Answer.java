/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.publish;

/** A publisher's answer to a result. */
public enum Answer {
    /** The publisher has it and is responsible for it. */
    TAKEN,
    /** The publisher's rules say that there is nothing to report. */
    FILTERED,
    /** The publisher cannot take it and has counted it as dropped in its own account. */
    DROPPED
}
