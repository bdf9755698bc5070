/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageContext;
import org.osgi.service.component.annotations.Component;

/** The stages {@code image/letterbox}, {@code image/stretch} and {@code image/crop}. Stateless and thread-safe. */
@Component(property = {
        PreprocessorFactory.STAGE + "=image/letterbox",
        PreprocessorFactory.STAGE + "=image/stretch",
        PreprocessorFactory.STAGE + "=image/crop"})
public final class ImagePreprocessorFactory implements PreprocessorFactory {

    @Override
    public Preprocessor create(final StageContext context) throws InvalidModelException {
        final StageSettings settings = context.settings();
        final Fit fit = Fit.of(settings.use());
        if (fit == Fit.LETTERBOX) {
            settings.allowOnly("tensor", "sizes", "colour", "mean", "std", "layout", "pad", "align", "upscale");
        } else {
            settings.allowOnly("tensor", "sizes", "colour", "mean", "std", "layout");
        }
        final Placement.Rule rule = new Placement.Rule(fit, centred(settings), settings.flag("upscale", true));
        return new ImagePreprocessor(rule, InputForm.of(context));
    }

    private static boolean centred(final StageSettings settings) throws InvalidModelException {
        final String align = settings.text("align", "center");
        switch (align) {
            case "center":
                return true;
            case "top-left":
                return false;
            default:
                throw settings.problem("align", "must be center or top-left, not " + align);
        }
    }
}
