/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the check of a deployment found before it may serve, in the order in which it looked. The check ends at the
 * first finding that failed.
 */
public record CheckReport(List<Finding> findings) {

    /** Nothing was looked at yet. */
    public static final CheckReport NONE = new CheckReport(List.of());

    /** What is looked at. */
    public enum Check {
        /** The same contract and the same labels, or more, as what serves. */
        CONTRACT,
        /** The backend loads the model and the stages can be made. */
        LOAD,
        /** Quantized models: which operators got quantized kernels. */
        KERNELS,
        /** How many frames to run at once. */
        BATCH,
        /** What one run costs. */
        LATENCY,
        /** Outputs have the declared shapes and hold neither NaN nor infinity. */
        OUTPUTS,
        /** The pack's own samples are reproduced. */
        GOLDEN,
        /** How much memory the deployment takes. */
        MEMORY
    }

    /** What came out. */
    public enum Verdict {
        /** As it should be. */
        PASSED,
        /** Serves, but somebody should know. */
        NOTED,
        /** Could not be looked at, or there was nothing to look at. */
        SKIPPED,
        /** The deployment is refused because of this. */
        FAILED
    }

    /**
     * One thing that was looked at.
     *
     * @param check   what
     * @param verdict what came out
     * @param text    for people, without the name of the check
     * @param figures name to value, such as {@code millis} and {@code maxMillis}; empty where nothing was measured
     */
    public record Finding(Check check, Verdict verdict, String text, Map<String, Double> figures) {

        public Finding {
            Objects.requireNonNull(check, "check");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(text, "text");
            figures = Map.copyOf(figures);
        }
    }

    public CheckReport {
        findings = List.copyOf(findings);
    }

    /** What was found about one thing; empty when it was not looked at. */
    public Optional<Finding> of(final Check check) {
        return findings.stream().filter(finding -> finding.check() == check).findFirst();
    }

    /** The findings for people, one text each. */
    public List<String> texts() {
        final List<String> texts = new ArrayList<>();
        findings.forEach(finding -> texts.add(finding.text()));
        return List.copyOf(texts);
    }
}
