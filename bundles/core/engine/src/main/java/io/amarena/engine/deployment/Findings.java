/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.CheckReport.Check;
import io.amarena.api.manage.CheckReport.Finding;
import io.amarena.api.manage.CheckReport.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what the check of one deployment finds. Used by one thread. */
final class Findings {

    private final List<Finding> findings = new ArrayList<>();
    private Check current = Check.CONTRACT;

    /** What is looked at from now on. */
    void begin(final Check check) {
        current = check;
    }

    void passed(final String text, final Map<String, Double> figures) {
        findings.add(new Finding(current, Verdict.PASSED, text, figures));
    }

    void noted(final String text, final Map<String, Double> figures) {
        findings.add(new Finding(current, Verdict.NOTED, text, figures));
    }

    void skipped(final String text) {
        findings.add(new Finding(current, Verdict.SKIPPED, text, Map.of()));
    }

    void failed(final String text, final Map<String, Double> figures) {
        findings.add(new Finding(current, Verdict.FAILED, text, figures));
    }

    /** Notes that it failed with those figures, unless that is noted already, and gives the refusal to throw. */
    RefusedException refuse(final String text, final Map<String, Double> figures, final boolean lasting) {
        failed(text, figures);
        return new RefusedException(text, lasting);
    }

    /** The refusal for a failure that came from elsewhere, with the report of everything up to there. */
    RefusedException refusal(final String text, final boolean lasting, final Throwable cause) {
        if (findings.isEmpty() || findings.get(findings.size() - 1).verdict() != Verdict.FAILED) {
            failed(text, Map.of());
        }
        return new RefusedException(text, lasting, cause, report());
    }

    CheckReport report() {
        return new CheckReport(findings);
    }
}
