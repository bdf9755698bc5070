/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.classification;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageContext;
import org.osgi.service.component.annotations.Component;

/** The stages {@code classification/softmax} and {@code classification/scores}. Stateless and thread-safe. */
@Component(property = {
        PreprocessorFactory.STAGE + "=classification/softmax",
        PreprocessorFactory.STAGE + "=classification/scores"})
public final class ClassificationStages implements PostprocessorFactory {

    @Override
    public Postprocessor create(final StageContext context) throws InvalidModelException {
        return new Classifier(context);
    }
}
