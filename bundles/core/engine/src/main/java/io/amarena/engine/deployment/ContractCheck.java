/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/**
 * Whether a model may take the place of another one: what its answers mean must not change under those who read them.
 * It follows the same contract and has the same labels, or more. On the way back to a lower version there may be
 * fewer, as they were before. A pure function of two models.
 */
final class ContractCheck {

    private static final String LABELS = "labels";

    private ContractCheck() {
    }

    /**
     * Compares.
     *
     * @param serving the model that serves
     * @param next    the model that shall take its place
     * @return what differs, or empty when it may
     * @throws IOException when the labels of one of them cannot be read
     */
    static Optional<String> difference(final Model serving, final Model next) throws IOException {
        final String now = serving.descriptor().contract();
        final String then = next.descriptor().contract();
        if (!now.equals(then)) {
            return Optional.of("its contract is " + then + ", but " + serving.id() + " serves with " + now
                    + ": give a model with another contract another name, and the pipeline that name");
        }
        final Set<String> before = labels(serving);
        final Set<String> after = labels(next);
        final Set<String> missing = new LinkedHashSet<>(before);
        missing.removeAll(after);
        if (missing.isEmpty() || goesBack(serving, next) && before.containsAll(after)) {
            return Optional.empty();
        }
        return Optional.of("it lacks the labels " + String.join(", ", missing) + " of " + serving.id()
                + ", which serves: keep them and add new ones, or give the model another name");
    }

    private static boolean goesBack(final Model serving, final Model next) {
        return Version.parseVersion(next.id().version()).compareTo(Version.parseVersion(serving.id().version())) < 0;
    }

    private static Set<String> labels(final Model model) throws IOException {
        final Set<String> labels = new LinkedHashSet<>();
        final Object file = model.descriptor().output().values().get(LABELS);
        if (file instanceof String) {
            new String(model.file((String) file), StandardCharsets.UTF_8).replace("\uFEFF", "").lines()
                    .map(String::strip).filter(label -> !label.isEmpty()).forEach(labels::add);
        }
        return labels;
    }
}
