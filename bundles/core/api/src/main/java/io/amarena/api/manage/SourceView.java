/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import io.amarena.api.source.SourceStatus;
import java.util.Objects;

/**
 * One source that pipelines name, whether it is there or not.
 *
 * @param here whether a service of that name is there and started
 */
public record SourceView(String name, boolean here, SourceStatus status) {

    public SourceView {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
    }
}
