/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.stage.Geometry;
import io.amarena.lib.stage.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects candidate boxes of one frame and keeps the best of those that overlap, class by class: greedy non-maximum
 * suppression by falling score. Used again for the next frame; not thread-safe.
 */
final class NonMaximumSuppression {

    /** More candidates than any picture needs; beyond, the weakest are forgotten. */
    private static final int MOST_CANDIDATES = 4096;
    private static final int FIRST_CAPACITY = 256;

    private final double iou;
    private final int most;
    private float[] scores = new float[FIRST_CAPACITY];
    private int[] classes = new int[FIRST_CAPACITY];
    /** Left, top, right, bottom of each candidate, in frame pixels. */
    private float[] boxes = new float[4 * FIRST_CAPACITY];
    private int[] order = new int[FIRST_CAPACITY];
    private boolean[] suppressed = new boolean[FIRST_CAPACITY];
    private int count;

    /**
     * Without candidates.
     *
     * @param iou  overlap from which a weaker box of the same class is dropped
     * @param most detections that are kept
     */
    NonMaximumSuppression(final double iou, final int most) {
        this.iou = iou;
        this.most = most;
    }

    void begin() {
        count = 0;
    }

    /** Adds a box given by its edges in input pixels; one that is empty within the frame is left out. */
    void add(final int classIndex, final double score, final double left, final double top, final double right,
            final double bottom, final Geometry geometry) {
        final float x0 = (float) geometry.frameX(left);
        final float y0 = (float) geometry.frameY(top);
        final float x1 = (float) geometry.frameX(right);
        final float y1 = (float) geometry.frameY(bottom);
        if (!(x1 > x0 && y1 > y0)) {
            return;
        }
        final int place = place((float) score);
        if (place < 0) {
            return;
        }
        scores[place] = (float) score;
        classes[place] = classIndex;
        boxes[4 * place] = x0;
        boxes[4 * place + 1] = y0;
        boxes[4 * place + 2] = x1;
        boxes[4 * place + 3] = y1;
    }

    /** A free place, or that of the weakest candidate when it is weaker; otherwise −1. */
    private int place(final float score) {
        if (count < MOST_CANDIDATES) {
            if (count == scores.length) {
                grow();
            }
            return count++;
        }
        int weakest = 0;
        for (int i = 1; i < count; i++) {
            if (scores[i] < scores[weakest]) {
                weakest = i;
            }
        }
        return scores[weakest] < score ? weakest : -1;
    }

    private void grow() {
        final int capacity = Math.min(MOST_CANDIDATES, 2 * scores.length);
        scores = Arrays.copyOf(scores, capacity);
        classes = Arrays.copyOf(classes, capacity);
        boxes = Arrays.copyOf(boxes, 4 * capacity);
        order = new int[capacity];
        suppressed = new boolean[capacity];
    }

    /** What is left of the candidates, with their labels. */
    Detections keep(final Labels labels) {
        sort();
        final List<Detection> kept = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count && kept.size() < most; i++) {
            final int best = order[i];
            if (suppressed[best]) {
                continue;
            }
            kept.add(Detection.of(classes[best], labels.name(classes[best]), scores[best], boxes[4 * best],
                    boxes[4 * best + 1], boxes[4 * best + 2] - boxes[4 * best],
                    boxes[4 * best + 3] - boxes[4 * best + 1]));
            for (int k = i + 1; k < count; k++) {
                final int other = order[k];
                if (!suppressed[other] && classes[other] == classes[best] && overlap(best, other) > iou) {
                    suppressed[other] = true;
                }
            }
        }
        return Detections.of(kept);
    }

    /** Shell sort of indices by falling score: no boxing, and quick for the usual few dozen. */
    private void sort() {
        for (int i = 0; i < count; i++) {
            order[i] = i;
            suppressed[i] = false;
        }
        for (int gap = count / 2; gap > 0; gap /= 2) {
            for (int i = gap; i < count; i++) {
                final int moved = order[i];
                int at = i;
                while (at >= gap && scores[order[at - gap]] < scores[moved]) {
                    order[at] = order[at - gap];
                    at -= gap;
                }
                order[at] = moved;
            }
        }
    }

    private double overlap(final int one, final int other) {
        final int a = 4 * one;
        final int b = 4 * other;
        final double width = Math.min(boxes[a + 2], boxes[b + 2]) - Math.max(boxes[a], boxes[b]);
        final double height = Math.min(boxes[a + 3], boxes[b + 3]) - Math.max(boxes[a + 1], boxes[b + 1]);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        final double common = width * height;
        return common / (area(a) + area(b) - common);
    }

    private double area(final int at) {
        return (double) (boxes[at + 2] - boxes[at]) * (boxes[at + 3] - boxes[at + 1]);
    }
}
