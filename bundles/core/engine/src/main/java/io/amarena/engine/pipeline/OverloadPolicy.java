/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import java.util.Locale;
import java.util.Optional;

/** What a mailbox does when it is full. */
public enum OverloadPolicy {
    /** The oldest waiting frame is dropped and counted as shed: for sources that show the present. */
    NEWEST_WINS(2),
    /** The new frame is refused, so that the source waits: for sources of which every frame counts. */
    PUSH_BACK(16);

    private final int defaultMailbox;

    OverloadPolicy(final int defaultMailbox) {
        this.defaultMailbox = defaultMailbox;
    }

    /** Frames that may wait where the settings do not say. */
    public int defaultMailbox() {
        return defaultMailbox;
    }

    /** The name used in settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<OverloadPolicy> of(final String text) {
        for (final OverloadPolicy policy : values()) {
            if (policy.text().equals(text)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
