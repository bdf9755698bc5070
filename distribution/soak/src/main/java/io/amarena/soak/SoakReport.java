/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntPredicate;

/** What a soak found. */
public final class SoakReport {

    private static final double MOST_P99 = 100;
    private static final double MIB = 1 << 20;

    private final SoakOptions options;
    private final long begin;
    private final List<MadeChange> made;
    private final Evidence evidence;
    private final Latencies latencies;
    private final List<Vitals> samples;
    private final List<Vitals> thorough;
    private final List<Promise.Broken> broken;

    SoakReport(final SoakOptions options, final long begin, final List<MadeChange> made, final Evidence evidence,
            final List<Vitals> samples, final List<Vitals> thorough, final List<Promise.Broken> broken) {
        this.options = options;
        this.begin = begin;
        this.made = List.copyOf(made);
        this.evidence = evidence;
        this.latencies = evidence.latencies();
        this.samples = List.copyOf(samples);
        this.thorough = List.copyOf(thorough);
        this.broken = List.copyOf(broken);
    }

    /** Whether every promise was kept. */
    public boolean kept() {
        return broken.isEmpty();
    }

    /** The picture of the run, as SVG. */
    public String chart() {
        return new SoakChart(begin, made, latencies, samples).svg();
    }

    /** For people. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-28s %7s %9s %14s %14s", "", "changes", "seconds", "p99 result",
                "p99 delivery"));
        row(lines, "quiet", 0, Double.NaN, phase -> phase == Evidence.QUIET);
        final Map<Kind, List<MadeChange>> byKind = byKind();
        byKind.forEach((kind, changes) -> row(lines, kind.toString(), changes.size(), seconds(changes),
                phase -> phase > 0 && kindOf(phase) == kind));
        row(lines, "all changes but outages", (int) made.stream().filter(SoakReport::judged).count(),
                seconds(made.stream().filter(SoakReport::judged).toList()), this::judged);
        lines.add("");
        lines.add("results      " + evidence.distinct() + ", lost " + evidence.missing() + ", came again "
                + evidence.duplicates() + "; " + evidence.contents() + " contents of the model served");
        lines.add(String.format(Locale.ROOT, "latency      p99 during changes %.1f ms, quiet %.1f ms; at most %.1f ms"
                + " is promised%s", during(), quiet(), promised(), during() <= promised() ? "" : ": NOT KEPT"));
        lines.addAll(growth());
        lines.add("");
        if (broken.isEmpty()) {
            lines.add("every promise was kept over " + made.size() + " changes (seed " + options.seed() + ")");
        } else {
            for (final Promise.Broken promise : broken) {
                lines.add("BROKEN during change " + promise.change() + " (" + text(promise.change()) + "): "
                        + promise.what());
            }
            lines.add("the same changes again: amarena soak --changes " + options.changes() + " --seed "
                    + options.seed());
        }
        return lines;
    }

    private void row(final List<String> lines, final String name, final int count, final double seconds,
            final IntPredicate phases) {
        lines.add(String.format(Locale.ROOT, "%-28s %7s %9s %11.1f ms %11.1f ms", name, count == 0 ? "" : count,
                Double.isNaN(seconds) ? "" : String.format(Locale.ROOT, "%.1f", seconds),
                latencies.results(phases).p99(), latencies.deliveries(phases).p99()));
    }

    private List<String> growth() {
        if (thorough.size() < 2) {
            return List.of();
        }
        final Vitals before = thorough.get(0);
        final Vitals after = thorough.get(thorough.size() - 1);
        return List.of("from the end of the warm-up to the end:",
                "class loaders " + text(before.loaders()) + " to " + text(after.loaders()),
                "threads       " + before.threads() + " to " + after.threads(),
                "open files    " + before.files() + " to " + after.files(),
                "natives       " + before.natives() + " to " + after.natives(),
                String.format(Locale.ROOT, "resident      %.1f MB to %.1f MB, %+.1f MB per 100 changes",
                        before.resident() / MIB, after.resident() / MIB, growthPer100()));
    }

    private double growthPer100() {
        final Vitals before = thorough.get(0);
        final Vitals after = thorough.get(thorough.size() - 1);
        final long changes = made.stream().filter(change -> (change.settled() - begin) / 1_000_000 > before.millis())
                .count();
        return changes == 0 ? 0 : (after.resident() - before.resident()) / MIB * 100 / changes;
    }

    private static String text(final OptionalLong count) {
        return count.isPresent() ? String.valueOf(count.getAsLong()) : "(not counted: this Java is no JDK)";
    }

    private String text(final int change) {
        return change < 1 || change > made.size() ? "before the first one" : made.get(change - 1).text();
    }

    private Map<Kind, List<MadeChange>> byKind() {
        final Map<Kind, List<MadeChange>> byKind = new EnumMap<>(Kind.class);
        made.forEach(change -> byKind.computeIfAbsent(change.kind(), any -> new ArrayList<>()).add(change));
        return byKind;
    }

    private Kind kindOf(final int phase) {
        return phase <= made.size() ? made.get(phase - 1).kind() : null;
    }

    /** An outage is no fair part of the latency during changes: frames wait because nothing is there. */
    private static boolean judged(final MadeChange change) {
        return change.kind() != Kind.OUTAGE;
    }

