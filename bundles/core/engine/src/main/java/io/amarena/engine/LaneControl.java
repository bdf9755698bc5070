/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.DeploymentView.State;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.deployment.DeploymentBuilder;
import io.amarena.engine.deployment.DeploymentPlan;
import io.amarena.engine.deployment.Ingredients;
import io.amarena.engine.deployment.RefusedException;
import io.amarena.engine.work.Dispatcher;
import io.amarena.engine.work.Lane;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one lane served by the best deployment that can be had: has it built beside the serving one, swaps one
 * reference, and remembers what was refused and why. Only touched by the engine's own thread, except for the views.
 */
final class LaneControl {

    private static final Logger LOG = LoggerFactory.getLogger(LaneControl.class);
    private static final long FIRST_RETRY_MILLIS = 2_000;
    private static final long LAST_RETRY_MILLIS = 300_000;

    private final Lane lane;
    private final Dispatcher dispatcher;
    private final DeploymentBuilder builder;
    private final Executor deployer;
    private final Executor own;
    private final LongSupplier nanoClock;
    private final LongConsumer lookAgainIn;
    private final long graceMillis;
    private final Map<Ingredients, Refusal> refused = new LinkedHashMap<>();
    private volatile Ingredients building;
    private volatile State buildingState = State.LOADING;
    private volatile List<DeploymentView> refusedViews = List.of();
    private long withoutCandidatesSince = -1;
    private boolean closed;

    /**
     * Controls a lane.
     *
     * @param deployer    where deployments are built, one after the other
     * @param own         the engine's own thread
     * @param lookAgainIn asks for another look after that many milliseconds
     */
    LaneControl(final Lane lane, final Dispatcher dispatcher, final DeploymentBuilder builder, final Executor deployer,
            final Executor own, final LongSupplier nanoClock, final LongConsumer lookAgainIn,
            final long graceMillis) {
        this.lane = lane;
        this.dispatcher = dispatcher;
        this.builder = builder;
        this.deployer = deployer;
        this.own = own;
        this.nanoClock = nanoClock;
        this.lookAgainIn = lookAgainIn;
        this.graceMillis = graceMillis;
    }

    /** Why a deployment does not serve, and when to try again. */
    private static final class Refusal {

        private final String reason;
        private final CheckReport report;
        private final int attempts;
        private final long retryAt;

        Refusal(final String reason, final CheckReport report, final int attempts, final long retryAt) {
            this.reason = reason;
            this.report = report;
            this.attempts = attempts;
            this.retryAt = retryAt;
        }
    }

    Lane lane() {
        return lane;
    }

    /** Looks at what is there and starts what is to be done. */
    void reconcile(final DeploymentPlan.Snapshot snapshot) {
        final List<OptionalDouble> thresholds = new ArrayList<>();
        dispatcher.pipelines(lane).forEach(pipeline -> thresholds.add(pipeline.settings().threshold()));
        final DeploymentPlan.Answer answer = DeploymentPlan.decide(lane.key(), thresholds, snapshot);
        noteLoss();
        refused.keySet().retainAll(new HashSet<>(answer.candidates()));
        publishRefusals();
        if (answer.candidates().isEmpty()) {
            withoutCandidates(String.join("; ", answer.missing()));
            return;
        }
        withoutCandidatesSince = -1;
        if (building != null) {
            return;
        }
        final Ingredients wanted = firstAllowed(answer.candidates());
        final Leased<Deployment> current = lane.current();
        if (wanted == null) {
            blocked(refused.values().iterator().next().reason);
        } else if (current == null || !current.value().ingredients().equals(wanted)) {
            build(wanted, current);
        }
    }

    /** Ends the serving deployment. */
    void close() {
        closed = true;
        dispatcher.swap(lane, null);
    }

    private void noteLoss() {
        final Leased<Deployment> current = lane.current();
        if (current != null && current.value().isLost()) {
            final Ingredients lost = current.value().ingredients();
            refuse(lost, "the session was lost: the device or its runtime failed", CheckReport.NONE, false);
            lane.blockedBecause("the session was lost: the device or its runtime failed");
            dispatcher.swap(lane, null);
            LOG.error("{} lost its session; frames wait for the next deployment", lost);
        }
    }

    private void withoutCandidates(final String reason) {
        final long now = nanoClock.getAsLong();
        if (lane.current() == null) {
            blocked(reason);
            return;
        }
        if (withoutCandidatesSince < 0) {
            withoutCandidatesSince = now;
            LOG.warn("Model {} goes on serving for {} s, then stops: {}", lane.key().model(), graceMillis / 1000,
                    reason);
        }
        final long left = graceMillis - TimeUnit.NANOSECONDS.toMillis(now - withoutCandidatesSince);
        if (left <= 0) {
            lane.blockedBecause(reason);
            dispatcher.swap(lane, null);
            LOG.warn("Model {} serves no longer: {}", lane.key().model(), reason);
        } else {
            lookAgainIn.accept(left);
        }
    }

