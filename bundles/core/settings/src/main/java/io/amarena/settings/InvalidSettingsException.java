/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.util.List;

/** A settings file that cannot be read as settings. */
final class InvalidSettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    InvalidSettingsException(final List<Finding> findings) {
        super(findings.toString());
        this.findings = List.copyOf(findings);
    }

    InvalidSettingsException(final String message) {
        this(List.of(Finding.whole(message)));
    }

    List<Finding> findings() {
        return findings;
    }
}
