/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters as strokes, so that pictures can be labelled on a machine that has no fonts at all.
 *
 * <p>A Java runtime without fontconfig and without font files throws on the first {@code drawString}; an industrial
 * box is often such a machine. The letters here are center lines of our own on a grid of 14 units per capital letter,
 * drawn with a round pen by the pure Java rasterizer: sharp at every size, and no file is read.
 *
 * <p>Known are ASCII, common signs of measuring, and Latin letters with accents (taken apart into letter and mark).
 * Any other character becomes an empty box. Thread-safe.
 */
public final class StrokeFont {

    /** Width of the pen for letters of capital height 1. */
    public static final double PEN = 0.135;

    /** How far letters reach below the baseline at capital height 1. */
    public static final double DESCENT = 4.0 / 14.0;

    private static final double CAPITAL = 14;
    private static final double GAP = 3.3;
    private static final double SPACE = 4.2;
    private static final double CAPITAL_MARK_SHIFT = -4;
    private static final int DIAERESIS = 0x308;
    private static final int CEDILLA = 0x327;
    private static final double ROUNDNESS = 0.58;
    private static final Map<Integer, Glyph> GLYPHS = read(StrokeGlyphs.TABLE);
    private static final Glyph UNKNOWN = GLYPHS.get(0xFFFD);

    private StrokeFont() {
    }

    /** Width of one line of text in pixels, from the first to the last center line. */
    public static double width(final String text, final double capitalHeight) {
        double end = 0;
        for (final Placed placed : place(text)) {
            end = Math.max(end, placed.x + placed.glyph.width);
        }
        return end * capitalHeight / CAPITAL;
    }

    /**
     * The center lines of one line of text.
     *
     * @param x        of the left edge in pixels
     * @param baseline y of the baseline in pixels
     */
    public static Path2D lines(final String text, final double x, final double baseline,
            final double capitalHeight) {
        final double scale = capitalHeight / CAPITAL;
        final Path2D lines = new Path2D.Double();
        for (final Placed placed : place(text)) {
            final AffineTransform place = new AffineTransform(scale, 0, 0, scale, x + placed.x * scale,
                    baseline + (placed.y - CAPITAL) * scale);
            lines.append(placed.glyph.path.getPathIterator(place), false);
        }
        return lines;
    }

    /** The text cut to a width, with an ellipsis where something is missing. */
    public static String fit(final String text, final double capitalHeight, final double width) {
        if (width(text, capitalHeight) <= width) {
            return text;
        }
        int kept = text.length();
        while (kept > 0 && width(text.substring(0, kept).stripTrailing() + "…", capitalHeight) > width) {
            kept--;
        }
        return kept == 0 ? "" : text.substring(0, kept).stripTrailing() + "…";
    }

    private static List<Placed> place(final String text) {
        final List<Placed> placed = new ArrayList<>(text.length());
        final int[] characters = Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().toArray();
        double x = 0;
        Placed base = null;
        for (final int character : characters) {
            final boolean mark = Character.getType(character) == Character.NON_SPACING_MARK;
            if (mark && base != null) {
                addMark(placed, base, character);
            } else if (Character.isWhitespace(character)) {
                x += SPACE;
                base = null;
            } else if (!Character.isISOControl(character) && !mark) {
                base = new Placed(GLYPHS.getOrDefault(character, UNKNOWN), x, 0, character);
                placed.add(base);
                x += base.glyph.width + GAP;
            }
        }
        return placed;
    }

    private static void addMark(final List<Placed> placed, final Placed base, final int mark) {
        final Glyph glyph = GLYPHS.getOrDefault(mark, GLYPHS.get(DIAERESIS));
        final boolean tall = base.character < 'a' || "bdfhklt".indexOf(base.character) >= 0;
        final double y = tall && mark != CEDILLA ? CAPITAL_MARK_SHIFT : 0;
        placed.add(new Placed(glyph, base.x + (base.glyph.width - glyph.width) / 2, y, mark));
    }

    private static Map<Integer, Glyph> read(final String table) {
        final Map<Integer, Glyph> glyphs = new HashMap<>();
        for (final String line : table.split("\n")) {
            final String[] words = line.strip().split("\\s+");
            final int character = words[0].startsWith("U+") && words[0].length() > 2
                    ? Integer.parseInt(words[0].substring(2), 16) : words[0].codePointAt(0);
            glyphs.put(character, new Glyph(Double.parseDouble(words[1]), path(words)));
        }
        return glyphs;
    }

    /**
     * Reads the commands M and L (move, line), Z (close), D (dot), Q (quadratic curve: control and end point), and
     * h and v: a quarter of a slightly squared ellipse that leaves horizontally or vertically.
     */
    private static Path2D path(final String[] words) {
        final Path2D path = new Path2D.Double();
        double x = 0;
        double y = 0;
        int next = 2;
        while (next < words.length) {
            final char command = words[next].charAt(0);
            if (command == 'Z') {
                path.closePath();
                next++;
                continue;
            }
            final double toX = Double.parseDouble(words[next].substring(1));
            final double toY = Double.parseDouble(words[next + 1]);
            next += 2;
            if (command == 'M') {
                path.moveTo(toX, toY);
            } else if (command == 'L') {
                path.lineTo(toX, toY);
            } else if (command == 'D') {
                path.moveTo(toX - 0.15, toY);
                path.lineTo(toX + 0.15, toY);
            } else if (command == 'h') {
                path.curveTo(x + ROUNDNESS * (toX - x), y, toX, toY - ROUNDNESS * (toY - y), toX, toY);
            } else if (command == 'v') {
                path.curveTo(x, y + ROUNDNESS * (toY - y), toX - ROUNDNESS * (toX - x), toY, toX, toY);
            } else if (command == 'Q') {
                x = Double.parseDouble(words[next]);
                y = Double.parseDouble(words[next + 1]);
                next += 2;
                path.quadTo(toX, toY, x, y);
                continue;
            } else {
                throw new IllegalStateException("Glyph " + words[0] + " has an unknown command " + command);
            }
            x = toX;
            y = toY;
        }
        return path;
    }

    private record Glyph(double width, Path2D path) {
    }

    private record Placed(Glyph glyph, double x, double y, int character) {
    }
}
