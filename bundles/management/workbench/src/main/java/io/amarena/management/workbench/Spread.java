/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The values of one figure over the rounds. Not thread-safe. */
final class Spread {

    private final List<Double> values = new ArrayList<>();

    void add(final double value) {
        values.add(value);
    }

    double least() {
        return values.isEmpty() ? Double.NaN : Collections.min(values);
    }

    double most() {
        return values.isEmpty() ? Double.NaN : Collections.max(values);
    }

    /** The middle value; of an even number, the mean of the two in the middle. */
    double median() {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        final List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        final int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", median(), least(), most());
    }
}
