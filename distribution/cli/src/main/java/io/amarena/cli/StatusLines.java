/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The status of a gateway as lines for people. Pure functions of the status' JSON. */
final class StatusLines {

    private static final int MEGA = 1 << 20;
    private static final int NAME_WIDTH = 12;
    private static final int DETAILED_PIPELINES = 8;
    private static final double PERCENT = 100;

    private StatusLines() {
    }

    /** Everything that {@code amarena status} shows. */
    static List<String> all(final JsonObject status) {
        final List<String> lines = new ArrayList<>();
        lines.add(head(status));
        lines.addAll(troubles(status));
        lines.add("");
        lines.addAll(pipelines(status));
        lines.addAll(publishers(status));
        lines.addAll(models(status));
        lines.addAll(checks(status));
        return lines;
    }

    /** One line about the gateway and its process. */
    static String head(final JsonObject status) {
        final JsonObject process = status.getJsonObject("process");
        final long uptime = status.getJsonNumber("uptimeMillis").longValue();
        final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "gateway %s, up %s, heap %d of %d MB",
                status.getString("gateway"), duration(Duration.ofMillis(uptime)),
                process.getJsonNumber("heapUsed").longValue() / MEGA,
                process.getJsonNumber("heapMax").longValue() / MEGA));
        final long rss = process.getJsonNumber("rss").longValue();
        if (rss >= 0) {
            line.append(String.format(Locale.ROOT, ", resident %d MB", rss / MEGA));
        }
        return line.append(String.format(Locale.ROOT, ", %d threads, Java %s", process.getInt("threads"),
                process.getString("java"))).toString();
    }

    /** What is wrong; empty when nothing is. */
    static List<String> troubles(final JsonObject status) {
        final List<String> lines = new ArrayList<>();
        if (!status.getBoolean("engine")) {
            lines.add("! the engine is not there: no pipeline runs");
        }
        for (final JsonString bundle : status.getJsonObject("bundles").getJsonArray("notActive")
                .getValuesAs(JsonString.class)) {
            lines.add("! bundle not running: " + bundle.getString());
        }
        for (final JsonObject component : objects(status, "failedComponents")) {
            lines.add("! " + component.getString("name") + ": " + component.getString("message"));
        }
        for (final JsonObject problem : status.getJsonObject("settings").getJsonArray("problems")
                .getValuesAs(JsonObject.class)) {
            final String key = problem.getString("key");
            lines.add("! settings " + problem.getString("pid") + (key.isEmpty() ? "" : ", " + key) + ": "
                    + problem.getString("message"));
        }
        for (final JsonObject source : objects(status, "sources")) {
            if (!source.getBoolean("healthy")) {
                lines.add("! source " + source.getString("name") + ": " + source.getString("message"));
            }
        }
        for (final JsonObject pipeline : objects(status, "pipelines")) {
            if (!pipeline.getString("reason").isEmpty() && !pipeline.getString("state").equals("PREPARING")) {
                lines.add("! pipeline " + pipeline.getString("name") + ": " + pipeline.getString("reason"));
            }
        }
        for (final JsonObject model : objects(status, "models")) {
            if (!model.getString("reason").isEmpty()) {
                lines.add("! model " + model.getString("name") + ' ' + model.getString("version") + ": "
                        + model.getString("reason"));
            }
        }
        for (final JsonObject deployment : objects(status, "deployments")) {
            final String state = deployment.getString("state");
            if (state.equals("REFUSED") || state.equals("ROLLED_BACK")) {
                lines.add("! " + state.toLowerCase(Locale.ROOT).replace('_', ' ') + ' ' + deployment.getString("model")
                        + ' ' + deployment.getString("version") + " on " + deployment.getString("device") + ": "
                        + deployment.getString("reason"));
            }
        }
        for (final JsonObject publisher : objects(status, "publishers")) {
            if (!publisher.getBoolean("healthy")) {
                lines.add("! publisher " + publisher.getString("name") + ": " + publisher.getString("message"));
            }
        }
        return lines;
    }

    /** A table of what pipelines do and, while there are few of them, one of their accounts; the most telling first. */
    static List<String> pipelines(final JsonObject status) {
        final List<JsonObject> pipelines = objects(status, "pipelines");
        if (pipelines.isEmpty()) {
            return List.of("no pipelines configured: see docs/settings.md");
        }
        final List<String> lines = new ArrayList<>();
        lines.add(row("pipeline", "state", "frames/s", "p50 ms", "p99 ms", "accuracy", "model, device"));
        for (final JsonObject pipeline : pipelines) {
            final JsonObject latency = pipeline.getJsonObject("latencyMillis");
            lines.add(row(pipeline.getString("name"), pipeline.getString("state").toLowerCase(Locale.ROOT),
                    decimal(pipeline, "rate"), decimal(latency, "p50"), decimal(latency, "p99"), accuracy(pipeline),
                    model(pipeline)));
        }
        if (pipelines.size() <= DETAILED_PIPELINES) {
            lines.add("");
            lines.add(account("frames", "offered", "accepted", "refused", "published", "filtered", "failed", "shed",
                    "in flight"));
            for (final JsonObject pipeline : pipelines) {
                lines.add(account(pipeline.getString("name"), pipeline.getJsonObject("account")));
            }
        }
        return lines;
    }

    private static String row(final String name, final String state, final String rate, final String p50,
            final String p99, final String accuracy, final String model) {
        return String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s %-9s %8s %7s %7s  %-15s  %s", cut(name, NAME_WIDTH),
                state, rate, p50, p99, accuracy, model);
    }

    private static String model(final JsonObject pipeline) {
        final String version = pipeline.getString("serving");
        return pipeline.getString("model") + (version.isEmpty() ? "" : ' ' + version + ", "
                + pipeline.getString("device"));
    }

    private static String account(final String name, final JsonObject account) {
        return account(name, count(account, "offered"), count(account, "accepted"), count(account, "refused"),
                count(account, "published"), count(account, "filtered"), count(account, "failed"),
                count(account, "shed"), count(account, "inFlight"))
                + (account.getBoolean("balanced") ? "" : "  ! DOES NOT BALANCE");
    }

    private static String account(final String name, final Object... columns) {
        return String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", cut(name, NAME_WIDTH))
                + String.format(Locale.ROOT, "%8s %8s %7s %9s %8s %6s %6s %9s", columns);
    }

    private static String accuracy(final JsonObject pipeline) {
        if (!pipeline.containsKey("accuracy")) {
            return "-";
        }
        final JsonObject accuracy = pipeline.getJsonObject("accuracy");
        return String.format(Locale.ROOT, "%.1f %% of %d", PERCENT * accuracy.getJsonNumber("share").doubleValue(),
                accuracy.getInt("of"));
    }

    private static List<String> publishers(final JsonObject status) {
        final List<String> lines = new ArrayList<>();
        for (final JsonObject publisher : objects(status, "publishers")) {
            final JsonObject account = publisher.getJsonObject("account");
            lines.add(String.format(Locale.ROOT, "publisher %s: %s; taken %d = confirmed %d + waiting %d + dropped %d",
                    publisher.getString("name"), publisher.getString("message"), count(account, "taken"),
                    count(account, "confirmed"), count(account, "waiting"), count(account, "dropped")));
        }
        if (!lines.isEmpty()) {
            lines.add(0, "");
        }
        return lines;
    }

    private static List<String> models(final JsonObject status) {
        final List<String> lines = new ArrayList<>();
        for (final JsonObject deployment : objects(status, "deployments")) {
            VersionLines.trial(deployment).ifPresent(trial -> lines.add("model " + deployment.getString("model") + ' '
                    + deployment.getString("version") + ' ' + trial));
        }
        for (final JsonObject model : objects(status, "models")) {
            final String digest = model.getString("digest");
            lines.add(String.format(Locale.ROOT, "model %s %s %s %s", model.getString("name"),
                    model.getString("version"), model.getString("state").toLowerCase(Locale.ROOT),
                    digest.substring(0, Math.min(NAME_WIDTH, digest.length()))).stripTrailing());
        }
        if (!lines.isEmpty()) {
            lines.add(0, "");
        }
        return lines;
    }

    /** What the check before serving found, for what serves and what was refused. */
    static List<String> checks(final JsonObject status) {
        final List<String> lines = new ArrayList<>();
        for (final JsonObject deployment : objects(status, "deployments")) {
            final List<JsonObject> findings = objects(deployment, "check");
            if (findings.isEmpty()) {
                continue;
            }
            lines.add("");
            lines.add("check of " + deployment.getString("model") + ' ' + deployment.getString("version") + " on "
                    + deployment.getString("device") + ": " + deployment.getString("state").toLowerCase(Locale.ROOT));
            for (final JsonObject finding : findings) {
                lines.add(String.format(Locale.ROOT, "  %-9s %-8s %s",
                        finding.getString("check").toLowerCase(Locale.ROOT),
                        finding.getString("verdict").toLowerCase(Locale.ROOT), finding.getString("text")));
            }
        }
        return lines;
    }

    static String duration(final Duration time) {
        return time.toDays() > 0 ? time.toDays() + " d " + time.toHoursPart() + " h"
                : time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() + ":" + String.format(Locale.ROOT, "%02d", time.toSecondsPart());
    }

    private static List<JsonObject> objects(final JsonObject status, final String key) {
        final JsonArray array = status.getJsonArray(key);
        return array == null ? List.of() : array.getValuesAs(JsonObject.class);
    }

    private static String decimal(final JsonObject object, final String key) {
        return String.format(Locale.ROOT, "%.1f", object.getJsonNumber(key).doubleValue());
    }

    private static long count(final JsonObject object, final String key) {
        return object.getJsonNumber(key).longValue();
    }

    private static String cut(final String text, final int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + '~';
    }
}
