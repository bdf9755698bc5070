/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Waits until the gateway has taken a change up: what must serve serves, and results of all lines come again. */
final class Settling {

    private static final long POLL_MILLIS = 120;
    private static final int CALM_LOOKS = 2;
    private static final int NEW_RESULTS = 3;
    private static final Set<String> BUILDING = Set.of("LOADING", "WARMED", "CHECKED");
    private static final Set<String> SERVING = Set.of("SERVING", "TRIAL");
    private static final Set<String> TURNED_DOWN = Set.of("REFUSED", "ROLLED_BACK");

    private final GatewayStatus gateway;
    private final ConsoleDoor console;
    private final Evidence evidence;
    private final World world;
    private final Duration atMost;

    Settling(final GatewayStatus gateway, final ConsoleDoor console, final Evidence evidence, final World world,
            final Duration atMost) {
        this.gateway = gateway;
        this.console = console;
        this.evidence = evidence;
        this.world = world;
        this.atMost = atMost;
    }

    /** A look at the gateway: empty when all is as it should be, else what is not. */
    private interface Look extends Function<JsonObject, String> {
    }

    /** Until every line is served by the version that must serve it, and nothing is on its way. */
    void calm() throws IOException, InterruptedException {
        final Map<String, Long> before = evidence.counts();
        await("the gateway has not settled", CALM_LOOKS, status -> {
            see(status);
            final String restless = unsettled(status);
            return restless.isEmpty() ? silent(before) : restless;
        });
    }

    /** Until a bundle of that name is active in that version. */
    void active(final String symbolicName, final String version) throws IOException, InterruptedException {
        await(symbolicName + " " + version + " is not active", 1, status -> {
            see(status);
            return world.bundles(symbolicName).stream()
                    .anyMatch(bundle -> bundle.version().equals(version) && bundle.state().equals("Active")) ? ""
                    : world.bundles(symbolicName).toString();
        });
    }

    /** Until no bundle has that number. */
    void gone(final long bundle) throws IOException, InterruptedException {
        await("bundle " + bundle + " is not uninstalled", 1, status -> {
            see(status);
            return bundles().stream().noneMatch(listed -> listed.id() == bundle) ? "" : "it is still listed";
        });
    }

    /** Until a bundle is in that state. */
    void state(final long bundle, final String state) throws IOException, InterruptedException {
        await("bundle " + bundle + " is not " + state, 1, status -> bundles().stream()
                .anyMatch(listed -> listed.id() == bundle && listed.state().equals(state)) ? "" : "it is not");
    }

    /** Until the gateway lists a content of that version that it had not before. */
    void staged(final String version, final Set<String> before) throws IOException, InterruptedException {
        await("the model version " + version + " is not staged", 1, status -> models(status).stream()
                .anyMatch(model -> model.getString("version").equals(version)
                        && model.getString("state").equals("STAGED") && !before.contains(model.getString("digest")))
                ? "" : models(status).toString());
    }

    /** Until the gateway has said of a version that it will not serve. */
    void turnedDown(final String version) throws IOException, InterruptedException {
        await("the bad version " + version + " is neither rejected nor refused", 1, status ->
                models(status).stream().anyMatch(model -> model.getString("version").equals(version)
                        && model.getString("state").equals("REJECTED"))
                || deployments(status).stream().anyMatch(deployment -> deployment.getString("version").equals(version)
                        && TURNED_DOWN.contains(deployment.getString("state")))
                ? "" : models(status).toString() + deployments(status));
    }

    /** Until a line does what the test wants. */
    void pipelines(final String what, final Function<JsonObject, Boolean> wanted)
            throws IOException, InterruptedException {
        await(what, 1, status -> objects(status, "pipelines").stream().allMatch(wanted::apply) ? ""
                : objects(status, "pipelines").toString());
    }

    /** The digests under which the gateway holds versions of the model now. */
    Set<String> digests() throws IOException {
        final Set<String> digests = new HashSet<>();
        models(gateway.ask()).forEach(model -> digests.add(model.getString("digest")));
        return digests;
    }

