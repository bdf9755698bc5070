/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.manage.CheckReport;

/** A deployment cannot be built or did not pass its check. The message says why, for the administrator. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean lasting;
    private final transient CheckReport report;

    /**
     * A refusal.
     *
     * @param lasting whether trying again with the same ingredients is pointless
     */
    public RefusedException(final String message, final boolean lasting, final Throwable cause) {
        this(message, lasting, cause, CheckReport.NONE);
    }

    RefusedException(final String message, final boolean lasting, final Throwable cause, final CheckReport report) {
        super(message, cause);
        this.lasting = lasting;
        this.report = report;
    }

    public RefusedException(final String message, final boolean lasting) {
        this(message, lasting, null);
    }

    public boolean lasting() {
        return lasting;
    }

    /** What was found before it was refused, the finding that failed included. */
    public CheckReport report() {
        return report;
    }
}
