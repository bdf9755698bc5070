/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

/** Where the channels stand among the dimensions of a picture tensor. */
enum ChannelOrder {

    /** Batch, channel, row, column: one plane after the other. */
    NCHW(1, 2, 3),

    /** Batch, row, column, channel: the channels of a pixel side by side. */
    NHWC(3, 1, 2);

    private final int channel;
    private final int height;
    private final int width;

    ChannelOrder(final int channel, final int height, final int width) {
        this.channel = channel;
        this.height = height;
        this.width = width;
    }

    /** Index of the dimension that counts channels. */
    int channel() {
        return channel;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }
}
