/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SceneTest {

    private static final SceneSettings SMALL = SceneSettings.standard(3).withSize(320, 180);

    @Test
    void the_same_seed_and_number_give_the_same_pixels_whatever_was_drawn_before() {
        final byte[] one = new byte[SMALL.frameBytes()];
        final byte[] other = new byte[SMALL.frameBytes()];
        final Scene fresh = new Scene(SMALL);
        final GroundTruth truth = fresh.render(5, one);
        final Scene used = new Scene(SMALL);
        used.render(9, other);
        assertEquals(truth, used.render(5, other));
        assertArrayEquals(one, other);
        used.render(6, other);
        assertFalse(Arrays.equals(one, other));
    }

    @Test
    void every_kind_appears_about_as_often_as_the_settings_say_with_its_box_inside_the_frame() {
        final Scene scene = new Scene(SMALL);
        final byte[] pixels = new byte[SMALL.frameBytes()];
        final Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            final GroundTruth truth = scene.render(i, pixels);
            seen.merge(truth.label(), 1, Integer::sum);
            assertTrue(truth.x() >= 0 && truth.y() >= 0 && truth.x() + truth.width() <= 320
                    && truth.y() + truth.height() <= 180, truth.toString());
            assertEquals(!truth.label().equals(GroundTruth.OK), truth.defective());
        }
        assertEquals(6, seen.size(), seen.toString());
        assertTrue(Math.abs(seen.get(GroundTruth.OK) - 300) < 60, seen.toString());
        seen.forEach((label, count) -> assertTrue(count > 30, seen.toString()));
    }

    @Test
    void drifting_light_changes_the_brightness_and_blur_takes_detail_away() {
        final double steady = brightness(SMALL, 150);
        assertEquals(steady * 1.4, brightness(SMALL.withDrift(0.4, 600), 150), 0.12 * steady);
        assertTrue(detail(SMALL.withBlur(2)) < 0.6 * detail(SMALL));
    }

    @Test
    void a_size_out_of_range_is_named_with_the_range() {
        final String message = assertThrows(IllegalArgumentException.class, () -> SMALL.withSize(10, 720)).getMessage();
        assertTrue(message.contains("width") && message.contains("64"), message);
    }

    private static double brightness(final SceneSettings settings, final long sequence) {
        final byte[] pixels = new byte[settings.frameBytes()];
        new Scene(settings).render(sequence, pixels);
        long sum = 0;
        for (final byte sample : pixels) {
            sum += Byte.toUnsignedInt(sample);
        }
        return (double) sum / pixels.length;
    }

    private static double detail(final SceneSettings settings) {
        final byte[] pixels = new byte[settings.frameBytes()];
        new Scene(settings).render(1, pixels);
        long sum = 0;
        for (int i = 3; i < pixels.length; i++) {
            sum += Math.abs(Byte.toUnsignedInt(pixels[i]) - Byte.toUnsignedInt(pixels[i - 3]));
        }
        return sum;
    }
}
