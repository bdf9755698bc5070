/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.model.Model;
import io.amarena.lib.draw.PictureFile;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of 1920x1080 pixels as JPEG: the golden frames of the pack, enlarged, or drawn noise and gradients. */
final class BenchPictures {

    static final int WIDTH = 1920;
    static final int HEIGHT = 1080;

    private static final int COUNT = 8;
    private static final float QUALITY = 0.85f;
    private static final int GRAIN = 10;

    private BenchPictures() {
    }

    static List<byte[]> of(final Model model) throws IOException {
        final Random random = new Random(1);
        final List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            final BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            if (model.descriptor().golden().isEmpty()) {
                gradient(picture, i);
            } else {
                final String file = model.descriptor().golden().get(i % model.descriptor().golden().size()).file();
                final Graphics2D graphics = picture.createGraphics();
                graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
                        RenderingHints.VALUE_INTERPOLATION_BICUBIC);
                graphics.drawImage(ImageIO.read(new ByteArrayInputStream(model.file(file))), 0, 0, WIDTH, HEIGHT, null);
                graphics.dispose();
            }
            grain(picture, random);
            pictures.add(PictureFile.jpeg(picture, QUALITY));
        }
        return pictures;
    }

    private static void gradient(final BufferedImage picture, final int variant) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                final int tile = (x / 60 + y / 60 + variant) % 2 * 60;
                picture.setRGB(x, y, (x * 160 / WIDTH + tile) << 16 | (y * 160 / HEIGHT + tile) << 8 | 90 + tile);
            }
        }
    }

    /** A little noise, as every camera has: without it, pictures would decode too fast. */
    private static void grain(final BufferedImage picture, final Random random) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                final int rgb = picture.getRGB(x, y);
                final int noise = random.nextInt(GRAIN) - GRAIN / 2;
                picture.setRGB(x, y, clamp((rgb >> 16 & 255) + noise) << 16 | clamp((rgb >> 8 & 255) + noise) << 8
                        | clamp((rgb & 255) + noise));
            }
        }
    }

    private static int clamp(final int value) {
        return Math.max(0, Math.min(255, value));
    }
}
