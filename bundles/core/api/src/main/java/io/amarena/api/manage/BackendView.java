/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import io.amarena.api.backend.Device;
import java.util.List;
import java.util.Objects;

/**
 * One backend and the devices that it offers.
 */
public record BackendView(String name, List<Device> devices) {

    public BackendView {
        Objects.requireNonNull(name, "name");
        devices = List.copyOf(devices);
    }
}
