/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.PixelFormat;
import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The form in which a model wants its pictures, from its descriptor and checked against what the model declares.
 *
 * @param tensor name of the input
 * @param type   FLOAT32, FLOAT16 or UINT8
 * @param order  where the channels stand
 * @param colour order of the colour channels
 * @param size   in pixels
 * @param mean   per channel of the tensor
 * @param std    per channel of the tensor, not 0
 * @param pad    sample values for what the picture does not cover, per channel of the tensor
 */
record InputForm(String tensor, ElementType type, ChannelOrder order, PixelFormat colour, Size size, double[] mean,
        double[] std, int[] pad) {

    private static final double USUAL_PAD = 114;

    static InputForm of(final StageContext context) throws InvalidModelException {
        final StageSettings settings = context.settings();
        final TensorSpec spec = input(settings, context.inputs());
        final PixelFormat colour = choice(settings, "colour", PixelFormat.RGB);
        final int channels = colour.bytesPerPixel();
        checkType(settings, spec);
        if (spec.shape().rank() != 4) {
            throw settings.problem("tensor", "names input " + spec + "; " + settings.use()
                    + " writes inputs of four dimensions, NCHW or NHWC");
        }
        final ChannelOrder order = order(settings, spec.shape(), channels);
        final long declared = spec.shape().dimension(order.channel());
        if (declared != Shape.FREE && declared != channels) {
            throw settings.problem("colour", "is " + colour + " with " + channels + " channel(s), but input " + spec
                    + " has " + declared + " in the layout " + order);
        }
        final Size size = size(context, spec, order);
        final double[] mean = perChannel(settings, "mean", channels, 0);
        final double[] std = perChannel(settings, "std", channels, 1);
        checkNormalisation(settings, spec, mean, std);
        return new InputForm(spec.name(), spec.type(), order, colour, size, mean, std, pad(settings, channels));
    }

    /** The shape of a batch. */
    Shape shape(final int capacity) {
        final long[] shape = new long[4];
        shape[0] = capacity;
        shape[order.channel()] = colour.bytesPerPixel();
        shape[order.height()] = size.height();
        shape[order.width()] = size.width();
        return Shape.of(shape);
    }

    private static TensorSpec input(final StageSettings settings, final List<TensorSpec> inputs)
            throws InvalidModelException {
        final List<String> names = new ArrayList<>();
        inputs.forEach(input -> names.add(input.name()));
        if (!settings.has("tensor")) {
            if (inputs.size() == 1) {
                return inputs.get(0);
            }
            throw settings.problem("tensor", "is missing; the model has the inputs " + String.join(", ", names)
                    + ", so name the one that takes the picture");
        }
        final int index = names.indexOf(settings.text("tensor"));
        if (index < 0) {
            throw settings.problem("tensor", "names " + settings.text("tensor") + ", but the model has the inputs "
                    + String.join(", ", names));
        }
        return inputs.get(index);
    }

    private static void checkType(final StageSettings settings, final TensorSpec spec) throws InvalidModelException {
        switch (spec.type()) {
            case FLOAT32:
            case FLOAT16:
            case UINT8:
                break;
            default:
                throw settings.problem("tensor", "names input " + spec + "; " + settings.use()
                        + " writes FLOAT32, FLOAT16 and UINT8");
        }
    }

    private static ChannelOrder order(final StageSettings settings, final Shape shape, final int channels)
            throws InvalidModelException {
        final boolean last = shape.dimension(ChannelOrder.NHWC.channel()) == channels
                && shape.dimension(ChannelOrder.NCHW.channel()) != channels;
        return choice(settings, "layout", last ? ChannelOrder.NHWC : ChannelOrder.NCHW);
    }

    private static Size size(final StageContext context, final TensorSpec spec, final ChannelOrder order)
            throws InvalidModelException {
        final long height = spec.shape().dimension(order.height());
        final long width = spec.shape().dimension(order.width());
        if (context.size().isEmpty()) {
            if (height < 1 || width < 1 || height > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
                throw context.settings().problem("sizes", "is missing, and input " + spec
                        + " leaves its height or width open; name at least one size as [width, height]");
            }
            return new Size((int) width, (int) height);
        }
        final Size size = context.size().get();
        if (height != Shape.FREE && height != size.height() || width != Shape.FREE && width != size.width()) {
            throw context.settings().problem("sizes", "asks for " + size + ", but input " + spec + " is fixed to "
                    + (width == Shape.FREE ? "?" : width) + "x" + (height == Shape.FREE ? "?" : height)
                    + " in the layout " + order + "; sizes are [width, height]");
        }
        return size;
    }

    private static void checkNormalisation(final StageSettings settings, final TensorSpec spec, final double[] mean,
            final double[] std) throws InvalidModelException {
        for (int channel = 0; channel < std.length; channel++) {
            if (std[channel] == 0) {
                throw settings.problem("std", "is 0 for channel " + channel
                        + "; samples are divided by it, so it must be another number");
            }
            if (spec.type() == ElementType.UINT8 && (mean[channel] != 0 || std[channel] != 1)) {
                throw settings.problem(mean[channel] != 0 ? "mean" : "std", "changes the samples, but input " + spec
                        + " takes them as they are; leave mean and std out");
            }
        }
    }

    private static int[] pad(final StageSettings settings, final int channels) throws InvalidModelException {
        final double[] values = perChannel(settings, "pad", channels, USUAL_PAD);
        final int[] pad = new int[channels];
        for (int channel = 0; channel < channels; channel++) {
            final double value = values[channel];
            if (!(value >= 0 && value <= 255) || value != Math.rint(value)) {
                throw settings.problem("pad", "must be whole numbers from 0 to 255, not " + value);
            }
            pad[channel] = (int) value;
        }
        return pad;
    }

    private static double[] perChannel(final StageSettings settings, final String key, final int channels,
            final double otherwise) throws InvalidModelException {
        final double[] given = settings.values().get(key) instanceof Double ? new double[] {settings.number(key)}
                : settings.numbers(key, otherwise);
        if (given.length != 1 && given.length != channels) {
            throw settings.problem(key, "has " + given.length + " numbers; it needs one, or one for each of the "
                    + channels + " channel(s)");
        }
        final double[] values = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            values[channel] = given[given.length == 1 ? 0 : channel];
        }
        return values;
    }

    private static <E extends Enum<E>> E choice(final StageSettings settings, final String key, final E otherwise)
            throws InvalidModelException {
        final String text = settings.text(key, otherwise.name());
        final List<String> known = new ArrayList<>();
        for (final E value : otherwise.getDeclaringClass().getEnumConstants()) {
            if (value.name().equals(text.toUpperCase(Locale.ROOT))) {
                return value;
            }
            known.add(value.name());
        }
        throw settings.problem(key, "must be one of " + String.join(", ", known) + ", not " + text);
    }
}
