/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides where tags go: beside their boxes, always inside the picture, and over each other only when there is no
 * other place. One object per picture; not thread-safe.
 */
final class TagPlacement {

    private static final int FIRST_AT_SIDE = 4;
    private static final int FIRST_INSIDE = 8;

    private final double width;
    private final double height;
    private final List<Rectangle2D> taken = new ArrayList<>();

    TagPlacement(final double width, final double height) {
        this.width = width;
        this.height = height;
    }

    /**
     * The place for a tag at a box: above it, below it, at its sides, inside it, farther away; the first of these
     * that covers no other tag, or the one that covers least.
     *
     * @param below whether below comes before above
     */
    Rectangle2D beside(final Rectangle2D box, final double tagWidth, final double tagHeight, final boolean below) {
        final double[][] places = places(box, tagWidth, tagHeight, below);
        Rectangle2D best = null;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < places.length; i++) {
            final Rectangle2D candidate = inside(places[i][0], places[i][1], tagWidth, tagHeight);
            final boolean besideBox = i >= FIRST_AT_SIDE && i < FIRST_INSIDE;
            final double cost = covered(candidate) + Math.abs(candidate.getY() - places[i][1])
                    + (besideBox ? Math.abs(candidate.getX() - places[i][0]) : 0);
            if (cost < least) {
                least = cost;
                best = candidate;
            }
        }
        taken.add(best);
        return best;
    }

    /**
     * The place for a tag in a crowd: the first of the same places that covers neither another tag nor an object,
     * unless it lies within that object; empty when there is none, and the tag had better be left out.
     */
    Optional<Rectangle2D> inCrowd(final Rectangle2D box, final double tagWidth, final double tagHeight,
            final List<Rectangle2D> objects) {
        for (final double[] place : places(box, tagWidth, tagHeight, false)) {
            final Rectangle2D candidate = new Rectangle2D.Double(place[0], place[1], tagWidth, tagHeight);
            final boolean free = place[0] >= 0 && place[1] >= 0 && place[0] + tagWidth <= width
                    && place[1] + tagHeight <= height && covered(candidate) == 0
                    && objects.stream().noneMatch(object -> object.intersects(candidate)
                    && !object.contains(candidate));
            if (free) {
                taken.add(candidate);
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static double[][] places(final Rectangle2D box, final double tagWidth, final double tagHeight,
            final boolean below) {
        final double left = box.getX();
        final double right = box.getMaxX() - tagWidth;
        final double top = box.getY();
        final double bottom = box.getMaxY() - tagHeight;
        final double first = below ? box.getMaxY() : top - tagHeight;
        final double second = below ? top - tagHeight : box.getMaxY();
        return new double[][] {{left, first}, {left, second}, {right, first}, {right, second},
            {box.getMaxX(), top}, {box.getX() - tagWidth, top}, {box.getMaxX(), bottom},
            {box.getX() - tagWidth, bottom}, {left, top}, {left, bottom}, {right, top}, {right, bottom},
            {left, top - 2 * tagHeight}, {left, box.getMaxY() + tagHeight}};
    }

    /** A place in the left upper corner, below the tags that are there already. */
    Rectangle2D listed(final double margin, final double tagWidth, final double tagHeight) {
        double y = margin;
        for (final Rectangle2D other : taken) {
            if (other.getX() < margin + tagWidth && other.getMaxX() > margin && other.getY() < y + tagHeight
                    && other.getMaxY() > y) {
                y = other.getMaxY() + margin / 2;
            }
        }
        final Rectangle2D place = inside(margin, y, tagWidth, tagHeight);
        taken.add(place);
        return place;
    }

    private Rectangle2D inside(final double x, final double y, final double tagWidth, final double tagHeight) {
        return new Rectangle2D.Double(Math.max(0, Math.min(x, width - tagWidth)),
                Math.max(0, Math.min(y, height - tagHeight)), tagWidth, tagHeight);
    }

    private double covered(final Rectangle2D candidate) {
        double area = 0;
        for (final Rectangle2D other : taken) {
            final Rectangle2D shared = candidate.createIntersection(other);
            if (!shared.isEmpty()) {
                area += shared.getWidth() * shared.getHeight();
            }
        }
        return area;
    }
}
