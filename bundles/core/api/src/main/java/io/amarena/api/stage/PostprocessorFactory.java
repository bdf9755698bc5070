/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

import io.amarena.api.model.InvalidModelException;
import java.io.IOException;

/**
 * Makes postprocessors, registered as a service with {@link PreprocessorFactory#STAGE}. The contract of
 * {@link PreprocessorFactory} on outliving a bundle applies.
 */
public interface PostprocessorFactory {

    /**
     * Makes one instance for one deployment.
     *
     * @throws InvalidModelException when the settings are wrong or do not fit the model's outputs
     * @throws IOException           when a file of the pack cannot be read
     */
    Postprocessor create(StageContext context) throws InvalidModelException, IOException;
}
