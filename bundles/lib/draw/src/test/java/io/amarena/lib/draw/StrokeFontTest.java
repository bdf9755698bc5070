/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

class StrokeFontTest {

    @Test
    void every_printable_ascii_character_has_a_glyph_of_its_own() {
        final Rectangle2D unknown = StrokeFont.lines("漢", 0, 0, 14).getBounds2D();
        for (char character = '!'; character <= '~'; character++) {
            final Rectangle2D bounds = StrokeFont.lines(String.valueOf(character), 0, 0, 14).getBounds2D();
            assertTrue(bounds.getWidth() + bounds.getHeight() > 0, "no lines for " + character);
            assertTrue(!bounds.equals(unknown), "the empty box for " + character);
        }
    }

    @Test
    void letters_stay_between_ascent_and_descent() {
        for (char character = '!'; character <= '~'; character++) {
            final Rectangle2D bounds = StrokeFont.lines(String.valueOf(character), 0, 100, 14).getBounds2D();
            assertTrue(bounds.getMinY() >= 100 - 14 - 2.5 && bounds.getMaxY() <= 100 + 14 * StrokeFont.DESCENT,
                    character + " reaches over the line: " + bounds);
        }
    }

    @Test
    void lines_lie_within_the_width_that_was_told() {
        final String text = "The quick brown fox, 0.97 & Größe — 漢字";
        final Rectangle2D bounds = StrokeFont.lines(text, 10, 50, 21).getBounds2D();
        assertTrue(bounds.getMinX() >= 10 - 0.01);
        assertTrue(bounds.getMaxX() <= 10 + StrokeFont.width(text, 21) + 1);
    }

    @Test
    void accents_sit_on_their_letter_and_take_no_room() {
        assertEquals(StrokeFont.width("Oe", 14), StrokeFont.width("Öe", 14), 1e-9);
        assertTrue(StrokeFont.lines("Ö", 0, 14, 14).getBounds2D().getMinY() < -2);
        assertTrue(StrokeFont.lines("ö", 0, 14, 14).getBounds2D().getMinY() > 0);
    }

    @Test
    void width_grows_with_height() {
        assertEquals(2 * StrokeFont.width("scratch", 10), StrokeFont.width("scratch", 20), 1e-9);
    }

    @Test
    void text_that_is_too_long_is_cut_with_an_ellipsis() {
        final double room = StrokeFont.width("scratched p", 14);
        final String cut = StrokeFont.fit("scratched plate", 14, room);
        assertTrue(cut.endsWith("…") && cut.startsWith("scratch"), cut);
        assertTrue(StrokeFont.width(cut, 14) <= room);
        assertEquals("short", StrokeFont.fit("short", 14, 500));
        assertEquals("", StrokeFont.fit("wide", 14, 1));
    }
}
