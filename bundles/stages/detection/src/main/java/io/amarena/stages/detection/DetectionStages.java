/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageContext;
import org.osgi.service.component.annotations.Component;

/** The stages {@code detection/grid}, {@code detection/boxes} and {@code detection/yolo}. Stateless and thread-safe. */
@Component(property = {
        PreprocessorFactory.STAGE + "=detection/grid",
        PreprocessorFactory.STAGE + "=detection/boxes",
        PreprocessorFactory.STAGE + "=detection/yolo"})
public final class DetectionStages implements PostprocessorFactory {

    @Override
    public Postprocessor create(final StageContext context) throws InvalidModelException {
        switch (context.settings().use()) {
            case "detection/grid":
                return new GridDetector(context);
            case "detection/boxes":
                return new BoxDetector(context);
            default:
                return new YoloDetector(context);
        }
    }
}
