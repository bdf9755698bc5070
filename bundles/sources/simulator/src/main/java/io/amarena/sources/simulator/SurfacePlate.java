/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * Draws the brightness of one square plate: a metal finish under slanting light, and three rows of three rivets.
 * What a plate looks like comes from the random numbers alone. Not for use by several threads.
 */
final class SurfacePlate {
    /** A plate has this many rivets in three rows. */
    static final int RIVETS = 9;
    /** Radius of a rivet's head, as a share of the plate's side. */
    private static final double HEAD = 0.045;
    /** How far a rivet's shadow and a hole's worn edge reach, in radii. */
    private static final double REACH = 1.4;

    private final SurfaceTexture brushed;
    private final SurfaceTexture cast;
    private final SurfaceTexture blasted;
    private final int[] columns;
    private final int[] rows;
    private final int[] slope;

    SurfacePlate(final int maxSide, final SceneRandom random) {
        brushed = SurfaceTexture.brushed(maxSide, random);
        cast = SurfaceTexture.cast(maxSide, random);
        blasted = SurfaceTexture.blasted(maxSide, random);
        columns = new int[maxSide];
        rows = new int[maxSide];
        slope = new int[maxSide];
    }

    /**
     * Draws a plate over the whole plane.
     *
     * @param missing the rivet to leave out, or -1
     * @return the box of the missing rivet, or null when all are there
     */
    PlateBox draw(final GreyPlane plane, final SceneRandom random, final int missing) {
        drawFinish(plane, random);
        final int side = plane.side();
        final int play = Math.max(1, side / 24);
        final int shiftX = random.below(2 * play + 1) - play;
        final int shiftY = random.below(2 * play + 1) - play;
        final double radius = Math.max(2, side * HEAD);
        final double gloss = random.between(26, 44);
        PlateBox gap = null;
        for (int i = 0; i < RIVETS; i++) {
            final int x = (int) (side * (0.2 + 0.3 * (i % 3))) + shiftX;
            final int y = (int) (side * (0.2 + 0.3 * (i / 3))) + shiftY;
            if (i == missing) {
                drawHole(plane, x, y, radius, random.between(14, 60));
                gap = PlateBox.within(side, x - 1.3 * radius, y - 1.3 * radius, x + 1.3 * radius, y + 1.3 * radius);
            } else {
                drawRivet(plane, x, y, radius, gloss);
            }
        }
        return gap;
    }

    private void drawFinish(final GreyPlane plane, final SceneRandom random) {
        final int side = plane.side();
        final int kind = random.below(3);
        final SurfaceTexture texture = kind == 0 ? brushed : kind == 1 ? cast : blasted;
        final double contrast = kind == 0 ? random.between(3, 8) : random.between(2.5, 6.5);
        texture.positions(columns, side, random.below(texture.side()), random.chance(0.5));
        texture.positions(rows, side, random.below(texture.side()), random.chance(0.5));

        final double base = random.between(100, 172);
        final double rampX = random.between(-28, 28);
        final double rampY = random.between(-28, 28);
        final double sheen = kind == 0 ? random.between(4, 16) : 0;
        final double sheenAt = random.between(0.1, 0.9);
        for (int x = 0; x < side; x++) {
            final double across = (x + 0.5) / side;
            final double distance = (across - sheenAt) / 0.3;
            final double band = Math.max(0, 1 - distance * distance);
            slope[x] = (int) (GreyPlane.LEVEL * (rampX * (across - 0.5) + sheen * band * band));
        }

        final short[] values = plane.values();
        final byte[] noise = texture.values();
        final int strength = (int) (contrast * GreyPlane.LEVEL * 256 / SurfaceTexture.DEVIATION);
        for (int y = 0; y < side; y++) {
            final int light = (int) (GreyPlane.LEVEL * (base + rampY * ((y + 0.5) / side - 0.5)));
            final int from = rows[y] * texture.side();
            final int to = y * side;
            for (int x = 0; x < side; x++) {
                final int value = light + slope[x] + (noise[from + columns[x]] * strength >> 8);
                values[to + x] = (short) Math.max(0, value);
            }
        }
    }

    /** A domed head, lit from the upper left, with its shadow on the plate. */
    private static void drawRivet(final GreyPlane plane, final int x, final int y, final double radius,
            final double gloss) {
        final int reach = (int) Math.ceil(radius * REACH);
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                final double u = dx / radius;
                final double v = dy / radius;
                final double distance = Math.sqrt(u * u + v * v);
                if (distance >= REACH) {
                    continue;
                }
                final double head = share((1 - distance) * radius + 0.5);
                final double glint = Math.max(0, 1 - ((u + 0.35) * (u + 0.35) + (v + 0.4) * (v + 0.4)) * 5);
                final double rim = Math.max(0, distance - 0.8) * 5;
                final double dome = 0.7 * gloss - 0.75 * gloss * (0.5 * u + 0.7 * v) + 0.9 * gloss * glint * glint
                        - 0.7 * gloss * rim * rim;
                final double shadow = 26 * share((REACH - distance) / (REACH - 1)) * share(0.55 + 0.5 * (u + v));
                plane.add(x + dx, y + dy, head * dome - (1 - head) * shadow);
            }
        }
    }

    /** The empty hole that a rivet left: dark, its lower right wall in the light, around it a paler ring. */
    private static void drawHole(final GreyPlane plane, final int x, final int y, final double radius,
            final double depth) {
        final int reach = (int) Math.ceil(radius * REACH);
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                final double u = dx / radius;
                final double v = dy / radius;
                final double distance = Math.sqrt(u * u + v * v);
                final double hole = share((0.62 - distance) * radius + 0.5);
                final double wall = share((distance - 0.35) * 3) * share(0.2 + 0.8 * (u + v));
                final double worn = share((1.05 - distance) * radius * 0.5);
                plane.add(x + dx, y + dy, hole * (depth * (1.1 * wall - 1)) + (1 - hole) * worn * 5);
            }
        }
    }

    private static double share(final double value) {
        return Math.max(0, Math.min(1, value));
    }
}
