/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

/** What the process answers to its caller. */
final class ExitCode {

    /** Done. */
    static final int OK = 0;
    /** Tried and failed. */
    static final int FAILURE = 1;
    /** Not tried: the arguments are wrong, or the environment does not allow it. */
    static final int USAGE = 2;

    private ExitCode() {
    }
}
