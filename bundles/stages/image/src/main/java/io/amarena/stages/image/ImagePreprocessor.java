/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.backend.BatchLayout;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.model.Size;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.Tensors;
import io.amarena.lib.stage.Pool;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Writes decoded pictures into the input of a model: resized, in the wanted order of colours, normalised and in the
 * wanted layout, row by row in one pass. Thread-safe; allocates nothing for a picture of a size that was seen before.
 *
 * <p>Shrinking takes the mean of the area that a pixel covers, so that nothing aliases; enlarging is bilinear.
 */
final class ImagePreprocessor implements Preprocessor {

    /** Pictures with a longer side are refused: their tables and rows would take memory without bounds. */
    static final int LONGEST_SIDE = 65_535;

    private final InputForm form;
    private final Shape frameShape;
    private final Plans plans;
    private final InputWriter writer;
    private final Pool<Scratch> pool;

    ImagePreprocessor(final Placement.Rule rule, final InputForm form) {
        this.form = form;
        this.frameShape = form.shape(1);
        this.plans = new Plans(rule, form.size(), form.colour());
        this.writer = new InputWriter(form);
        final int width = form.size().width();
        final int lineBytes = writer.lineBytes();
        this.pool = new Pool<>(() -> new Scratch(width, lineBytes));
    }

    @Override
    public BatchLayout layout(final int capacity) {
        return new BatchLayout(capacity, Map.of(form.tensor(), form.shape(capacity)));
    }

    @Override
    public Size usefulSize(final Size picture) {
        final Placement placement = plans.placement(picture.width(), picture.height());
        return placement.scaledWidth() >= picture.width() || placement.scaledHeight() >= picture.height() ? picture
                : new Size(placement.scaledWidth(), placement.scaledHeight());
    }

    @Override
    public Geometry write(final FrameContent content, final Tensors inputs, final int index) throws StageException {
        if (!(content instanceof Image)) {
            throw new StageException("The model takes pictures, not " + content.getClass().getSimpleName());
        }
        final Image image = (Image) content;
        if (image.width() > LONGEST_SIDE || image.height() > LONGEST_SIDE) {
            throw new StageException("The picture has " + image.width() + "x" + image.height()
                    + " pixels; a side may have " + LONGEST_SIDE);
        }
        final ByteBuffer data = data(inputs, index);
        final Plan plan = plans.of(image);
        final Scratch scratch = pool.borrow();
        try {
            write(image, plan, data, index, scratch);
        } finally {
            scratch.rows.close();
            pool.giveBack(scratch);
        }
        return plan.placement().geometry();
    }

    private ByteBuffer data(final Tensors inputs, final int index) throws StageException {
        final Tensor tensor = inputs.get(form.tensor());
        final Shape shape = tensor.shape();
        boolean same = shape.rank() == frameShape.rank() && index >= 0 && index < shape.dimension(0);
        for (int i = 1; same && i < frameShape.rank(); i++) {
            same = shape.dimension(i) == frameShape.dimension(i);
        }
        if (!same) {
            throw new StageException("Input " + form.tensor() + " has the shape " + shape + "; frame " + index
                    + " needs room for " + frameShape);
        }
        return tensor.data();
    }

    private void write(final Image image, final Plan plan, final ByteBuffer data, final int index,
            final Scratch scratch) {
        final Placement placement = plan.placement();
        final RowSampler sampler = plan.sampler();
        final int length = form.size().width();
        final int[] sums = scratch.sums(sampler.columns());
        scratch.rows.open(image, plan.firstByte(), plan.endByte());
        for (int y = 0; y < placement.height(); y++) {
            sampler.sample(scratch.rows, y, sums, scratch.planes, length);
            if (plan.luminance()) {
                luminance(scratch.planes, length, placement.width(), plan.format());
            }
            writer.write(data, index, placement.left(), placement.top() + y, placement.width(), scratch.planes,
                    length, plan.source(), scratch.line);
        }
        writer.pad(data, index, placement);
    }

    /** Rec. ITU-R BT.601: Y = 0.299 R + 0.587 G + 0.114 B, into the first plane. */
    private static void luminance(final byte[] planes, final int length, final int count, final PixelFormat format) {
        final int red = format == PixelFormat.RGB ? 0 : 2 * length;
        final int blue = 2 * length - red;
        for (int x = 0; x < count; x++) {
            planes[x] = (byte) (19_595 * (planes[red + x] & 0xff) + 38_470 * (planes[length + x] & 0xff)
                    + 7_471 * (planes[blue + x] & 0xff) + 0x8000 >>> 16);
        }
    }

    @Override
    public void close() {
        pool.clear();
    }

    /** Memory for the rows that are being made. */
    private static final class Scratch {

        private final PixelRows rows = new PixelRows();
        private final byte[] planes;
        private final byte[] line;
        private int[] sums = new int[0];

        Scratch(final int width, final int lineBytes) {
            this.planes = new byte[3 * width];
            this.line = new byte[lineBytes];
        }

        int[] sums(final int columns) {
            if (sums.length < columns) {
                sums = new int[columns];
            }
            return sums;
        }
    }
}
