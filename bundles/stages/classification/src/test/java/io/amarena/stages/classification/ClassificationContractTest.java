/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.classification;

import io.amarena.api.stage.Geometry;
import io.amarena.api.tensor.Shape;
import io.amarena.itests.stagekit.PostprocessorCase;
import io.amarena.itests.stagekit.StageCase;
import io.amarena.itests.stagekit.StageContract;
import io.amarena.lib.stage.FloatOutput;
import java.util.List;
import java.util.Map;

class ClassificationContractTest extends StageContract {

    private static final Geometry SAME = new Geometry(8, 8, 8, 8, 1, 1, 0, 0);

    @Override
    protected Class<?> factory() {
        return ClassificationStages.class;
    }

    @Override
    protected List<Class<?>> embedded() {
        return List.of(FloatOutput.class);
    }

    @Override
    protected List<StageCase> cases() {
        return List.of(path("classification/softmax", Map.of("labels", "labels.txt", "top", 2.0)),
                path("classification/scores", Map.of("labels", "labels.txt")),
                path("classification/scores", Map.of("labels", "labels.txt", "activation", "sigmoid")));
    }

    private static StageCase path(final String use, final Map<String, Object> settings) {
        return PostprocessorCase.of(use, settings, SAME).output("o", Shape.of(1, 3), 0.1f, 0.7f, 0.2f)
                .file("labels.txt", "a\nb\nc\n");
    }
}
