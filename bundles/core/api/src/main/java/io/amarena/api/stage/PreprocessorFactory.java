/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

import io.amarena.api.model.InvalidModelException;
import java.io.IOException;

/**
 * Makes preprocessors, registered as a service.
 *
 * <p><strong>What it makes outlives its bundle.</strong> The engine goes on using an instance while the bundle is
 * updated, until the next one has taken over, and closes it then. So {@code create} reads every resource and setting
 * that the instance will ever need; the instance keeps no bundle context, no service, no bundle URL and no reference
 * to its factory, puts no class of its own into a {@code ThreadLocal} of a caller, and ends its own threads in
 * {@code close}. Before use the engine loads all classes of the bundle and rehearses create, use and close once.
 */
public interface PreprocessorFactory {

    /** Service property: the names by which model descriptors refer to the stages. String or String[], required. */
    String STAGE = "amarena.stage";

    /**
     * Makes one instance for one deployment.
     *
     * @throws InvalidModelException when the settings are wrong or do not fit the model's inputs
     * @throws IOException           when a file of the pack cannot be read
     */
    Preprocessor create(StageContext context) throws InvalidModelException, IOException;
}
