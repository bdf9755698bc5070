/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * The empty conveyor as the camera sees it: dark rubber-coated rollers between two rails, brightest in the middle of
 * the picture. Drawn once per scene. Immutable.
 */
final class Conveyor {
    private static final double RAIL = 0.042;
    private static final double PITCH = 0.118;

    private final byte[] pixels;

    /** The picture, RGB, three bytes per pixel. Not to be changed. */
    byte[] pixels() {
        return pixels;
    }

    Conveyor(final int width, final int height, final SceneRandom random) {
        pixels = new byte[width * height * 3];
        final double pitch = PITCH * height;
        final double phase = random.between(0, 1);
        final double rail = RAIL * height;
        final double[] scuffs = scuffs(width, random);
        for (int y = 0; y < height; y++) {
            final double fromEdge = Math.min(y + 0.5, height - y - 0.5);
            for (int x = 0; x < width; x++) {
                final double along = (x + 0.5) / pitch + phase;
                final double light = lamp((x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5);
                final double grain = 1.3 * random.normal();
                final int at = (y * width + x) * 3;
                if (fromEdge < rail) {
                    paintRail(at, fromEdge / rail, along, y < height / 2, light, grain, pitch / rail);
                } else {
                    paintRoller(at, along - Math.floor(along), (fromEdge - rail) / rail, scuffs[x], light, grain);
                }
            }
        }
    }

    /** A cylinder across the picture with two lines of reflected light, and the dark gap beside it. */
    private void paintRoller(final int at, final double across, final double fromRail, final double scuff,
            final double light, final double grain) {
        final double u = (across - 0.46) / 0.43;
        double grey = 9;
        if (Math.abs(u) < 1) {
            final double round = Math.sqrt(1 - u * u);
            grey = 16 + 40 * round + 34 * peak(u + 0.42, 0.16) + 10 * peak(u - 0.55, 0.12) + scuff * round;
        }
        final double shade = Math.min(1, 0.35 + fromRail * 0.5);
        paint(at, grey * light * shade + grain, 0.93, 1.0, 1.09);
    }

    /** An aluminium profile with a groove, screws, and a yellow line on its inner edge. */
    private void paintRail(final int at, final double inward, final double along, final boolean upper,
            final double light, final double grain, final double aspect) {
        if (inward > 0.86) {
            paint(at, (upper ? 150 : 164) * light + grain, 1.25, 0.98, 0.22);
            return;
        }
        double grey = 104 + (upper ? 22 : -14) * (0.5 - inward);
        if (inward > 0.74 || inward > 0.2 && inward < 0.26) {
            grey -= 42;
        }
        final double dx = (along / 2 - Math.floor(along / 2) - 0.5) * 2 * aspect;
        final double dy = inward - 0.5;
        final double distance = Math.sqrt(dx * dx + dy * dy);
        if (distance < 0.2) {
            grey += distance < 0.09 ? -70 : 26 - 60 * (dx + dy);
        } else if (distance < 0.26) {
            grey -= 34;
        }
        paint(at, grey * light + grain, 0.98, 1.0, 1.03);
    }

    private void paint(final int at, final double grey, final double red, final double green, final double blue) {
        pixels[at] = level(grey * red);
        pixels[at + 1] = level(grey * green);
        pixels[at + 2] = level(grey * blue);
    }

    private static byte level(final double value) {
        return (byte) Math.max(0, Math.min(255, (int) (value + 0.5)));
    }

    private static double peak(final double distance, final double width) {
        final double hill = Math.max(0, 1 - distance * distance / (width * width));
        return hill * hill;
    }

    private static double lamp(final double x, final double y) {
        return 1.15 - 1.1 * (0.75 * x * x + y * y);
    }

    /** Wear along the rollers: a slow walk of a few grey levels over the columns. */
    private static double[] scuffs(final int width, final SceneRandom random) {
        final double[] scuffs = new double[width];
        double level = 0;
        for (int x = 0; x < width; x++) {
            level = 0.9 * level + random.normal();
            scuffs[x] = level;
        }
        return scuffs;
    }
}
