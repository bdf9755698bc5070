/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Draws boxes, tags and text on one picture, everything within its edges. Not thread-safe; close it. */
final class Canvas implements AutoCloseable {

    private static final Color HALO = new Color(0, 0, 0, 150);
    private static final Color CAPTION = new Color(0xD7, 0xDC, 0xE2);
    private static final float[] DASHES = {4f, 3f};

    private final BufferedImage picture;
    private final Graphics2D graphics;
    private final Proportions proportions;
    private final TagPlacement tags;

    Canvas(final BufferedImage picture) {
        this(picture, Proportions.of(picture.getWidth(), picture.getHeight()));
    }

    Canvas(final BufferedImage picture, final Proportions proportions) {
        this.picture = picture;
        this.graphics = picture.createGraphics();
        this.proportions = proportions;
        this.tags = new TagPlacement(picture.getWidth(), picture.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    /** Lines of a box with a dark halo, so that they are seen on every background. */
    void box(final Rectangle2D box, final Color colour, final boolean dashed) {
        if (Double.isNaN(box.getX() + box.getY() + box.getWidth() + box.getHeight())) {
            return;
        }
        final double line = proportions.line();
        final Rectangle2D drawn = sharp(within(box, line / 2), line);
        final RoundRectangle2D shape = new RoundRectangle2D.Double(drawn.getX(), drawn.getY(), drawn.getWidth(),
                drawn.getHeight(), line * 1.5, line * 1.5);
        graphics.setColor(HALO);
        graphics.setStroke(new BasicStroke((float) (line * 1.9), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
        graphics.setColor(colour);
        graphics.setStroke(dashed
                ? new BasicStroke((float) line, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
                        new float[] {(float) (DASHES[0] * line), (float) (DASHES[1] * line)}, 0)
                : new BasicStroke((float) line, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    /**
     * A tag beside a box.
     *
     * @param below whether it should rather be below the box than above it
     */
    void tagAt(final Rectangle2D box, final String text, final Color background, final boolean below) {
        if (Double.isNaN(box.getX() + box.getY() + box.getWidth() + box.getHeight())) {
            tagListed(text, background);
            return;
        }
        final String fitting = fitting(text);
        tag(tags.beside(outer(box), tagWidth(fitting), proportions.tagHeight(), below), fitting, background);
    }

    /**
     * A tag beside a box among many, left out where it would cover one of them or another tag.
     *
     * @param objects all of the boxes
     */
    void tagInCrowd(final Rectangle2D box, final String text, final Color background, final List<Rectangle2D> objects) {
        final String fitting = fitting(text);
        tags.inCrowd(outer(box), tagWidth(fitting), proportions.tagHeight(), objects)
                .ifPresent(place -> tag(place, fitting, background));
    }

    private Rectangle2D outer(final Rectangle2D box) {
        final double line = proportions.line();
        return new Rectangle2D.Double(box.getX() - line / 2, box.getY() - line / 2, box.getWidth() + line,
                box.getHeight() + line);
    }

    /** A tag in the list in the left upper corner. */
    void tagListed(final String text, final Color background) {
        final String fitting = fitting(text);
        tag(tags.listed(proportions.padding(), tagWidth(fitting), proportions.tagHeight()), fitting, background);
    }

    /** A tag in the list whose background shows a share from 0 to 1 as a bar; all such tags have one width. */
    void meterListed(final String text, final double share, final double width, final Color colour) {
        final Rectangle2D place = tags.listed(proportions.padding(), Math.min(width, picture.getWidth()),
                proportions.tagHeight());
        tag(place, text, Palette.NEUTRAL);
        final double height = Math.max(2, proportions.line() * 1.4);
        graphics.setColor(colour);
        graphics.fill(new Rectangle2D.Double(place.getX(), place.getMaxY() - height,
                place.getWidth() * Math.max(0, Math.min(1, share)), height));
    }

    /** Text over the whole width at the top, wrapped, at most that many lines. */
    void banner(final String text, final Color background, final int mostLines) {
        final double padding = proportions.padding() * 1.5;
        final List<String> lines = wrap(text, picture.getWidth() - 2 * padding, mostLines);
        final double step = proportions.capital() * 1.75;
        final double height = Math.min(picture.getHeight(),
                2 * padding + proportions.capital() + step * (lines.size() - 1));
        graphics.setColor(background);
        graphics.fill(new Rectangle2D.Double(0, 0, picture.getWidth(), height));
        double baseline = padding + proportions.capital();
        for (final String line : lines) {
            text(line, padding, baseline, Palette.inkOn(background));
            baseline += step;
        }
    }

    double tagWidth(final String text) {
        return Math.min(picture.getWidth(), Math.ceil(StrokeFont.width(text, proportions.capital())
                + proportions.capital() * StrokeFont.PEN + 2 * proportions.padding()));
    }

    /** One light line of text in the middle of the picture's height, cut to its width. */
    void caption(final String text) {
        text(fitting(text), proportions.padding(), (picture.getHeight() + proportions.capital()) / 2, CAPTION);
    }

    private void text(final String text, final double x, final double baseline, final Color colour) {
        final Path2D lines = StrokeFont.lines(text, x, baseline, proportions.capital());
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) Math.max(1.1, proportions.capital() * StrokeFont.PEN),
                BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(lines);
    }

    @Override
    public void close() {
        graphics.dispose();
    }

    private void tag(final Rectangle2D place, final String text, final Color background) {
        final double corner = proportions.capital() * 0.35;
        graphics.setColor(background);
        graphics.fill(new RoundRectangle2D.Double(place.getX(), place.getY(), place.getWidth(), place.getHeight(),
                corner, corner));
        final double pen = proportions.capital() * StrokeFont.PEN;
        text(text, place.getX() + proportions.padding() + pen / 2,
                place.getY() + (place.getHeight() + proportions.capital()) / 2, Palette.inkOn(background));
    }

    private String fitting(final String text) {
        return StrokeFont.fit(text, proportions.capital(), picture.getWidth() - 2 * proportions.padding()
                - proportions.capital() * StrokeFont.PEN);
    }

    private Rectangle2D within(final Rectangle2D box, final double edge) {
        final double left = Math.max(edge, Math.min(box.getX(), picture.getWidth() - edge));
        final double top = Math.max(edge, Math.min(box.getY(), picture.getHeight() - edge));
        final double right = Math.max(left, Math.min(box.getMaxX(), picture.getWidth() - edge));
        final double bottom = Math.max(top, Math.min(box.getMaxY(), picture.getHeight() - edge));
        return new Rectangle2D.Double(left, top, right - left, bottom - top);
    }

    /** Moved by less than a pixel, so that the edges of its line are edges of pixels. */
    private static Rectangle2D sharp(final Rectangle2D box, final double line) {
        final double middle = line % 2 / 2;
        final double left = Math.floor(box.getX()) + middle;
        final double top = Math.floor(box.getY()) + middle;
        return new Rectangle2D.Double(left, top, Math.round(box.getMaxX() - left), Math.round(box.getMaxY() - top));
    }

    private List<String> wrap(final String text, final double width, final int mostLines) {
        final List<String> lines = new ArrayList<>();
        final StringBuilder line = new StringBuilder();
        for (final String word : text.strip().split("\\s+")) {
            final String longer = line.length() == 0 ? word : line + " " + word;
            if (line.length() > 0 && StrokeFont.width(longer, proportions.capital()) > width) {
                if (lines.size() + 1 == mostLines) {
                    lines.add(StrokeFont.fit(line + " …", proportions.capital(), width));
                    return lines;
                }
                lines.add(StrokeFont.fit(line.toString(), proportions.capital(), width));
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(StrokeFont.fit(line.toString(), proportions.capital(), width));
        return lines;
    }
}
