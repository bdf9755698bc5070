/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import io.amarena.api.frame.Frame;
import io.amarena.api.manage.TapListener;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares answers with the truth that some sources know: frames with the attribute {@value #TRUTH}.
 *
 * <p>The class of a picture is the label of the best detection, {@value #NOTHING} where nothing was found, or the best
 * class of a classification. A frame that failed counts as a wrong answer. Thread-safe.
 */
final class Accuracy implements TapListener {

    /** Attribute of a frame with its true class. */
    static final String TRUTH = "truth.label";

    /** The class of a picture in which nothing was found. */
    static final String NOTHING = "ok";

    private static final int WINDOW = 1000;
    private static final int MAX_PIPELINES = 1000;

    private final Map<String, AccuracyWindow> windows = new TreeMap<>();

    @Override
    public void seen(final Frame frame, final Result result) {
        final String truth = result.attributes().get(TRUTH);
        if (truth == null) {
            return;
        }
        final boolean right = answer(result).filter(truth::equals).isPresent();
        synchronized (windows) {
            if (windows.size() < MAX_PIPELINES || windows.containsKey(result.pipeline())) {
                windows.computeIfAbsent(result.pipeline(), pipeline -> new AccuracyWindow(WINDOW)).add(right);
            }
        }
    }

    /** Empty for pipelines whose frames carry no truth. */
    Optional<AccuracyView> of(final String pipeline) {
        synchronized (windows) {
            return Optional.ofNullable(windows.get(pipeline)).map(AccuracyWindow::view);
        }
    }

    private static Optional<String> answer(final Result result) {
        final Outcome outcome = result.outcome().orElse(null);
        if (outcome instanceof Detections detections) {
            return Optional.of(detections.objects().isEmpty() ? NOTHING : detections.objects().get(0).label());
        }
        return outcome instanceof Classification classification
                ? Optional.of(classification.best().label())
                : Optional.empty();
    }
}
