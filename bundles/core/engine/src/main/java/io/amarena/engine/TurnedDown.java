/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.DeploymentView.State;
import io.amarena.engine.deployment.Ingredients;
import io.amarena.engine.version.History;
import io.amarena.engine.version.LanePolicy.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a lane turned down, and why: what was refused before it served, and what was rolled back. Only the engine's own
 * thread changes it.
 */
final class TurnedDown {

    private static final long FIRST_RETRY_MILLIS = 2_000;
    private static final long LAST_RETRY_MILLIS = 300_000;
    private static final int MOST_DOUBLINGS = 10;

    private final Map<Ingredients, Refusal> refused = new LinkedHashMap<>();
    private final Map<Ingredients, CheckReport> reports = new HashMap<>();
    private final Map<Ingredients, String> rolledBack = new LinkedHashMap<>();
    private volatile List<Down> all = List.of();

    /**
     * Something that does not serve.
     *
     * @param state  refused or rolled back
     * @param report what the check found up to what it was refused for
     */
    record Down(Ingredients ingredients, State state, String reason, CheckReport report) {
    }

    /** Notes a refusal; it is tried again, later each time, unless that is pointless. */
    void refuse(final Ingredients ingredients, final String reason, final CheckReport report, final boolean lasting,
            final long nowMillis) {
        final Refusal before = refused.get(ingredients);
        final int attempts = before == null ? 1 : before.attempts() + 1;
        final long wait = Math.min(LAST_RETRY_MILLIS,
                FIRST_RETRY_MILLIS << Math.min(attempts - 1, MOST_DOUBLINGS));
        refused.put(ingredients, new Refusal(reason, attempts, lasting ? Long.MAX_VALUE : nowMillis + wait));
        reports.put(ingredients, report);
        publish();
    }

    void rollBack(final Ingredients ingredients, final String reason) {
        rolledBack.put(ingredients, reason);
        publish();
    }

    /** It serves now. */
    void accept(final Ingredients ingredients) {
        refused.remove(ingredients);
        publish();
    }

    /** Lets a version be tried again; whether it was refused. */
    boolean retry(final String digest) {
        final boolean known = refused.keySet().removeIf(ingredients -> ingredients.digest().equals(digest));
        publish();
        return known;
    }

    /** Forgets what is no longer a candidate or no longer denied. */
    void keepOnly(final Collection<Ingredients> candidates, final History history) {
        refused.keySet().retainAll(new HashSet<>(candidates));
        rolledBack.keySet().removeIf(back -> history.denial(back.digest()).isEmpty());
        publish();
    }

    Map<Ingredients, Refusal> refusals() {
        return Map.copyOf(refused);
    }

    /** Everything. Any thread. */
    List<Down> all() {
        return all;
    }

    private void publish() {
        reports.keySet().retainAll(refused.keySet());
        final List<Down> now = new ArrayList<>();
        refused.forEach((ingredients, refusal) -> now.add(new Down(ingredients, State.REFUSED, refusal.reason(),
                reports.getOrDefault(ingredients, CheckReport.NONE))));
        rolledBack.forEach((ingredients, reason) -> now.add(new Down(ingredients, State.ROLLED_BACK, reason,
                CheckReport.NONE)));
        all = List.copyOf(now);
    }
}
