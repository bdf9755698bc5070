/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.frame.Samples;
import io.amarena.api.result.Anomaly;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Classification.ClassScore;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Measurement;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Segmentation;
import io.amarena.api.result.Text;
import io.amarena.api.result.Values;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotatedPictureTest {

    private static final Optional<Truth> UNKNOWN = Optional.empty();

    @Test
    void a_box_is_drawn_in_the_colour_of_its_class_at_its_place() {
        final BufferedImage drawn = AnnotatedPicture.standard().draw(gray(640, 480),
                DrawnResult.of(640, 480, Detections.of(List.of(Detection.of(0, "hole", 0.9f, 200, 150, 100, 80)))),
                UNKNOWN);
        assertEquals(Palette.of(0).getRGB(), drawn.getRGB(250, 150));
        assertEquals(Palette.of(0).getRGB(), drawn.getRGB(200, 200));
        assertEquals(Palette.of(0).getRGB(), drawn.getRGB(300, 200));
        assertEquals(gray(1, 1).getRGB(0, 0), drawn.getRGB(250, 190));
    }

    @Test
    void boxes_follow_when_the_picture_is_reduced() {
        final BufferedImage drawn = AnnotatedPicture.bounded(320).draw(gray(1280, 960),
                DrawnResult.of(1280, 960, Detections.of(List.of(Detection.of(1, "x", 0.9f, 400, 400, 400, 400)))),
                UNKNOWN);
        assertEquals(320, drawn.getWidth());
        assertEquals(240, drawn.getHeight());
        assertEquals(Palette.of(1).getRGB(), drawn.getRGB(100, 150));
    }

    @Test
    void boxes_follow_when_the_frame_was_read_in_a_coarser_grid_than_the_result_says() {
        final BufferedImage drawn = AnnotatedPicture.standard().draw(gray(640, 480),
                DrawnResult.of(1280, 960, Detections.of(List.of(Detection.of(1, "x", 0.9f, 400, 400, 400, 400)))),
                UNKNOWN);
        assertEquals(Palette.of(1).getRGB(), drawn.getRGB(200, 300));
    }

    @Test
    void a_tiny_picture_is_enlarged_so_that_its_tags_can_be_read() {
        final BufferedImage drawn = AnnotatedPicture.standard().draw(gray(32, 24),
                DrawnResult.of(32, 24, Detections.of(List.of())), UNKNOWN);
        assertEquals(320, drawn.getWidth());
        assertEquals(240, drawn.getHeight());
    }

    @Test
    void the_given_picture_is_not_changed() {
        final BufferedImage given = gray(640, 480);
        AnnotatedPicture.standard().draw(given, DrawnResult.of(640, 480, Detections.of(List.of())), UNKNOWN);
        for (int x = 0; x < 640; x++) {
            assertEquals(gray(1, 1).getRGB(0, 0), given.getRGB(x, 12));
        }
    }

    @Test
    void the_truth_is_dashed() {
        final BufferedImage drawn = AnnotatedPicture.standard().draw(gray(640, 480),
                DrawnResult.of(640, 480, Detections.of(List.of())),
                Optional.of(new Truth("hole", List.of(Detection.of(0, "", 1, 200, 150, 200, 80)))));
        int white = 0;
        for (int x = 210; x < 390; x++) {
            white += drawn.getRGB(x, 150) == Color.WHITE.getRGB() ? 1 : 0;
        }
        assertTrue(white > 60 && white < 150, white + " white pixels in 180 of a dashed line");
    }

    @Test
    void a_failure_is_shown_in_words() {
        final BufferedImage drawn = AnnotatedPicture.standard().draw(gray(640, 480),
                DrawnResult.failed(640, 480, new Failure("decode", "The picture ends early. Send the whole file.")),
                UNKNOWN);
        assertEquals(Palette.ALARM.getRGB(), drawn.getRGB(639, 0));
    }

    @Test
    void a_failure_without_picture_is_shown_on_an_empty_one() {
        final BufferedImage drawn = AnnotatedPicture.standard()
                .drawWithoutPicture(DrawnResult.failed(0, 0, new Failure("decode", "no picture")));
        assertEquals(Palette.ALARM.getRGB(), drawn.getRGB(639, 0));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void every_kind_of_outcome_leaves_a_mark(final Outcome outcome) {
        final BufferedImage drawn = AnnotatedPicture.standard().draw(gray(640, 480),
                DrawnResult.of(640, 480, outcome), UNKNOWN);
        int changed = 0;
        for (int y = 0; y < 480; y++) {
            for (int x = 0; x < 640; x++) {
                changed += drawn.getRGB(x, y) == gray(1, 1).getRGB(0, 0) ? 0 : 1;
            }
        }
        assertTrue(changed > 500, outcome + " changed " + changed + " pixels");
    }

    static Stream<Outcome> outcomes() {
        return Stream.of(Detections.of(List.of()),
                Detections.of(List.of(Detection.of(40, "far outside", 1, -500, -500, 4000, 4000))),
                Detections.of(List.of(Detection.of(-3, "beyond", 0.1f, 9000, 9000, 10, 10))),
                Detections.of(List.of(Detection.of(0, "", Float.NaN, Float.NaN, 3, 10, 10))),
                Classification.of(List.of(new ClassScore(0, "a label that is far too long to fit ".repeat(9), 0.9f))),
                Segmentation.of(4, 3, new byte[] {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, -1}, List.of("a", "b", "c", "d")),
                new Anomaly(3.2, 1), new Measurement("gap", 1.25, "mm"), new Text("LOT 12/2026", 0.8),
                new Values("acme/1", Map.of("torque", 3.5)), () -> "unknown/1");
    }

    @Test
    void tags_can_be_read_on_every_class_colour() {
        for (int index = 0; index < 30; index++) {
            final Color background = Palette.of(index);
            assertTrue(Palette.contrast(background, Palette.inkOn(background)) >= 4.5, "class " + index);
        }
        assertNotEquals(Palette.of(0), Palette.of(7));
    }

    @Test
    void raw_frames_of_every_format_become_pictures() throws IOException {
        final byte[] bytes = {10, 20, 30, 40, 50, 60, 0, 0};
        assertEquals(0xFF0A141E, picture(2, 1, 8, PixelFormat.RGB, bytes).getRGB(0, 0));
        assertEquals(0xFF3C3228, picture(2, 1, 8, PixelFormat.BGR, bytes).getRGB(1, 0));
        assertEquals(0xFF323232, picture(2, 2, 4, PixelFormat.GRAY, bytes).getRGB(0, 1));
    }

    @Test
    void encoded_frames_become_pictures_and_large_ones_smaller_pictures() throws IOException {
        final byte[] png = PictureFile.png(gray(400, 200));
        assertEquals(400, FramePicture.of(new EncodedImage("image/png", ByteBuffer.wrap(png)), 400).getWidth());
        assertEquals(100, FramePicture.read(png, 50).getWidth());
    }

    @Test
    void what_is_no_picture_is_refused() {
        assertThrows(IOException.class, () -> FramePicture.read(new byte[] {1, 2, 3}, 100));
        assertThrows(IOException.class, () -> FramePicture.read(new byte[0], 100));
        final Samples samples = new Samples(1, 1, 0, ByteBuffer.allocate(4));
        assertThrows(IOException.class, () -> FramePicture.of(samples, 100));
    }

    @Test
    void a_truncated_picture_is_refused_or_read_but_never_ends_otherwise() {
        final byte[] jpeg = PictureFile.jpeg(gray(64, 64), 0.8f);
        for (int length = 0; length < jpeg.length; length += 7) {
            final byte[] cut = java.util.Arrays.copyOf(jpeg, length);
            try {
                FramePicture.read(cut, 64);
            } catch (final IOException expected) {
                assertTrue(expected.getMessage() != null);
            }
        }
    }

    @Test
    void the_limits_of_size_are_kept() {
        final PictureSize size = PictureSize.between(240, 1280);
        assertArrayEquals(new int[] {1280, 720}, size.fit(1920, 1080));
        assertArrayEquals(new int[] {640, 480}, size.fit(640, 480));
        assertArrayEquals(new int[] {1280, 1}, size.fit(100_000, 10));
        assertArrayEquals(new int[] {1000, 10}, size.fit(1000, 10));
        assertArrayEquals(new int[] {320, 240}, size.fit(64, 48));
    }

    private static BufferedImage picture(final int width, final int height, final int stride,
            final PixelFormat format, final byte[] bytes) throws IOException {
        return FramePicture.of(new Image(width, height, stride, format, ByteBuffer.wrap(bytes)), 100);
    }

    static BufferedImage gray(final int width, final int height) {
        final BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, 0x777777);
            }
        }
        return picture;
    }
}
