/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelPngTest {

    private static final int WIDTH = 13;
    private static final int HEIGHT = 7;
    private static final int SPARE = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"RGB,false", "BGR,false", "GRAY,false", "RGB,true", "BGR,true", "GRAY,true"})
    void every_sample_comes_back(final PixelFormat format, final boolean direct) throws Exception {
        final int bands = format.bytesPerPixel();
        final int stride = WIDTH * bands + SPARE;
        final byte[] samples = new byte[stride * HEIGHT];
        new Random(1).nextBytes(samples);
        final ByteBuffer pixels = direct ? ByteBuffer.allocateDirect(samples.length).put(0, samples)
                : ByteBuffer.wrap(samples);
        final Path file = folder.resolve("picture.png");

        PixelPng.write(new Image(WIDTH, HEIGHT, stride, format, pixels), file);

        final Raster read = ImageIO.read(file.toFile()).getRaster();
        assertEquals(bands, read.getNumBands());
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int band = 0; band < bands; band++) {
                    final int place = format == PixelFormat.BGR ? bands - 1 - band : band;
                    assertEquals(samples[y * stride + x * bands + place] & 0xff, read.getSample(x, y, band),
                            x + "," + y + " band " + band);
                }
            }
        }
    }
}
