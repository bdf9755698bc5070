/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what the gateway has counted with what the subscriber has seen. Pure functions over its last status. */
final class Accounts {

    private Accounts() {
    }

    /** Frames that each pipeline accepted. */
    static Map<String, Long> accepted(final JsonObject status) {
        final Map<String, Long> accepted = new LinkedHashMap<>();
        for (final JsonObject pipeline : status.getJsonArray("pipelines").getValuesAs(JsonObject.class)) {
            accepted.put(pipeline.getString("name"), count(pipeline, "accepted"));
        }
        return accepted;
    }

    /** Whether every frame is answered and every result confirmed. */
    static boolean atRest(final JsonObject status) {
        return status.getJsonArray("pipelines").getValuesAs(JsonObject.class).stream()
                .allMatch(pipeline -> !pipeline.getBoolean("sourceHere") && count(pipeline, "inFlight") == 0)
                && status.getJsonArray("publishers").getValuesAs(JsonObject.class).stream()
                .allMatch(publisher -> count(publisher, "waiting") == 0);
    }

    /**
     * What does not agree.
     *
     * @param seen results of each pipeline at the subscriber, each counted once
     */
    static List<String> disagreements(final JsonObject status, final Map<String, Long> seen) {
        final List<String> wrong = new ArrayList<>();
        long published = 0;
        for (final JsonObject pipeline : status.getJsonArray("pipelines").getValuesAs(JsonObject.class)) {
            final String name = pipeline.getString("name");
            final JsonObject account = pipeline.getJsonObject("account");
            published += count(pipeline, "published");
            if (!account.getBoolean("balanced")) {
                wrong.add("the account of " + name + " does not balance: " + account);
            }
            if (count(pipeline, "published") != count(pipeline, "accepted")) {
                wrong.add(name + " did not publish every frame that it accepted: " + account);
            }
            if (!seen.getOrDefault(name, 0L).equals(count(pipeline, "published"))) {
                wrong.add(name + " published " + count(pipeline, "published") + " results, the subscriber saw "
                        + seen.get(name));
            }
        }
        for (final JsonObject publisher : status.getJsonArray("publishers").getValuesAs(JsonObject.class)) {
            final JsonObject account = publisher.getJsonObject("account");
            if (!account.getBoolean("balanced") || count(publisher, "dropped") > 0) {
                wrong.add("the account of the publisher " + publisher.getString("name") + " is " + account);
            }
            if (publisher.getString("name").equals(StartSettings.FIRST) && count(publisher, "confirmed") != published) {
                wrong.add("the pipelines published " + published + " results, the account of the publisher "
                        + StartSettings.FIRST + " is " + account);
            }
        }
        return wrong;
    }

    private static long count(final JsonObject view, final String key) {
        return view.getJsonObject("account").getJsonNumber(key).longValue();
    }
}
