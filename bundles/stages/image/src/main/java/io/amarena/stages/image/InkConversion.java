/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.StageException;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStream;

/**
 * Turns JPEG pictures in printing colours (CMYK, YCCK) into RGB without a colour profile: good enough for a model, not
 * for print. Adobe writes such files inverted; the APP14 segment tells, and which of the two it is.
 */
final class InkConversion {

    private static final int NONE = -1;
    private static final int YCCK = 2;
    private static final int APP14 = 0xFFEE;
    private static final int START_OF_SCAN = 0xFFDA;

    private InkConversion() {
    }

    /** The colour transform of the Adobe segment: 0 for CMYK, 2 for YCCK, −1 when there is no such segment. */
    static int adobeTransform(final ImageInputStream input) throws IOException {
        input.seek(2);
        int marker = input.readUnsignedShort();
        while (marker != START_OF_SCAN) {
            final int length = input.readUnsignedShort();
            if (marker == APP14 && length >= 14) {
                input.skipBytes(11);
                return input.readUnsignedByte();
            }
            input.skipBytes(length - 2);
            marker = input.readUnsignedShort();
        }
        return NONE;
    }

    static Image toRgb(final Raster raster, final int transform, final DecodeScratch scratch) throws StageException {
        if (raster.getNumBands() != 4) {
            throw new StageException("the JPEG picture has " + raster.getNumBands()
                    + " colour components, which no reader knows; save it as RGB");
        }
        final int width = raster.getWidth();
        final int height = raster.getHeight();
        final ByteBuffer memory = scratch.pixels(3 * width * height);
        final byte[] samples = memory.array();
        final int[] row = new int[4 * width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < 4 * width; x += 4) {
                if (transform == YCCK) {
                    fromLuminance(row, x);
                }
                for (int ink = 0; ink < 3; ink++) {
                    final int left = transform == NONE ? 255 - row[x + ink] : row[x + ink];
                    final int black = transform == NONE ? 255 - row[x + 3] : row[x + 3];
                    samples[at++] = (byte) (left * black / 255);
                }
            }
        }
        return new Image(width, height, 3 * width, PixelFormat.RGB, memory);
    }

    /** JFIF, in place: the first three samples are Y, Cb, Cr of the (inverted) inks. */
    private static void fromLuminance(final int[] row, final int at) {
        final double y = row[at];
        final double cb = row[at + 1] - 128.0;
        final double cr = row[at + 2] - 128.0;
        row[at] = clamp(y + 1.402 * cr);
        row[at + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
        row[at + 2] = clamp(y + 1.772 * cb);
    }

    private static int clamp(final double value) {
        return (int) Math.max(0, Math.min(255, Math.rint(value)));
    }
}
