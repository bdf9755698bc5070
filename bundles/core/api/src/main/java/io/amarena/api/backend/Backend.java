/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

import io.amarena.api.model.Model;
import java.util.List;

/**
 * A runtime that opens models as sessions on its devices, registered as a service.
 *
 * <p>The gateway asks {@link #supports} on a thread of its own, opens a session, and keeps it until the last batch
 * that uses it is done, <strong>even when the bundle of the backend was stopped or updated meanwhile</strong>. A
 * backend therefore never closes a session that it handed out, and a session needs nothing from its bundle once it
 * is open: no bundle context, no service, no resource, no class that was not loaded yet.
 */
public interface Backend {

    /** Service property: name of the backend, such as {@code onnxruntime}. String, required. */
    String NAME = "amarena.backend";

    /** The devices that are usable now. Quick, any thread. */
    List<Device> devices();

    /** Whether the model can run on that device of {@link #devices()}. Does not load the model. Any thread. */
    Support supports(Model model, Device device);

    /**
     * Loads the model on the device.
     *
     * @return a session that the caller closes
     * @throws BackendException when the runtime refuses the model or the device has no room for it
     */
    Session open(Model model, Device device, SessionOptions options) throws BackendException;
}
