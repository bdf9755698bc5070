/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import io.amarena.api.result.Anomaly;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Classification.ClassScore;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Measurement;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Segmentation;
import io.amarena.api.result.Text;
import io.amarena.api.result.Values;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Draws what a model said onto the picture that it saw: boxes with their labels and scores, classes, masks, values,
 * a failure in words, and dashed what is really there where that is known. In masks, class 0 is the background.
 *
 * <p>Needs no fonts and no display. The picture drawn onto is a copy; large ones are reduced to a longest side, tiny
 * ones enlarged so that labels can be read. Thread-safe.
 */
public final class AnnotatedPicture {

    /** Longest side of {@link #standard()}. */
    public static final int STANDARD_SIDE = 1280;

    private static final int LEAST_SIDE = 240;
    private static final int MOST_BOXES = 300;
    /** From so many boxes on, a tag that would hide another object is left out. */
    private static final int CROWD = 12;
    private static final int MOST_LINES = 6;
    private static final int MOST_CLASSES = 5;
    private static final double MASK_SHARE = 0.45;

    private final int longestSide;

    private AnnotatedPicture(final int longestSide) {
        this.longestSide = longestSide;
    }

    /** Pictures of at most {@value #STANDARD_SIDE} pixels a side. */
    public static AnnotatedPicture standard() {
        return new AnnotatedPicture(STANDARD_SIDE);
    }

    /** Pictures of at most that many pixels a side, 64 or more. */
    public static AnnotatedPicture bounded(final int longestSide) {
        if (longestSide < 64) {
            throw new IllegalArgumentException("A longest side of " + longestSide
                    + " pixels leaves no room for labels; use 64 or more");
        }
        return new AnnotatedPicture(longestSide);
    }

    /**
     * Draws a result.
     *
     * @param picture the frame, in its own size or reduced; not changed
     * @param truth   what is really there, where that is known
     * @return a new picture, TYPE_INT_RGB
     */
    public BufferedImage draw(final BufferedImage picture, final Result result, final Optional<Truth> truth) {
        final int frameWidth = result.frameWidth() > 0 ? result.frameWidth() : picture.getWidth();
        final int frameHeight = result.frameHeight() > 0 ? result.frameHeight() : picture.getHeight();
        return draw(picture, frameWidth, frameHeight, result.outcome(), result.failure(), truth);
    }

    /**
     * Draws a failed result whose picture cannot be read: an empty picture with the reason.
     *
     * @return a new picture, TYPE_INT_RGB
     */
    public BufferedImage drawWithoutPicture(final Result result) {
        final BufferedImage empty = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
        return draw(empty, 640, 360, Optional.empty(), result.failure(), Optional.empty());
    }

    private BufferedImage draw(final BufferedImage picture, final int frameWidth, final int frameHeight,
            final Optional<Outcome> outcome, final Optional<Failure> failure, final Optional<Truth> truth) {
        final BufferedImage drawn = PictureSize.between(LEAST_SIDE, longestSide).copy(picture);
        final double scaleX = drawn.getWidth() / (double) frameWidth;
        final double scaleY = drawn.getHeight() / (double) frameHeight;
        if (outcome.orElse(null) instanceof Segmentation mask) {
            tint(drawn, mask);
        }
        try (Canvas canvas = new Canvas(drawn)) {
            failure.ifPresent(why -> canvas.banner(why.code() + ": " + why.message(), Palette.ALARM, MOST_LINES));
            truth.ifPresent(real -> drawTruthBoxes(canvas, real, scaleX, scaleY));
            outcome.ifPresent(answer -> drawOutcome(canvas, answer, scaleX, scaleY));
            truth.ifPresent(real -> drawTruthTags(canvas, real, scaleX, scaleY));
        }
        return drawn;
    }

    private static void drawOutcome(final Canvas canvas, final Outcome outcome, final double scaleX,
            final double scaleY) {
        if (outcome instanceof Detections detections) {
            drawBoxes(canvas, detections.objects(), scaleX, scaleY);
        } else if (outcome instanceof Classification classification) {
            drawClasses(canvas, classification.classes());
        } else if (outcome instanceof Segmentation mask) {
            drawLegend(canvas, mask);
        } else if (outcome instanceof Anomaly anomaly) {
            canvas.tagListed(String.format(Locale.ROOT, "%s %.3g (limit %.3g)",
                    anomaly.anomalous() ? "anomaly" : "usual", anomaly.score(), anomaly.threshold()),
                    anomaly.anomalous() ? Palette.ALARM : Palette.NEUTRAL);
        } else if (outcome instanceof Measurement measurement) {
            canvas.tagListed(String.format(Locale.ROOT, "%s %.6g %s", measurement.name(), measurement.value(),
                    measurement.unit()).strip(), Palette.NEUTRAL);
        } else if (outcome instanceof Text text) {
            canvas.tagListed(text.text(), Palette.NEUTRAL);
        } else if (outcome instanceof Values values) {
            int listed = 0;
            for (final Map.Entry<String, Object> value : values.values().entrySet()) {
                if (listed++ < MOST_LINES) {
                    canvas.tagListed(value.getKey() + " " + value.getValue(), Palette.NEUTRAL);
                }
            }
        } else {
            canvas.tagListed(outcome.contract(), Palette.NEUTRAL);
        }
    }

