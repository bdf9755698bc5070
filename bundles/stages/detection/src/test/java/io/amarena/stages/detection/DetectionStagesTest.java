/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.StageContext;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionStagesTest {

    /** A frame of 200 x 100 pixels, halved and centred in an input of 100 x 100. */
    private static final Geometry LETTERBOX = new Geometry(200, 100, 100, 100, 0.5, 0.5, 0, 25);
    private static final Geometry SAME = new Geometry(100, 100, 100, 100, 1, 1, 0, 0);

    private final DetectionStages stages = new DetectionStages();

    @Test
    void boxes_are_mapped_back_to_the_frame_and_clipped() throws Exception {
        final Outputs outputs = new Outputs().with("s", Shape.of(1, 2, 1), 0.9f, 0.8f)
                .with("b", Shape.of(1, 2, 4), 0.1f, 0.3f, 0.3f, 0.5f, 0.9f, 0.6f, 1.2f, 0.9f);
        final List<Detection> found = read(outputs, outputs.context("detection/boxes", 1, null, "scores", "s", "boxes",
                "b"), LETTERBOX);
        assertBox(found.get(0), "a", 0.9, 20, 10, 40, 40);
        assertBox(found.get(1), "a", 0.8, 180, 70, 20, 30);
    }

    @Test
    void box_formats_and_units_mean_the_same_box() throws Exception {
        for (final Object[] form : new Object[][] {{"xyxy", new float[] {10, 20, 40, 60}},
            {"xywh", new float[] {10, 20, 30, 40}}, {"cxcywh", new float[] {25, 40, 30, 40}}}) {
            final Outputs outputs = new Outputs().with("s", Shape.of(1, 1, 1), 0.9f)
                    .with("b", Shape.of(1, 1, 4), (float[]) form[1]);
            assertBox(read(outputs, outputs.context("detection/boxes", 1, null, "scores", "s", "boxes", "b", "format",
                    form[0], "units", "input"), SAME).get(0), "a", 0.9, 10, 20, 30, 40);
        }
    }

    @Test
    void a_background_class_is_no_object() throws Exception {
        final Outputs outputs = new Outputs().with("s", Shape.of(1, 1, 2), 0.99f, 0.6f)
                .with("b", Shape.of(1, 1, 4), 0, 0, 0.5f, 0.5f);
        final List<Detection> found = read(outputs, outputs.context("detection/boxes", 2, null, "scores", "s", "boxes",
                "b", "background", 0.0), SAME);
        assertEquals(1, found.size());
        assertEquals("b", found.get(0).label());
    }

    @Test
    void overlapping_boxes_are_suppressed_within_a_class_only() throws Exception {
        final Outputs outputs = new Outputs().with("s", Shape.of(1, 3, 2), 0.9f, 0, 0.8f, 0, 0, 0.7f)
                .with("b", Shape.of(1, 3, 4), 0, 0, 0.5f, 0.5f, 0.02f, 0, 0.5f, 0.5f, 0, 0, 0.5f, 0.5f);
        final List<Detection> found = read(outputs, outputs.context("detection/boxes", 2, null, "scores", "s", "boxes",
                "b"), SAME);
        assertEquals(List.of("a", "b"), List.of(found.get(0).label(), found.get(1).label()));
        assertEquals(2, found.size());
    }

    @Test
    void the_floor_of_the_pipelines_decides_what_is_kept() throws Exception {
        final Outputs outputs = new Outputs().with("s", Shape.of(1, 1, 1), 0.3f)
                .with("b", Shape.of(1, 1, 4), 0, 0, 0.5f, 0.5f);
        assertEquals(0, read(outputs, outputs.context("detection/boxes", 1, null, "scores", "s", "boxes", "b"), SAME)
                .size());
        assertEquals(1, read(outputs, outputs.context("detection/boxes", 1, 0.25, "scores", "s", "boxes", "b"), SAME)
                .size());
    }

    @Test
    void the_grid_answers_in_the_cell_of_the_centre() throws Exception {
        final float[] grid = new float[7 * 4];
        Arrays.fill(grid, 0, 4, -9);
        grid[3] = 2.1972246f;
        grid[2 * 4 + 3] = 5;
        grid[5 * 4 + 3] = (float) Math.log(8 * 0.2);
        grid[6 * 4 + 3] = (float) Math.log(8 * 0.4);
        final Outputs outputs = new Outputs().with("grid", Shape.of(1, 7, 2, 2), grid);
        final List<Detection> found = read(outputs, outputs.context("detection/grid", 2, null), SAME);
        assertBox(found.get(0), "b", 0.9, 65, 55, 20, 40);
    }

    @Test
    void every_frame_of_a_batch_has_its_own_answer() throws Exception {
        final Outputs outputs = new Outputs().with("s", Shape.of(2, 1, 1), 0.1f, 0.9f)
                .with("b", Shape.of(2, 1, 4), 0, 0, 1, 1, 0, 0, 0.5f, 0.5f);
        final var stage = stages.create(outputs.context("detection/boxes", 1, null, "scores", "s", "boxes", "b"));
        assertEquals(0, ((Detections) stage.read(outputs, 0, SAME)).objects().size());
        assertBox(((Detections) stage.read(outputs, 1, SAME)).objects().get(0), "a", 0.9, 0, 0, 50, 50);
    }

    @Test
    void yolo_layouts_are_read() throws Exception {
        final Outputs five = new Outputs().with("o", Shape.of(1, 2, 7), 50, 40, 20, 10, 0.9f, 0.1f, 0.8f,
                50, 40, 20, 10, 0.3f, 1, 1);
        assertBox(read(five, five.context("detection/yolo", 2, null, "layout", "v5"), SAME).get(0), "b", 0.72, 40, 35, 20,
                10);
        final Outputs eight = new Outputs().with("o", Shape.of(1, 6, 2), 50, 1, 40, 1, 20, 1, 10, 1, 0.1f, 0, 0.8f, 0);
        assertBox(read(eight, eight.context("detection/yolo", 2, null, "layout", "v8"), SAME).get(0), "b", 0.8, 40, 35,
                20, 10);
    }

    @Test
    void undecoded_yolox_boxes_are_relative_to_their_cell_and_stride() throws Exception {
        final Geometry small = new Geometry(64, 32, 64, 32, 1, 1, 0, 0);
        final int cells = 8 * 4 + 4 * 2 + 2;
        final float[] values = new float[cells * 6];
        final int box = (8 * 4 + 5) * 6;
        values[box] = 0.5f;
        values[box + 1] = 0.5f;
        values[box + 2] = (float) Math.log(1);
        values[box + 3] = (float) Math.log(0.5);
        values[box + 4] = 1;
        values[box + 5] = 0.9f;
        final Outputs outputs = new Outputs().with("o", Shape.of(1, cells, 6), values);
        assertBox(read(outputs, outputs.context("detection/yolo", 1, null, "layout", "x"), small).get(0), "a", 0.9, 16,
                20, 16, 8);
        final Outputs tooFew = new Outputs().with("o", Shape.of(1, 3, 6), new float[18]);
        assertThrows(StageException.class, () -> read(tooFew, tooFew.context("detection/yolo", 1, null, "layout", "x"),
                small));
    }

    @Test
    void not_a_number_is_an_error_and_no_result() throws Exception {
        final Outputs outputs = new Outputs().with("s", Shape.of(1, 1, 1), Float.NaN)
                .with("b", Shape.of(1, 1, 4), 0, 0, 1, 1);
        assertTrue(assertThrows(StageException.class, () -> read(outputs, outputs.context("detection/boxes", 1, null,
                "scores", "s", "boxes", "b"), SAME)).getMessage().contains("NaN"));
    }

    @Test
    void wrong_settings_are_named_with_what_the_model_has() {
        final Outputs outputs = new Outputs().with("s", Shape.of(1, 2, 3), new float[6])
                .with("b", Shape.of(1, 2, 4), new float[8]);
        refused(outputs.context("detection/boxes", 2, null, "scores", "s", "boxes", "b"), "2 labels", "3 classes");
        refused(outputs.context("detection/boxes", 3, null, "scores", "nothing", "boxes", "b"), "nothing", "s, b");
        refused(outputs.context("detection/boxes", 3, null, "scores", "s", "boxes", "b", "anchors", 3.0), "anchors");
        refused(outputs.context("detection/boxes", 3, null, "scores", "s", "boxes", "b", "format", "yxyx"), "yxyx",
                "xyxy");
        refused(outputs.context("detection/yolo", 3, null, "layout", "v99", "tensor", "s"), "v99");
    }

    private void refused(final StageContext context, final String... parts) {
        final String message = assertThrows(InvalidModelException.class, () -> stages.create(context)).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private List<Detection> read(final Outputs outputs, final StageContext context, final Geometry geometry)
            throws Exception {
        return ((Detections) stages.create(context).read(outputs, 0, geometry)).objects();
    }

    private static void assertBox(final Detection found, final String label, final double score, final double x,
            final double y, final double width, final double height) {
        assertEquals(label, found.label());
        assertEquals(score, found.score(), 1e-4);
        assertEquals(x, found.x(), 1e-3);
        assertEquals(y, found.y(), 1e-3);
        assertEquals(width, found.width(), 1e-3);
        assertEquals(height, found.height(), 1e-3);
    }
}
