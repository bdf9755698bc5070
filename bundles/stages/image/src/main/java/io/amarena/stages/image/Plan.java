/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;

/**
 * All that is computed once for pictures of one size and format: where they come to lie, and how their samples are
 * made. Immutable.
 */
final class Plan {

    private final int width;
    private final int height;
    private final PixelFormat format;
    private final Placement placement;
    private final RowSampler sampler;
    private final int[] source;
    private final boolean luminance;
    private final int firstByte;
    private final int endByte;

    Plan(final Image image, final Placement placement, final PixelFormat colour) {
        this.width = image.width();
        this.height = image.height();
        this.format = image.format();
        this.placement = placement;
        final int channels = format.bytesPerPixel();
        final Axis horizontal = Axis.of(width, placement.scaledWidth(), placement.skippedX(), placement.width(),
                WeightedSampler.HORIZONTAL_BITS);
        final Axis vertical = Axis.of(height, placement.scaledHeight(), placement.skippedY(),
                placement.height(), WeightedSampler.VERTICAL_BITS);
        this.sampler = RowSampler.of(horizontal, vertical, channels);
        this.source = source(format, colour);
        this.luminance = colour == PixelFormat.GRAY && format != PixelFormat.GRAY;
        this.firstByte = horizontal.sourceFrom() * channels;
        this.endByte = horizontal.sourceTo() * channels;
    }

    private static int[] source(final PixelFormat format, final PixelFormat colour) {
        if (colour == PixelFormat.GRAY) {
            return new int[] {0};
        }
        if (format == PixelFormat.GRAY) {
            return new int[] {0, 0, 0};
        }
        return format == colour ? new int[] {0, 1, 2} : new int[] {2, 1, 0};
    }

    boolean suits(final Image image) {
        return image.width() == width && image.height() == height && image.format() == format
                && isOf(image.frameWidth(), image.frameHeight());
    }

    /** Whether it is for frames of a size. */
    boolean isOf(final int frameWidth, final int frameHeight) {
        return placement.geometry().frameWidth() == frameWidth && placement.geometry().frameHeight() == frameHeight;
    }

    Placement placement() {
        return placement;
    }

    RowSampler sampler() {
        return sampler;
    }

    /** Which plane of samples goes into each channel of the tensor. */
    int[] source() {
        return source;
    }

    /** Whether colour has to be turned into luminance first. */
    boolean luminance() {
        return luminance;
    }

    PixelFormat format() {
        return format;
    }

    /** First byte of a row that is used. */
    int firstByte() {
        return firstByte;
    }

    /** End of the bytes of a row that are used. */
    int endByte() {
        return endByte;
    }
}
