/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Model versions as lines for people. Pure functions of the answers' JSON. */
final class VersionLines {

    private static final int DIGEST = 12;

    private VersionLines() {
    }

    /** A table, with the reason below what does not serve. */
    static List<String> models(final JsonObject answer) {
        final List<JsonObject> versions = answer.getJsonArray("versions").getValuesAs(JsonObject.class);
        if (versions.isEmpty()) {
            return List.of("no model packs are installed");
        }
        final List<String> lines = new ArrayList<>();
        lines.add(row("model", "version", "state", "bundle", "digest", "pipelines"));
        for (final JsonObject version : versions) {
            final Optional<JsonObject> deployment = deployment(answer, version);
            final int bundle = version.getInt("bundle");
            lines.add(row(version.getString("model"), version.getString("version"), state(version, deployment),
                    bundle < 0 ? "replaced" : String.valueOf(bundle), version.getString("digest").substring(0,
                            Math.min(DIGEST, version.getString("digest").length())), pipelines(version)));
            deployment.flatMap(VersionLines::trial).ifPresent(trial -> lines.add("  " + trial));
            reason(version, deployment).ifPresent(reason -> lines.add("  " + reason));
        }
        return lines;
    }

    private static Optional<JsonObject> deployment(final JsonObject answer, final JsonObject version) {
        return answer.getJsonArray("deployments").getValuesAs(JsonObject.class).stream()
                .filter(deployment -> deployment.getString("digest").equals(version.getString("digest"))).findFirst();
    }

    private static String state(final JsonObject version, final Optional<JsonObject> deployment) {
        if (!version.getBoolean("valid")) {
            return "rejected";
        }
        if (!version.getString("denied").isEmpty()) {
            return "denied";
        }
        return deployment.map(found -> found.getString("state").toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("ready");
    }

    private static Optional<String> reason(final JsonObject version, final Optional<JsonObject> deployment) {
        final String denied = version.getString("denied");
        if (!denied.isEmpty()) {
            return Optional.of(denied + "; amarena promote " + version.getString("model") + ' '
                    + version.getString("version") + " allows it");
        }
        final String rejected = version.getString("reason");
        return Optional.of(rejected).filter(reason -> !reason.isEmpty())
                .or(() -> deployment.map(found -> found.getString("reason"))).filter(reason -> !reason.isEmpty());
    }

    /** How the trial of a deployment stands; empty when there is none. */
    static Optional<String> trial(final JsonObject deployment) {
        if (!deployment.containsKey("trial")) {
            return Optional.empty();
        }
        final JsonObject trial = deployment.getJsonObject("trial");
        return Optional.of(String.format(Locale.ROOT, "on trial for %s of %s: %d frames, %d failed; %s stays warm",
                time(trial, "elapsedMillis"), time(trial, "lengthMillis"), trial.getJsonNumber("frames").longValue(),
                trial.getJsonNumber("failed").longValue(), trial.getString("fallback")));
    }

    private static String time(final JsonObject trial, final String key) {
        return StatusLines.duration(Duration.ofMillis(trial.getJsonNumber(key).longValue()));
    }

    /** One line per event, oldest first. */
    static List<String> history(final JsonObject answer) {
        final List<String> lines = new ArrayList<>();
        for (final JsonObject event : answer.getJsonArray("events").getValuesAs(JsonObject.class)) {
            final String reason = event.getString("reason");
            lines.add(Instant.parse(event.getString("at")).truncatedTo(ChronoUnit.SECONDS) + " "
                    + event.getString("model") + ' ' + event.getString("version") + ' '
                    + event.getString("event").toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (reason.isEmpty() ? "" : ": " + reason));
        }
        return lines.isEmpty() ? List.of("nothing has happened yet") : lines;
    }

    private static String pipelines(final JsonObject version) {
        final String names = version.getJsonArray("serving").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString).collect(Collectors.joining(", "));
        return names.isEmpty() ? "-" : names;
    }

    private static String row(final String model, final String version, final String state, final String bundle,
            final String digest, final String pipelines) {
        return String.format(Locale.ROOT, "%-24s %-12s %-9s %-8s %-12s %s", model, version, state, bundle, digest,
                pipelines);
    }
}