    private void await(final String failure, final int looks, final Look look)
            throws IOException, InterruptedException {
        final long end = System.nanoTime() + atMost.toNanos();
        int good = 0;
        String wrong = "";
        while (good < looks) {
            if (System.nanoTime() - end > 0) {
                throw new UnsettledException(failure + " after " + atMost.toSeconds() + " s: " + wrong);
            }
            try {
                wrong = look.apply(gateway.ask());
            } catch (final SocketTroubleException trouble) {
                wrong = trouble.getMessage();
            }
            good = wrong.isEmpty() ? good + 1 : 0;
            if (good < looks) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    /** The console could not be asked; it is asked again. */
    private static final class SocketTroubleException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SocketTroubleException(final IOException cause) {
            super(cause.toString(), cause);
        }
    }

    private List<ConsoleDoor.Listed> bundles() {
        try {
            return console.list();
        } catch (final IOException failed) {
            throw new SocketTroubleException(failed);
        }
    }

    /** Takes over what is installed, and under which digests. */
    private void see(final JsonObject status) {
        world.see(bundles());
        models(status).stream().filter(model -> model.getString("state").equals("STAGED"))
                .forEach(model -> evidence.known(model.getString("version"), model.getString("digest")));
    }

    private String unsettled(final JsonObject status) {
        final List<JsonObject> deployments = deployments(status);
        for (final JsonObject deployment : deployments) {
            if (BUILDING.contains(deployment.getString("state"))) {
                return "a deployment is on its way: " + deployment;
            }
        }
        for (final JsonObject pipeline : objects(status, "pipelines")) {
            final Line line = world.lines().stream().filter(known -> known.name().equals(pipeline.getString("name")))
                    .findFirst().orElseThrow();
            final String wrong = unsettled(status, pipeline, line);
            if (!wrong.isEmpty()) {
                return line.name() + " " + wrong + ": " + pipeline;
            }
        }
        for (final JsonObject publisher : objects(status, "publishers")) {
            if (world.uses(publisher.getString("name")) && !publisher.getBoolean("healthy")) {
                return "a publisher is not well: " + publisher;
            }
        }
        return "";
    }

    private String unsettled(final JsonObject status, final JsonObject pipeline, final Line line) {
        final String expected = world.expected(line).orElse(pipeline.getString("serving"));
        if (!pipeline.getBoolean("sourceHere")) {
            return "has no source";
        }
        if (!pipeline.getString("serving").equals(expected)) {
            return "is not served by " + expected;
        }
        if (!texts(pipeline, "publishers").equals(new HashSet<>(line.publishers()))) {
            return "has not the publishers " + line.publishers();
        }
        final Map<String, Set<String>> staged = new HashMap<>();
        models(status).stream().filter(model -> model.getString("state").equals("STAGED"))
                .forEach(model -> staged.computeIfAbsent(model.getString("version"), any -> new HashSet<>())
                        .add(model.getString("digest")));
        return deployments(status).stream().anyMatch(deployment -> SERVING.contains(deployment.getString("state"))
                && texts(deployment, "pipelines").contains(line.name())
                && deployment.getString("version").equals(expected)
                && staged.getOrDefault(expected, Set.of(deployment.getString("digest")))
                        .contains(deployment.getString("digest"))) ? "" : "is not served by what is installed";
    }

    private String silent(final Map<String, Long> before) {
        for (final Map.Entry<String, Long> line : evidence.counts().entrySet()) {
            if (line.getValue() < before.get(line.getKey()) + NEW_RESULTS) {
                return "no results of " + line.getKey() + " come";
            }
        }
        return "";
    }

    private static List<JsonObject> models(final JsonObject status) {
        return objects(status, "models");
    }

    private static List<JsonObject> deployments(final JsonObject status) {
        return objects(status, "deployments");
    }

    private static List<JsonObject> objects(final JsonObject status, final String key) {
        return status.getJsonArray(key).getValuesAs(JsonObject.class);
    }

    private static Set<String> texts(final JsonObject json, final String key) {
        final Set<String> texts = new HashSet<>();
        json.getJsonArray(key).getValuesAs(JsonString.class).forEach(text -> texts.add(text.getString()));
        return texts;
    }

}
