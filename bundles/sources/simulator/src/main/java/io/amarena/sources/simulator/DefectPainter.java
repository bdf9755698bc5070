/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * Draws scratches, dents, stains and cracks on a plate, and says where they are. (A missing rivet is a matter of
 * {@link SurfacePlate}.) All sizes are shares of the plate's side. Not for use by several threads.
 */
final class DefectPainter {
    /** The boxes of thin defects are this much wider than the defect on every side. */
    private static final double MARGIN = 0.016;

    private final CoverageMask mask;

    /** @param maxSide the side of the largest plate to come, in pixels */
    DefectPainter(final int maxSide) {
        mask = new CoverageMask(maxSide);
    }

    PlateBox draw(final DefectKind kind, final GreyPlane plane, final SceneRandom random) {
        return switch (kind) {
            case SCRATCH -> scratch(plane, random);
            case DENT -> dent(plane, random);
            case STAIN -> stain(plane, random);
            case CRACK -> crack(plane, random);
            case MISSING_RIVET -> throw new IllegalArgumentException("a missing rivet is left out, not drawn");
        };
    }

    /** A bright, slightly bent line that is thin at its ends. */
    private PlateBox scratch(final GreyPlane plane, final SceneRandom random) {
        final int side = plane.side();
        final double angle = random.between(0, Math.PI);
        final double half = side * random.between(0.125, 0.3);
        final double centreX = side * random.between(0.3, 0.7);
        final double centreY = side * random.between(0.3, 0.7);
        final double bend = half * random.between(-0.08, 0.08);
        final double radius = side * random.between(0.0032, 0.0065);
        final double cos = StrictMath.cos(angle);
        final double sin = StrictMath.sin(angle);
        final int pieces = 12;

        mask.start(side);
        double lastX = 0;
        double lastY = 0;
        double lastRadius = 0;
        for (int i = 0; i <= pieces; i++) {
            final double along = 2.0 * i / pieces - 1;
            final double across = bend * (1 - along * along);
            final double x = centreX + half * along * cos - across * sin;
            final double y = centreY + half * along * sin + across * cos;
            final double r = radius * (1 - 0.75 * along * along * along * along);
            if (i > 0) {
                mask.stroke(lastX, lastY, lastRadius, x, y, r);
            }
            lastX = x;
            lastY = y;
            lastRadius = r;
        }
        final PlateBox box = mask.box(MARGIN * side);
        plane.brighten(mask, box, random.between(45, 80));
        return box;
    }

    /** A shallow bowl: darker inside, the wall that faces the lamp bright, the other one in shadow. */
    private static PlateBox dent(final GreyPlane plane, final SceneRandom random) {
        final int side = plane.side();
        final double centreX = side * random.between(0.2, 0.8);
        final double centreY = side * random.between(0.2, 0.8);
        final double radius = side * random.between(0.07, 0.14);
        final double depth = random.between(10, 25);
        final double relief = random.between(19, 32);
        final double reach = 1.6;
        final PlateBox touched = PlateBox.within(side, centreX - reach * radius, centreY - reach * radius,
                centreX + reach * radius, centreY + reach * radius);
        for (int y = touched.top(); y < touched.bottom(); y++) {
            for (int x = touched.left(); x < touched.right(); x++) {
                final double u = (x + 0.5 - centreX) / radius;
                final double v = (y + 0.5 - centreY) / radius;
                final double fade = Math.max(0, 1 - (u * u + v * v) / (reach * reach));
                plane.add(x, y, fade * fade * (relief * (u + v) - depth * fade * fade));
            }
        }
        return PlateBox.within(side, centreX - 1.2 * radius, centreY - 1.2 * radius, centreX + 1.2 * radius,
                centreY + 1.2 * radius);
    }

    /** A dark blot of irregular outline with a soft edge. */
    private PlateBox stain(final GreyPlane plane, final SceneRandom random) {
        final int side = plane.side();
        final double centreX = side * random.between(0.2, 0.8);
        final double centreY = side * random.between(0.2, 0.8);
        final double radius = side * random.between(0.08, 0.16);
        final double[] hills = new double[3 * 9];
        for (int i = 0; i < hills.length; i += 3) {
            final double angle = random.between(0, 2 * Math.PI);
            final double away = i == 0 ? 0 : radius * random.between(0.25, 0.7);
            hills[i] = centreX + away * StrictMath.cos(angle);
            hills[i + 1] = centreY + away * StrictMath.sin(angle);
            hills[i + 2] = radius * (i == 0 ? 1 : random.between(0.3, 0.75));
        }
        mask.start(side);
        mask.blot(hills, random.between(0.25, 0.6));
        final PlateBox box = mask.box(0.004 * side);
        plane.darken(mask, box, random.between(0.28, 0.48));
        return box;
    }

    /** A dark, jagged walk that gets finer to its ends, often with a branch. */
    private PlateBox crack(final GreyPlane plane, final SceneRandom random) {
        final int side = plane.side();
        final int legs = 8 + random.below(8);
        final double radius = side * random.between(0.0048, 0.0075);
        final double x = side * random.between(0.3, 0.7);
        final double y = side * random.between(0.3, 0.7);
        final double angle = random.between(0, 2 * Math.PI);
        mask.start(side);
        walk(random, side, x, y, angle, legs, radius, 0.3);
        if (random.chance(0.5)) {
            walk(random, side, x, y, angle + random.between(1.5, 4.5), 2 + random.below(4), radius * 0.7, 1);
        }
        final PlateBox box = mask.box(MARGIN * side);
        plane.darken(mask, box, random.between(0.45, 0.7));
        return box;
    }

    private void walk(final SceneRandom random, final int side, final double startX, final double startY,
            final double startAngle, final int legs, final double radius, final double startShare) {
        double x = startX;
        double y = startY;
        double angle = startAngle;
        double r = radius * startShare;
        for (int leg = 0; leg < legs; leg++) {
            angle += 0.7 * random.normal();
            for (int piece = 0; piece < 3; piece++) {
                final double jag = angle + 0.55 * random.normal();
                final double nextX = inside(x + 0.016 * side * StrictMath.cos(jag), side);
                final double nextY = inside(y + 0.016 * side * StrictMath.sin(jag), side);
                final double progress = (leg + (piece + 1) / 3.0) / legs;
                final double fromStart = startShare + (1 - startShare) * Math.min(1, 4 * progress);
                final double nextR = radius * Math.min(fromStart, 1.15 - 0.9 * progress);
                mask.stroke(x, y, r, nextX, nextY, nextR);
                x = nextX;
                y = nextY;
                r = nextR;
            }
        }
    }

    private static double inside(final double coordinate, final int side) {
        return Math.max(0.02 * side, Math.min(0.98 * side, coordinate));
    }
}
