/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

/** A deployment cannot be built or did not pass its check. The message says why, for the administrator. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    /**
     * A refusal.
     *
     * @param lasting whether trying again with the same ingredients is pointless
     */
    public RefusedException(final String message, final boolean lasting, final Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
    }

    public RefusedException(final String message, final boolean lasting) {
        this(message, lasting, null);
    }

    public boolean lasting() {
        return lasting;
    }
}
