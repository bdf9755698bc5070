/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of one pipeline, as they are changed. Immutable.
 *
 * @param name       of the pipeline and of its camera
 * @param version    the only version that may serve; empty for the latest good one
 * @param threshold  of the detections; -1 for the model's own
 * @param overload   policy; every value here pushes back
 * @param mailbox    frames that may wait
 * @param batch      most frames per run; 0 for the measured best
 * @param publishers that get the results
 */
record Line(String name, String version, double threshold, String overload, int mailbox, int batch,
        List<String> publishers) {

    /** How a line begins. */
    static Line named(final String name) {
        return new Line(name, "", -1, "push-back", 16, 0, List.of(StartSettings.FIRST));
    }

    Line pinnedTo(final String to) {
        return new Line(name, to, threshold, overload, mailbox, batch, publishers);
    }

    Line withThreshold(final double to) {
        return new Line(name, version, to, overload, mailbox, batch, publishers);
    }

    Line withOverload(final String policy, final int waiting) {
        return new Line(name, version, threshold, policy, waiting, batch, publishers);
    }

    Line withBatch(final int most) {
        return new Line(name, version, threshold, overload, mailbox, most, publishers);
    }

    Line withPublishers(final List<String> to) {
        return new Line(name, version, threshold, overload, mailbox, batch, to);
    }

    /** Whether a version may serve it. */
    boolean allows(final String candidate) {
        return version.isEmpty() || version.equals(candidate);
    }

    String pid() {
        return "io.amarena.pipeline~" + name;
    }

    Map<String, Object> settings() {
        final Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("source", name);
        settings.put("model", PackWorks.MODEL);
        settings.put("version", version.isEmpty() ? "" : "[" + version + "," + version + "]");
        settings.put("threshold", threshold);
        settings.put("overload", overload);
        settings.put("mailbox", mailbox);
        settings.put("batch", batch);
        settings.put("publishers", publishers);
        return settings;
    }
}