    private Ingredients firstAllowed(final List<Ingredients> candidates) {
        for (final Ingredients candidate : candidates) {
            final Refusal refusal = refused.get(candidate);
            if (refusal == null) {
                return candidate;
            }
            final long wait = refusal.retryAt - nanoClock.getAsLong();
            if (refusal.retryAt != Long.MAX_VALUE && wait <= 0) {
                return candidate;
            }
            if (refusal.retryAt != Long.MAX_VALUE) {
                lookAgainIn.accept(TimeUnit.NANOSECONDS.toMillis(wait) + 1);
            }
        }
        return null;
    }

    private void build(final Ingredients wanted, final Leased<Deployment> serving) {
        building = wanted;
        buildingState = State.LOADING;
        LOG.info("Preparing {}", wanted);
        deployer.execute(() -> {
            try {
                final Leased<Deployment> built = builder.build(wanted, serving, state -> buildingState = state);
                try {
                    own.execute(() -> built(built));
                } catch (final RejectedExecutionException stopped) {
                    built.retire();
                }
            } catch (final RefusedException refusal) {
                refusedOnOwn(wanted, refusal);
            }
        });
    }

    private void refusedOnOwn(final Ingredients wanted, final RefusedException refusal) {
        try {
            own.execute(() -> refused(wanted, refusal));
        } catch (final RejectedExecutionException stopped) {
            LOG.debug("The engine has stopped", stopped);
        }
    }

    private void built(final Leased<Deployment> deployment) {
        building = null;
        final Ingredients ingredients = deployment.value().ingredients();
        if (closed || ingredients.anyGone()) {
            LOG.info("{} is ready, but something that it was made from has left meanwhile", ingredients);
            deployment.retire();
        } else {
            refused.remove(ingredients);
            dispatcher.swap(lane, deployment);
            LOG.info("{} serves: {}", ingredients, String.join("; ", deployment.value().check().texts()));
        }
        lookAgainIn.accept(0);
    }

    private void refused(final Ingredients wanted, final RefusedException refusal) {
        building = null;
        refuse(wanted, refusal.getMessage(), refusal.report(), refusal.lasting());
        LOG.error("{} is refused: {}{}", wanted, refusal.getMessage(),
                lane.current() == null ? "" : "; " + lane.current().value() + " goes on serving");
        LOG.debug("Refused because of", refusal);
        lookAgainIn.accept(0);
    }

    private void refuse(final Ingredients ingredients, final String reason, final CheckReport report,
            final boolean lasting) {
        final Refusal before = refused.get(ingredients);
        final int attempts = before == null ? 1 : before.attempts + 1;
        final long wait = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(attempts - 1, 10));
        refused.put(ingredients, new Refusal(reason, report, attempts,
                lasting ? Long.MAX_VALUE : nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(wait)));
        publishRefusals();
    }

    private void blocked(final String reason) {
        if (lane.current() == null && !reason.equals(lane.blockedBecause())) {
            lane.blockedBecause(reason);
            LOG.warn("Model {} cannot serve: {}", lane.key().model(), reason);
        }
    }

    private void publishRefusals() {
        final List<DeploymentView> views = new ArrayList<>();
        refused.forEach((ingredients, refusal) -> views.add(view(ingredients, State.REFUSED, refusal.reason, 0,
                refusal.report)));
        refusedViews = List.copyOf(views);
    }

    /** Whether a first deployment is on its way. Any thread. */
    boolean preparing() {
        return building != null;
    }

    /** What serves, what is on its way, and what was refused. Any thread. */
    List<DeploymentView> views() {
        final List<DeploymentView> views = new ArrayList<>();
        final Leased<Deployment> current = lane.current();
        if (current != null) {
            views.add(view(current.value().ingredients(), State.SERVING, "", current.value().batch(),
                    current.value().check()));
        }
        final Ingredients next = building;
        if (next != null) {
            views.add(view(next, buildingState, "", 0, CheckReport.NONE));
        }
        views.addAll(refusedViews);
        return views;
    }

    private DeploymentView view(final Ingredients ingredients, final State state, final String reason,
            final int batch, final CheckReport check) {
        final List<String> pipelines = new ArrayList<>();
        dispatcher.pipelines(lane).forEach(pipeline -> pipelines.add(pipeline.name()));
        return new DeploymentView(ingredients.model().id().name(), ingredients.model().id().version(),
                ingredients.model().id().digest(), ingredients.deviceName(),
                ingredients.size().map(Object::toString).orElse(""), state, reason, pipelines, batch, check);
    }
}