    private static void drawBoxes(final Canvas canvas, final List<Detection> objects, final double scaleX,
            final double scaleY) {
        if (objects.isEmpty()) {
            canvas.tagListed("nothing found", Palette.NEUTRAL);
            return;
        }
        final List<Detection> shown = objects.subList(0, Math.min(MOST_BOXES, objects.size()));
        for (int i = shown.size() - 1; i >= 0; i--) {
            canvas.box(scaled(shown.get(i), scaleX, scaleY), Palette.of(shown.get(i).classIndex()), false);
        }
        final List<Rectangle2D> boxes = shown.stream().map(object -> scaled(object, scaleX, scaleY)).toList();
        for (int i = 0; i < shown.size(); i++) {
            final Detection object = shown.get(i);
            final String text = String.format(Locale.ROOT, "%s %.2f", object.label(), object.score()).strip();
            if (shown.size() < CROWD) {
                canvas.tagAt(boxes.get(i), text, Palette.of(object.classIndex()), false);
            } else {
                canvas.tagInCrowd(boxes.get(i), text, Palette.of(object.classIndex()), boxes);
            }
        }
    }

    private static void drawClasses(final Canvas canvas, final List<ClassScore> classes) {
        final List<ClassScore> shown = classes.subList(0, Math.min(MOST_CLASSES, classes.size()));
        double width = 0;
        for (final ClassScore one : shown) {
            width = Math.max(width, canvas.tagWidth(line(one)));
        }
        for (final ClassScore one : shown) {
            canvas.meterListed(line(one), one.score(), width, Palette.of(one.classIndex()));
        }
    }

    private static String line(final ClassScore one) {
        return String.format(Locale.ROOT, "%.2f  %s", one.score(), one.label());
    }

    private static void drawLegend(final Canvas canvas, final Segmentation mask) {
        final boolean[] present = new boolean[256];
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                present[mask.classAt(column, row)] = true;
            }
        }
        for (int index = 1; index < mask.labels().size() && index < present.length; index++) {
            if (present[index]) {
                canvas.tagListed(mask.labels().get(index), Palette.of(index));
            }
        }
    }

    private static void drawTruthBoxes(final Canvas canvas, final Truth truth, final double scaleX,
            final double scaleY) {
        for (final Detection box : truth.boxes()) {
            canvas.box(scaled(box, scaleX, scaleY), Color.WHITE, true);
        }
    }

    private static void drawTruthTags(final Canvas canvas, final Truth truth, final double scaleX,
            final double scaleY) {
        if (truth.boxes().isEmpty()) {
            canvas.tagListed("truth: " + truth.label(), Palette.NEUTRAL);
        }
        for (final Detection box : truth.boxes()) {
            final String label = box.label().isEmpty() ? truth.label() : box.label();
            canvas.tagAt(scaled(box, scaleX, scaleY), "truth: " + label, Palette.NEUTRAL, true);
        }
    }

    private static Rectangle2D scaled(final Detection box, final double scaleX, final double scaleY) {
        return new Rectangle2D.Double(box.x() * scaleX, box.y() * scaleY, box.width() * scaleX,
                box.height() * scaleY);
    }

    private static void tint(final BufferedImage picture, final Segmentation mask) {
        final int width = picture.getWidth();
        final int height = picture.getHeight();
        for (int y = 0; y < height; y++) {
            final int row = (int) ((long) y * mask.height() / height);
            for (int x = 0; x < width; x++) {
                final int index = mask.classAt((int) ((long) x * mask.width() / width), row);
                if (index > 0) {
                    picture.setRGB(x, y, blend(picture.getRGB(x, y), Palette.of(index).getRGB()));
                }
            }
        }
    }

    private static int blend(final int below, final int above) {
        int blended = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            final double sample = (below >> shift & 0xFF) * (1 - MASK_SHARE) + (above >> shift & 0xFF) * MASK_SHARE;
            blended |= (int) Math.round(sample) << shift;
        }
        return blended;
    }
}
