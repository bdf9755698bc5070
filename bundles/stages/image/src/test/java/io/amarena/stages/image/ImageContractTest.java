/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.model.Size;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.itests.stagekit.PreprocessorCase;
import io.amarena.itests.stagekit.StageCase;
import io.amarena.itests.stagekit.StageContract;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ImageContractTest extends StageContract {

    private static final Shape CHANNELS_FIRST = Shape.of(-1, 3, -1, -1);
    private static final Shape CHANNELS_LAST = Shape.of(-1, -1, -1, 3);

    @Override
    protected Class<?> factory() {
        return ImagePreprocessorFactory.class;
    }

    /** Every fit, element type, order and colour, with pictures that shrink, grow, stay and shrink by a half. */
    @Override
    protected List<StageCase> cases() {
        final List<StageCase> cases = new ArrayList<>();
        for (final String use : List.of("image/letterbox", "image/stretch", "image/crop")) {
            cases.add(path(use, Map.of(), ElementType.FLOAT32, CHANNELS_FIRST, picture(40, 20, PixelFormat.RGB)));
            cases.add(path(use, Map.of("layout", "NHWC"), ElementType.UINT8, CHANNELS_LAST,
                    picture(7, 9, PixelFormat.BGR)));
        }
        cases.add(path("image/letterbox", Map.of("colour", "BGR", "mean", List.of(1.0, 2.0, 3.0), "std", 255.0, "align",
                "top-left", "upscale", false), ElementType.FLOAT16, CHANNELS_FIRST, picture(16, 16, PixelFormat.RGB)));
        cases.add(path("image/letterbox", Map.of("colour", "GRAY"), ElementType.FLOAT32, Shape.of(-1, 1, -1, -1),
                picture(32, 32, PixelFormat.GRAY)));
        cases.add(path("image/stretch", Map.of(), ElementType.FLOAT32, CHANNELS_FIRST,
                picture(24, 24, PixelFormat.GRAY)));
        return cases;
    }

    private static StageCase path(final String use, final Map<String, Object> settings, final ElementType type,
            final Shape shape, final Image picture) {
        return PreprocessorCase.of(use, settings, List.of(new TensorSpec("images", type, shape)), new Size(16, 16),
                picture);
    }

    private static Image picture(final int width, final int height, final PixelFormat format) {
        final ByteBuffer pixels = ByteBuffer.allocateDirect(width * height * format.bytesPerPixel());
        for (int i = 0; i < pixels.capacity(); i++) {
            pixels.put(i, (byte) (31 * i));
        }
        return new Image(width, height, width * format.bytesPerPixel(), format, pixels);
    }
}
