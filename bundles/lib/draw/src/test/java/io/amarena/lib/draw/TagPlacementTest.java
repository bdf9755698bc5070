/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TagPlacementTest {

    @Test
    void a_tag_goes_above_its_box_where_there_is_room() {
        final Rectangle2D tag = new TagPlacement(640, 480).beside(box(100, 100, 50, 50), 80, 20, false);
        assertEquals(new Rectangle2D.Double(100, 80, 80, 20), tag);
    }

    @Test
    void a_tag_goes_below_a_box_at_the_upper_edge() {
        final Rectangle2D tag = new TagPlacement(640, 480).beside(box(100, 3, 50, 50), 80, 20, false);
        assertEquals(new Rectangle2D.Double(100, 53, 80, 20), tag);
    }

    @Test
    void a_tag_of_a_box_that_fills_the_picture_lies_inside() {
        final Rectangle2D tag = new TagPlacement(640, 480).beside(box(0, 0, 640, 480), 80, 20, false);
        assertEquals(new Rectangle2D.Double(0, 0, 80, 20), tag);
    }

    @Test
    void tags_never_leave_the_picture() {
        final Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            final Rectangle2D tag = new TagPlacement(320, 240).beside(box(random.nextInt(400) - 40,
                    random.nextInt(300) - 30, random.nextInt(400), random.nextInt(300)),
                    1 + random.nextInt(320), 20, random.nextBoolean());
            assertTrue(new Rectangle2D.Double(0, 0, 320, 240).contains(tag), tag.toString());
        }
    }

    @Test
    void tags_of_boxes_at_one_place_do_not_cover_each_other() {
        final TagPlacement placement = new TagPlacement(640, 480);
        final List<Rectangle2D> placed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            final Rectangle2D tag = placement.beside(box(300, 200, 60, 60), 70, 20, false);
            for (final Rectangle2D other : placed) {
                assertFalse(tag.intersects(other), tag + " covers " + other);
            }
            placed.add(tag);
        }
    }

    @Test
    void in_a_crowd_a_tag_hides_no_object_and_is_left_out_where_there_is_no_room() {
        final TagPlacement placement = new TagPlacement(640, 480);
        final List<Rectangle2D> faces = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            faces.add(box(60 + i % 10 * 50, 60 + i / 10 * 50, 22, 28));
        }
        int placed = 0;
        for (final Rectangle2D face : faces) {
            final Optional<Rectangle2D> tag = placement.inCrowd(face, 70, 20, faces);
            placed += tag.isPresent() ? 1 : 0;
            assertTrue(tag.stream().noneMatch(place -> faces.stream().anyMatch(place::intersects)), tag.toString());
        }
        assertTrue(placed > 10 && placed < 60, placed + " tags have room");
    }

    @Test
    void listed_tags_go_below_each_other() {
        final TagPlacement placement = new TagPlacement(640, 480);
        final Rectangle2D first = placement.listed(8, 100, 20);
        final Rectangle2D second = placement.listed(8, 120, 20);
        assertTrue(second.getY() >= first.getMaxY());
    }

    private static Rectangle2D box(final double x, final double y, final double width, final double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }
}
