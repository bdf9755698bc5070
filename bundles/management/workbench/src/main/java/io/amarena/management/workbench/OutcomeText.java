/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.result.Classification;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Outcome;
import java.util.List;
import java.util.Locale;

/** An outcome as lines for a terminal, to be set behind what it is the outcome of. */
final class OutcomeText {

    private OutcomeText() {
    }

    static String of(final Outcome outcome) {
        final StringBuilder text = new StringBuilder();
        if (outcome instanceof Detections) {
            final List<Detection> objects = ((Detections) outcome).objects();
            text.append("  ").append(objects.size()).append(objects.size() == 1 ? " object" : " objects");
            objects.forEach(object -> text.append("\n    ").append(object));
        } else if (outcome instanceof Classification) {
            ((Classification) outcome).classes().forEach(entry -> text.append(String.format(Locale.ROOT,
                    "%n    %s %.3f", entry.label(), entry.score())));
        } else {
            text.append("\n    ").append(outcome);
        }
        return text.toString();
    }
}
