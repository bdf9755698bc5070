/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A jar that somebody wants on the gateway.
 *
 * @param file     absolute path of the jar, as the gateway's process sees it
 * @param parallel whether it is to be installed beside the bundle of its name instead of updating it
 * @param who      name of the user, as far as it is known; empty otherwise
 */
public record DeployRequest(Path file, boolean parallel, String who) {

    public DeployRequest {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(who, "who");
    }
}
