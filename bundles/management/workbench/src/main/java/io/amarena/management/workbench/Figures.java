/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a benchmark found: figures by name, with their spread over the rounds. Not thread-safe. */
final class Figures {

    private final Map<String, Spread> figures = new LinkedHashMap<>();
    private final Map<String, String> circumstances = new LinkedHashMap<>();

    void add(final String name, final double value) {
        figures.computeIfAbsent(name, any -> new Spread()).add(value);
    }

    /** Something that is the same in all rounds. */
    void note(final String name, final String value) {
        circumstances.put(name, value);
    }

    Spread get(final String name) {
        return figures.get(name);
    }

    String table() {
        final StringBuilder table = new StringBuilder();
        circumstances.forEach((name, value) -> table.append(String.format(Locale.ROOT, "%-26s %s%n", name, value)));
        table.append(String.format(Locale.ROOT, "%-26s %12s %12s %12s%n", "", "median", "least", "most"));
        figures.forEach((name, spread) -> table.append(String.format(Locale.ROOT, "%-26s %12.3f %12.3f %12.3f%n", name,
                spread.median(), spread.least(), spread.most())));
        return table.toString();
    }

    JsonObject json() {
        final JsonObjectBuilder json = Json.createObjectBuilder();
        circumstances.forEach(json::add);
        figures.forEach((name, spread) -> json.add(name, rounded(spread.median())));
        final JsonObjectBuilder spreads = Json.createObjectBuilder();
        figures.forEach((name, spread) -> spreads.add(name, Json.createArrayBuilder().add(rounded(spread.least()))
                .add(rounded(spread.most()))));
        return json.add("spread", spreads).build();
    }

    private static double rounded(final double value) {
        return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 : -1;
    }
}
