/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import java.awt.Color;

/**
 * Colours for classes that people with any kind of colour vision can tell apart: the palette of Okabe and Ito
 * ("Color Universal Design", 2008) without black, and lighter and darker rounds of it for more than seven classes.
 */
public final class Palette {

    /** Background of neutral tags. */
    static final Color NEUTRAL = new Color(0x26, 0x2B, 0x33);

    /** Background of failures. */
    static final Color ALARM = new Color(0xB0, 0x1E, 0x1E);

    private static final Color[] CLASSES = {
        new Color(0xD5, 0x5E, 0x00), new Color(0x56, 0xB4, 0xE9), new Color(0xF0, 0xE4, 0x42),
        new Color(0xCC, 0x79, 0xA7), new Color(0x00, 0x9E, 0x73), new Color(0xE6, 0x9F, 0x00),
        new Color(0x00, 0x72, 0xB2),
    };

    private Palette() {
    }

    /** The colour of a class; the same index has the same colour in every picture. */
    public static Color of(final int classIndex) {
        final int index = Math.floorMod(classIndex, CLASSES.length * 3);
        final Color colour = CLASSES[index % CLASSES.length];
        return switch (index / CLASSES.length) {
            case 0 -> colour;
            case 1 -> mix(colour, Color.WHITE, 0.5);
            default -> mix(colour, Color.BLACK, 0.4);
        };
    }

    /** Black or white, whichever has the higher contrast on the background (WCAG 2.1, relative luminance). */
    static Color inkOn(final Color background) {
        final double luminance = luminance(background);
        return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? Color.WHITE : new Color(0x11, 0x11, 0x11);
    }

    /** Contrast of two colours, 1 to 21 (WCAG 2.1). */
    static double contrast(final Color one, final Color other) {
        final double a = luminance(one) + 0.05;
        final double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(final Color colour) {
        return 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen()) + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(final int sample) {
        final double value = sample / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static Color mix(final Color one, final Color other, final double share) {
        return new Color(mix(one.getRed(), other.getRed(), share), mix(one.getGreen(), other.getGreen(), share),
                mix(one.getBlue(), other.getBlue(), share));
    }

    private static int mix(final int one, final int other, final double share) {
        return (int) Math.round(one * (1 - share) + other * share);
    }
}
