/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.backend.BatchLayout;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with a slow and obvious resampling in double precision. */
class ImagePreprocessorTest {

    private static final double PAD = 114;

    @Test
    void a_letterbox_of_any_size_is_the_mean_of_areas_when_it_shrinks_and_bilinear_when_it_grows() throws Exception {
        final Random random = new Random(1);
        for (final int[] sizes : new int[][] {{64, 48, 32, 32}, {97, 41, 32, 24}, {192, 108, 64, 64}, {96, 54, 64, 64}, {54, 96, 64, 64}, {20, 30, 64, 32},
            {33, 33, 33, 33}, {1, 50, 16, 16}, {300, 7, 40, 24}}) {
            for (final PixelFormat format : new PixelFormat[] {PixelFormat.RGB, PixelFormat.BGR}) {
                compare(image(sizes[0], sizes[1], format, random), sizes[2], sizes[3], random.nextBoolean());
            }
        }
    }

    private static void compare(final Image image, final int width, final int height, final boolean channelsLast)
            throws Exception {
        final Shape shape = channelsLast ? Shape.of(-1, -1, -1, 3) : Shape.of(-1, 3, -1, -1);
        final Preprocessor stage = stage("image/letterbox", shape, ElementType.FLOAT32, width, height, "mean",
                List.of(10.0, 20.0, 30.0), "std", List.of(2.0, 4.0, 8.0), "layout", channelsLast ? "NHWC" : "NCHW");
        final Memory memory = new Memory(stage.layout(2), ElementType.FLOAT32);
        final Geometry geometry = stage.write(image, memory, 1);
        final double scale = Math.min((double) width / image.width(), (double) height / image.height());
        final int contentWidth = Math.max(1, (int) Math.round(image.width() * scale));
        final int contentHeight = Math.max(1, (int) Math.round(image.height() * scale));
        final int left = (width - contentWidth) / 2;
        final int top = (height - contentHeight) / 2;
        assertEquals(left, geometry.offsetX());
        assertEquals((double) contentWidth / image.width(), geometry.scaleX(), 1e-9);
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    final boolean inside = x >= left && x < left + contentWidth && y >= top && y < top + contentHeight;
                    final double expected = inside
                            ? sample(image, channel, x - left, y - top, contentWidth, contentHeight) : PAD;
                    final int at = channelsLast ? ((height + y) * width + x) * 3 + channel
                            : ((3 + channel) * height + y) * width + x;
                    final double mean = 10 * (channel + 1);
                    assertEquals((expected - mean) / (2 << channel), memory.floats(at), 1.01 / (2 << channel),
                            image.width() + "x" + image.height() + " at " + x + "," + y);
                }
            }
        }
        assertEquals(0, memory.floats(0), "the first frame's place was touched");
    }

    private static double sample(final Image image, final int channel, final int x, final int y, final int width,
            final int height) {
        final double[] horizontal = weights(image.width(), width, x);
        final double[] vertical = weights(image.height(), height, y);
        double sum = 0;
        for (int row = 0; row < vertical.length; row++) {
            for (int column = 0; vertical[row] != 0 && column < horizontal.length; column++) {
                sum += vertical[row] * horizontal[column] * value(image, channel, column, row);
            }
        }
        return sum;
    }

    private static double[] weights(final int from, final int to, final int at) {
        final double[] weights = new double[from];
        final double step = (double) from / to;
        if (step >= 1) {
            final double begin = at * step;
            final double end = Math.min(from, begin + step);
            for (int i = 0; i < from; i++) {
                weights[i] = Math.max(0, Math.min(end, i + 1) - Math.max(begin, i)) / (end - begin);
            }
        } else {
            final double centre = Math.max(0, Math.min(from - 1, (at + 0.5) * step - 0.5));
            final int first = (int) centre;
            weights[first] += 1 - (centre - first);
            weights[Math.min(from - 1, first + 1)] += centre - first;
        }
        return weights;
    }

    private static int value(final Image image, final int channel, final int x, final int y) {
        final int place = image.format() == PixelFormat.BGR ? 2 - channel : channel;
        return Byte.toUnsignedInt(image.pixels().get(y * image.stride() + 3 * x + place));
    }

    @Test
    void stretch_and_crop_fill_the_whole_input() throws Exception {
        final Image image = image(80, 40, PixelFormat.RGB, new Random(2));
        final Shape shape = Shape.of(1, 3, 20, 20);
        final Preprocessor stretch = stage("image/stretch", shape, ElementType.FLOAT32, 20, 20);
        final Geometry stretched = stretch.write(image, new Memory(stretch.layout(1), ElementType.FLOAT32), 0);
        assertEquals(0.25, stretched.scaleX());
        assertEquals(0.5, stretched.scaleY());
        final Preprocessor crop = stage("image/crop", shape, ElementType.FLOAT32, 20, 20);
        final Geometry cropped = crop.write(image, new Memory(crop.layout(1), ElementType.FLOAT32), 0);
        assertEquals(0.5, cropped.scaleX());
        assertEquals(-10, cropped.offsetX());
    }

    @Test
    void bytes_go_into_byte_tensors_and_grey_is_luminance() throws Exception {
        final Image image = image(8, 8, PixelFormat.RGB, new Random(3));
        final Preprocessor grey = stage("image/stretch", Shape.of(-1, 1, 8, 8), ElementType.UINT8, 8, 8, "colour", "GRAY");
        final Memory memory = new Memory(grey.layout(1), ElementType.UINT8);
        grey.write(image, memory, 0);
        final double luminance = 0.299 * value(image, 0, 3, 2) + 0.587 * value(image, 1, 3, 2)
                + 0.114 * value(image, 2, 3, 2);
        assertEquals(luminance, Byte.toUnsignedInt(memory.data().get(2 * 8 + 3)), 1);
    }

    @Test
    void settings_that_do_not_fit_the_model_are_refused_with_both_sides() {
        refused(Shape.of(1, 1, 32, 32), "colour", "1");
        refused(Shape.of(1, 3, 64, 64), "32x32", "64");
        assertTrue(assertThrows(InvalidModelException.class, () -> stage("image/stretch", Shape.of(1, 3, 32, 32),
                ElementType.FLOAT32, 32, 32, "padding", 3.0)).getMessage().contains("padding"));
        assertTrue(assertThrows(InvalidModelException.class, () -> stage("image/stretch", Shape.of(1, 3, 32, 32),
                ElementType.INT64, 32, 32)).getMessage().contains("INT64"));
    }

    private static void refused(final Shape shape, final String... parts) {
        final String message = assertThrows(InvalidModelException.class,
                () -> stage("image/letterbox", shape, ElementType.FLOAT32, 32, 32)).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static Image image(final int width, final int height, final PixelFormat format, final Random random) {
        final byte[] pixels = new byte[3 * width * height];
        random.nextBytes(pixels);
        final ByteBuffer memory = random.nextBoolean() ? ByteBuffer.wrap(pixels)
                : ByteBuffer.allocateDirect(pixels.length).put(0, pixels);
        return new Image(width, height, 3 * width, format, memory);
    }

    private static Preprocessor stage(final String use, final Shape shape, final ElementType type, final int width,
            final int height, final Object... settings) throws InvalidModelException {
        final Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put((String) settings[i], settings[i + 1]);
        }
        return new ImagePreprocessorFactory().create(new StageContext() {

            @Override
            public StageSettings settings() {
                return new StageSettings("model.json#/input", use, values);
            }

            @Override
            public List<TensorSpec> inputs() {
                return List.of(new TensorSpec("x", type, shape));
            }

            @Override
            public List<TensorSpec> outputs() {
                return List.of();
            }

            @Override
            public Optional<Size> size() {
                return Optional.of(new Size(width, height));
            }

            @Override
            public Optional<Double> scoreFloor() {
                return Optional.empty();
            }

            @Override
            public byte[] file(final String path) {
                throw new AssertionError("no file is needed");
            }
        });
    }

    private static final class Memory implements Tensors, Tensor {

        private final TensorSpec spec;
        private final ByteBuffer data;

        Memory(final BatchLayout layout, final ElementType type) {
            final Shape shape = layout.inputs().get("x");
            this.spec = new TensorSpec("x", type, shape);
            this.data = ByteBuffer.allocateDirect((int) shape.elements() * type.bytes()).order(ByteOrder.nativeOrder());
        }

        float floats(final int at) {
            return data.getFloat(4 * at);
        }

        @Override
        public List<TensorSpec> specs() {
            return List.of(spec);
        }

        @Override
        public Tensor get(final String name) {
            return this;
        }

        @Override
        public TensorSpec spec() {
            return spec;
        }

        @Override
        public Shape shape() {
            return spec.shape();
        }

        @Override
        public ByteBuffer data() {
            return data;
        }
    }
}