    private boolean judged(final int phase) {
        return phase > 0 && kindOf(phase) != Kind.OUTAGE;
    }

    private double quiet() {
        return latencies.results(phase -> phase == Evidence.QUIET).p99();
    }

    private double during() {
        return latencies.results(this::judged).p99();
    }

    private double promised() {
        return Math.max(MOST_P99, 2 * quiet());
    }

    private static double seconds(final List<MadeChange> changes) {
        return changes.stream().mapToDouble(MadeChange::seconds).average().orElse(Double.NaN);
    }

    /** For programs. */
    public JsonObject json() {
        final JsonObjectBuilder json = Json.createObjectBuilder()
                .add("amarena", "soak/1.0")
                .add("seed", options.seed())
                .add("changes", made.size())
                .add("kept", kept())
                .add("results", evidence.distinct())
                .add("lost", evidence.missing())
                .add("duplicated", evidence.duplicates())
                .add("contents", evidence.contents())
                .add("quiet", spread(phase -> phase == Evidence.QUIET))
                .add("during", spread(this::judged));
        final JsonObjectBuilder kinds = Json.createObjectBuilder();
        byKind().forEach((kind, changes) -> kinds.add(kind.name(), spread(phase -> phase > 0 && kindOf(phase) == kind)
                .add("changes", changes.size()).add("seconds", seconds(changes))));
        final JsonArrayBuilder steps = Json.createArrayBuilder();
        made.forEach(change -> steps.add(spread(phase -> phase == change.number()).add("number", change.number())
                .add("kind", change.kind().name()).add("text", change.text())
                .add("atMillis", (change.begin() - begin) / 1_000_000).add("seconds", change.seconds())));
        final JsonArrayBuilder failures = Json.createArrayBuilder();
        broken.forEach(promise -> failures.add(Json.createObjectBuilder().add("change", promise.change())
                .add("text", text(promise.change())).add("what", promise.what())));
        return json.add("kinds", kinds).add("growth", vitals(thorough)).add("samples", vitals(samples))
                .add("made", steps).add("broken", failures).build();
    }

    private JsonObjectBuilder spread(final IntPredicate phases) {
        final Latencies.Spread results = latencies.results(phases);
        final Latencies.Spread deliveries = latencies.deliveries(phases);
        return Json.createObjectBuilder().add("results", results.count())
                .add("resultP50Millis", number(results.p50())).add("resultP99Millis", number(results.p99()))
                .add("resultMaxMillis", number(results.max()))
                .add("deliveryP50Millis", number(deliveries.p50())).add("deliveryP99Millis", number(deliveries.p99()))
                .add("deliveryMaxMillis", number(deliveries.max()));
    }

    /** JSON has no word for "there were none". */
    private static double number(final double value) {
        return Double.isNaN(value) ? -1 : Math.rint(value * 1000) / 1000;
    }

    private static JsonArrayBuilder vitals(final List<Vitals> all) {
        final JsonArrayBuilder array = Json.createArrayBuilder();
        for (final Vitals vitals : all) {
            final JsonObjectBuilder json = Json.createObjectBuilder().add("atMillis", vitals.millis())
                    .add("resident", vitals.resident()).add("threads", vitals.threads()).add("files", vitals.files())
                    .add("natives", vitals.natives());
            vitals.loaders().ifPresent(count -> json.add("loaders", count));
            array.add(json);
        }
        return array;
    }
}
