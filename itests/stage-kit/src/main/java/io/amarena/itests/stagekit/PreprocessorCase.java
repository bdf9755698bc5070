/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import io.amarena.api.backend.BatchLayout;
import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.frame.Image;
import io.amarena.api.model.Size;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A frame that a preprocessor writes, at the second place of a batch of two. */
public final class PreprocessorCase extends StageCase {

    private final List<TensorSpec> inputs;
    private final Optional<Size> size;
    private final FrameContent content;

    private PreprocessorCase(final String use, final Map<String, Object> settings, final List<TensorSpec> inputs,
            final Optional<Size> size, final FrameContent content) {
        super(use, settings);
        this.inputs = List.copyOf(inputs);
        this.size = size;
        this.content = content;
    }

    /**
     * A case.
     *
     * @param inputs  that the model declares
     * @param size    chosen input size; null for models without sizes
     * @param content of the frame
     */
    public static PreprocessorCase of(final String use, final Map<String, Object> settings,
            final List<TensorSpec> inputs, final Size size, final FrameContent content) {
        return new PreprocessorCase(use, settings, inputs, Optional.ofNullable(size), content);
    }

    @Override
    AutoCloseable create(final Object factory, final StageContext context) throws Exception {
        return ((PreprocessorFactory) factory).create(context);
    }

    @Override
    Object use(final AutoCloseable instance) throws Exception {
        final Preprocessor preprocessor = (Preprocessor) instance;
        final BatchLayout layout = preprocessor.layout(2);
        final KitTensors room = KitTensors.of(inputs, layout);
        final Geometry geometry = preprocessor.write(content, room, 1);
        return List.of(layout, geometry, room.bytes(), preprocessor.needsDecodedImages());
    }

    @Override
    List<ByteBuffer> read() {
        if (content instanceof Image) {
            return List.of(KitTensors.copy(((Image) content).pixels()));
        }
        return content instanceof EncodedImage ? List.of(KitTensors.copy(((EncodedImage) content).bytes())) : List.of();
    }

    @Override
    List<TensorSpec> inputs() {
        return inputs;
    }

    @Override
    List<TensorSpec> outputs() {
        return List.of();
    }

    @Override
    Optional<Size> size() {
        return size;
    }
}
