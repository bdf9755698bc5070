/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.model.GoldenSample;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Classification.ClassScore;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether an outcome reproduces a golden sample. A pure function.
 *
 * <p>Detections: every expected object has a partner of the same class whose box overlaps well enough and whose score
 * is close enough, and no other object is left over. Objects whose score lies within the score tolerance of the
 * threshold may be there or not. Classifications: the same best class with a close score. Other outcomes are equal by
 * value.
 */
public final class GoldenCheck {

    private GoldenCheck() {
    }

    /**
     * Compares.
     *
     * @param threshold the model's own score threshold
     * @return what differs, or empty when the sample is reproduced
     */
    public static Optional<String> difference(final GoldenSample sample, final Outcome actual,
            final double threshold) {
        final Outcome expected = sample.expected();
        if (!expected.contract().equals(actual.contract())) {
            return Optional.of("the answer follows " + actual.contract() + ", expected " + expected.contract());
        }
        if (expected instanceof Detections && actual instanceof Detections) {
            return detections((Detections) expected, (Detections) actual, sample, threshold);
        }
        if (expected instanceof Classification && actual instanceof Classification) {
            return classification((Classification) expected, (Classification) actual, sample);
        }
        return expected.equals(actual) ? Optional.empty()
                : Optional.of("the answer is " + actual + ", expected " + expected);
    }

    private static Optional<String> detections(final Detections expected, final Detections actual,
            final GoldenSample sample, final double threshold) {
        final double certain = threshold + sample.maxScoreDifference();
        final List<Detection> left = new ArrayList<>(actual.objects());
        for (final Detection wanted : expected.objects()) {
            final Optional<Detection> partner = partner(wanted, left, sample);
            if (partner.isPresent()) {
                left.remove(partner.get());
            } else if (wanted.score() >= certain) {
                return Optional.of("expected " + wanted + ", found " + closest(wanted, left, sample));
            }
        }
        for (final Detection extra : left) {
            if (extra.score() >= certain) {
                return Optional.of("found " + extra + ", which is not expected");
            }
        }
        return Optional.empty();
    }

    private static Optional<Detection> partner(final Detection wanted, final List<Detection> left,
            final GoldenSample sample) {
        Detection best = null;
        for (final Detection candidate : left) {
            final boolean matches = candidate.label().equals(wanted.label())
                    && candidate.iou(wanted) >= sample.minIou()
                    && Math.abs(candidate.score() - wanted.score()) <= sample.maxScoreDifference();
            if (matches && (best == null || candidate.iou(wanted) > best.iou(wanted))) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String closest(final Detection wanted, final List<Detection> left, final GoldenSample sample) {
        Detection best = null;
        for (final Detection candidate : left) {
            if (best == null || candidate.iou(wanted) > best.iou(wanted)) {
                best = candidate;
            }
        }
        if (best == null) {
            return "nothing";
        }
        return String.format(Locale.ROOT, "at best %s (IoU %.3f, needed %.2f; score may differ by %.2f)", best,
                best.iou(wanted), sample.minIou(), sample.maxScoreDifference());
    }

    private static Optional<String> classification(final Classification expected, final Classification actual,
            final GoldenSample sample) {
        final ClassScore wanted = expected.best();
        final ClassScore found = actual.best();
        if (!wanted.label().equals(found.label())) {
            return Optional.of("the best class is " + found.label() + ", expected " + wanted.label());
        }
        if (Math.abs(wanted.score() - found.score()) > sample.maxScoreDifference()) {
            return Optional.of(String.format(Locale.ROOT, "the score of %s is %.3f, expected %.3f within %.3f",
                    wanted.label(), found.score(), wanted.score(), sample.maxScoreDifference()));
        }
        return Optional.empty();
    }
}
