/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.Objects;

/**
 * Where a deploy stands.
 *
 * @param state        how far it is
 * @param symbolicName of the bundle, empty while it is not known
 * @param version      of the bundle, empty while it is not known
 * @param digest       SHA-256 of the jar, empty while it is not known
 * @param message      for people: what became of it, or why it failed and what is there now; empty until it is known
 */
public record DeployReport(State state, String symbolicName, String version, String digest, String message) {

    /** How far a deploy is. */
    public enum State {
        /** Others come first. */
        WAITING,
        /** It is being done. */
        RUNNING,
        /** The bundle runs; the version of a model pack serves, or waits for a pipeline that wants it. */
        DONE,
        /** The same jar was there already; nothing was changed. */
        UNCHANGED,
        /** What was there before is there again. */
        FAILED,
        /** The bundle is in, but within the time nothing became of it. */
        UNDECIDED;

        /** Whether nothing more will happen. */
        public boolean isFinal() {
            return this != WAITING && this != RUNNING;
        }
    }

    public DeployReport {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(symbolicName, "symbolicName");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(message, "message");
    }
}
