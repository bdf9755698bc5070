/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import io.amarena.api.model.Size;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outputs of one frame that a postprocessor reads. */
public final class PostprocessorCase extends StageCase {

    private final KitTensors outputs = new KitTensors();
    private final Geometry geometry;

    private PostprocessorCase(final String use, final Map<String, Object> settings, final Geometry geometry) {
        super(use, settings);
        this.geometry = geometry;
    }

    /**
     * A case without outputs yet.
     *
     * @param geometry of the frame
     */
    public static PostprocessorCase of(final String use, final Map<String, Object> settings, final Geometry geometry) {
        return new PostprocessorCase(use, settings, geometry);
    }

    /** With a float32 output and its values; its first dimension counts frames. */
    public PostprocessorCase output(final String name, final Shape shape, final float... values) {
        outputs.with(name, shape, values);
        return this;
    }

    @Override
    AutoCloseable create(final Object factory, final StageContext context) throws Exception {
        return ((PostprocessorFactory) factory).create(context);
    }

    @Override
    Object use(final AutoCloseable instance) throws Exception {
        final Outcome outcome = ((Postprocessor) instance).read(outputs, 0, geometry);
        final List<Object> told = new ArrayList<>(List.of(outcome.contract()));
        if (outcome instanceof Detections) {
            for (final Detection object : ((Detections) outcome).objects()) {
                told.addAll(List.of(object.classIndex(), object.label(), object.score(), object.x(), object.y(),
                        object.width(), object.height()));
            }
        } else if (outcome instanceof Classification) {
            told.addAll(((Classification) outcome).classes());
        } else {
            told.add(outcome);
        }
        return told;
    }

    @Override
    List<ByteBuffer> read() {
        return outputs.bytes();
    }

    @Override
    List<TensorSpec> inputs() {
        return List.of();
    }

    @Override
    List<TensorSpec> outputs() {
        return outputs.specs();
    }

    @Override
    Optional<Size> size() {
        return Optional.of(new Size(geometry.inputWidth(), geometry.inputHeight()));
    }
}
