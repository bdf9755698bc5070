/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.List;
import java.util.Objects;

/**
 * One model version: what its pack brings, and what the gateway makes of it. Both may differ, because a bundle that is
 * active need not serve.
 *
 * @param model     name
 * @param version   of the model
 * @param digest    of the pack
 * @param bundleId  of the bundle that brings it; -1 when none does any more and it comes from the gateway's own store
 * @param valid     whether the pack may be deployed
 * @param reason    why it may not; empty otherwise
 * @param denied    why the version may not serve until it is promoted; empty when it may
 * @param committed whether it is the one to serve for good in any pipeline
 * @param serving   names of the pipelines that it serves, on trial or for good
 */
public record VersionView(String model, String version, String digest, long bundleId, boolean valid, String reason,
        String denied, boolean committed, List<String> serving) {

    public VersionView {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(denied, "denied");
        serving = List.copyOf(serving);
    }
}
