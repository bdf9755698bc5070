/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import io.amarena.api.stage.Geometry;
import io.amarena.api.tensor.Shape;
import io.amarena.itests.stagekit.PostprocessorCase;
import io.amarena.itests.stagekit.StageCase;
import io.amarena.itests.stagekit.StageContract;
import io.amarena.lib.stage.FloatOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class DetectionContractTest extends StageContract {

    private static final Geometry SAME = new Geometry(64, 64, 64, 64, 1, 1, 0, 0);
    private static final String LABELS = "labels.txt";

    @Override
    protected Class<?> factory() {
        return DetectionStages.class;
    }

    @Override
    protected List<Class<?>> embedded() {
        return List.of(FloatOutput.class);
    }

    @Override
    protected List<StageCase> cases() {
        final List<StageCase> cases = new ArrayList<>();
        for (final String format : List.of("xyxy", "xywh", "cxcywh")) {
            cases.add(PostprocessorCase.of("detection/boxes", Map.of("labels", LABELS, "scores", "s", "boxes", "b",
                    "format", format), SAME).output("s", Shape.of(1, 2, 1), 0.9f, 0.8f)
                    .output("b", Shape.of(1, 2, 4), 0.1f, 0.3f, 0.3f, 0.5f, 0.1f, 0.3f, 0.31f, 0.5f));
        }
        cases.add(PostprocessorCase.of("detection/grid", Map.of("labels", LABELS), SAME)
                .output("o", Shape.of(1, 6, 2, 2), values(24)));
        cases.add(PostprocessorCase.of("detection/yolo", Map.of("labels", LABELS, "layout", "v5"), SAME)
                .output("o", Shape.of(1, 2, 6), values(12)));
        cases.add(PostprocessorCase.of("detection/yolo", Map.of("labels", LABELS, "layout", "v8"), SAME)
                .output("o", Shape.of(1, 5, 2), values(10)));
        cases.add(PostprocessorCase.of("detection/yolo", Map.of("labels", LABELS, "layout", "x"), SAME)
                .output("o", Shape.of(1, 84, 6), values(84 * 6)));
        cases.forEach(path -> path.file(LABELS, "a\n"));
        return cases;
    }

    /** Some boxes that are found and some that are not. */
    private static float[] values(final int count) {
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % 5 == 4 ? 0.9f : 0.1f * (i % 10);
        }
        return values;
    }
}
