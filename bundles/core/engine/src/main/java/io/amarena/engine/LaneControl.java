/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.DeploymentView.State;
import io.amarena.api.manage.TrialView;
import io.amarena.api.model.Model;
import io.amarena.api.model.ModelId;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.deployment.DeploymentPlan;
import io.amarena.engine.deployment.Ingredients;
import io.amarena.engine.deployment.RefusedException;
import io.amarena.engine.trial.Track;
import io.amarena.engine.trial.Trial;
import io.amarena.engine.version.History;
import io.amarena.engine.version.JournalEntry.Kind;
import io.amarena.engine.version.LanePolicy;
import io.amarena.engine.version.Versions;
import io.amarena.engine.work.Dispatcher;
import io.amarena.engine.work.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of one lane that {@link LanePolicy} decides: has the next deployment built beside the serving one,
 * swaps one reference, keeps the one before warm during a trial, and remembers what was refused and why. Only touched
 * by the engine's own thread, except for the views.
 */
final class LaneControl {

    private static final Logger LOG = LoggerFactory.getLogger(LaneControl.class);
    private static final long JOURNAL_RETRY_MILLIS = 2_000;

    private final Lane lane;
    private final Dispatcher dispatcher;
    private final BuildingSite site;
    private final LongSupplier nanoClock;
    private final LongConsumer lookAgainIn;
    private final long graceMillis;
    private final Versions versions;
    private final Function<String, Optional<Model>> stored;
    private final TurnedDown down = new TurnedDown();
    private volatile Trial trial;
    private volatile String notice = "serves";
    private Track track;
    private long withoutCandidatesSince = -1;
    private boolean closed;

    /**
     * Controls a lane.
     *
     * @param site        where its deployments are built, one after the other
     * @param lookAgainIn asks for another look after that many milliseconds
     * @param stored      the model of a digest, from the gateway's own store
     */
    LaneControl(final Lane lane, final Dispatcher dispatcher, final BuildingSite site, final LongSupplier nanoClock,
            final LongConsumer lookAgainIn, final long graceMillis, final Versions versions,
            final Function<String, Optional<Model>> stored) {
        this.lane = lane;
        this.dispatcher = dispatcher;
        this.site = site;
        this.nanoClock = nanoClock;
        this.lookAgainIn = lookAgainIn;
        this.graceMillis = graceMillis;
        this.versions = versions;
        this.stored = stored;
    }

    Lane lane() {
        return lane;
    }

    /** Looks at what is there and takes the next step. */
    void reconcile(final DeploymentPlan.Snapshot snapshot) {
        final DeploymentPlan.Answer answer = plan(snapshot);
        down.keepOnly(answer.candidates(), versions.history());
        if (!answer.candidates().isEmpty() || serving().isEmpty()) {
            withoutCandidatesSince = -1;
        } else if (withoutCandidatesSince < 0) {
            withoutCandidatesSince = nowMillis();
            LOG.warn("Model {} goes on serving for {} s, then stops: {}", lane.key().model(), graceMillis / 1000,
                    String.join("; ", answer.missing()));
        }
        take(LanePolicy.decide(situation(answer)));
        commitAgain(answer);
    }

    /** A version whose pack was uninstalled and has come back before it stopped serving serves for good again. */
    private void commitAgain(final DeploymentPlan.Answer answer) {
        serving().filter(answer.candidates()::contains).map(ingredients -> ingredients.model().id())
                .filter(id -> trial == null && !versions.history().isCommitted(name(), id))
                .ifPresent(id -> versions.recordAnyway(Kind.COMMITTED, name(), id, "its pack has come back"));
    }

    private DeploymentPlan.Answer plan(final DeploymentPlan.Snapshot snapshot) {
        final List<OptionalDouble> thresholds = new ArrayList<>();
        dispatcher.pipelines(lane).forEach(pipeline -> thresholds.add(pipeline.settings().threshold()));
        final List<Model> back = new ArrayList<>();
        for (final ModelId id : versions.history().returnable(name(), lane.key().model())) {
            stored.apply(id.digest()).ifPresent(back::add);
        }
        return DeploymentPlan.decide(lane.key(), thresholds, snapshot, versions.history().denials(), back);
    }

    private LanePolicy.Situation situation(final DeploymentPlan.Answer answer) {
        final Leased<Deployment> current = lane.current();
        return new LanePolicy.Situation(answer.candidates(), String.join("; ", answer.missing()), down.refusals(),
                serving(), current != null && !borrows() && current.value().isLost()
                        ? "the session was lost: the device or its runtime failed" : "",
                Optional.ofNullable(trial).map(LaneControl::situation),
                versions.history().committed(name(), lane.key().model()).map(ModelId::digest), site.busy(),
                withoutCandidatesSince < 0 ? 0 : nowMillis() - withoutCandidatesSince, graceMillis, nowMillis());
    }

    private static LanePolicy.Trial situation(final Trial open) {
        final LanePolicy.Verdict verdict = !open.worse().isEmpty() ? LanePolicy.Verdict.WORSE
                : open.passed() ? LanePolicy.Verdict.PASSED : LanePolicy.Verdict.OPEN;
        return new LanePolicy.Trial(open.fallback().value().ingredients(), verdict, open.worse());
    }

    private void take(final LanePolicy.Step step) {
        if (step instanceof LanePolicy.Wait wait) {
            if (borrows() && !wait.reason().isEmpty()) {
                dispatcher.swap(lane, null);
            }
            if (lane.current() == null && !wait.reason().isEmpty() && !wait.reason().equals(lane.blockedBecause())) {
                lane.blockedBecause(wait.reason());
                LOG.warn("Model {} cannot serve: {}", lane.key().model(), wait.reason());
            }
            if (wait.millis() != Long.MAX_VALUE) {
                lookAgainIn.accept(Math.max(1, wait.millis()));
            }
            return;
        }
        if (step instanceof LanePolicy.Build build) {
            LOG.info("Preparing {}", build.wanted());
            site.build(build.wanted(), lane.current(), this::built, this::refused);
            return;
        }
        if (step instanceof LanePolicy.Commit) {
            commit(trial.summary());
        } else if (step instanceof LanePolicy.RollBack back) {
            rollBack(back.reason());
        } else if (step instanceof LanePolicy.Return) {
            versions.recordAnyway(Kind.TRIAL_ENDED, name(), trial.version(), "the version before is wanted again");
            swapBack();
            notice = "serves again";
        } else if (step instanceof LanePolicy.Withdraw withdraw) {
            withdraw(withdraw.reason());
        }
        lookAgainIn.accept(0);
    }

    /** The version that serves on trial serves for good. False when the disk refuses it; it is tried again. */
    boolean commit(final String reason) {
        final ModelId id = lane.current().value().ingredients().model().id();
        try {
            versions.record(Kind.COMMITTED, name(), id, reason);
        } catch (final IOException failed) {
            LOG.error("{} stays on trial: {}", id, failed.getMessage());
            lookAgainIn.accept(JOURNAL_RETRY_MILLIS);
            return false;
        }
        final Trial ended = trial;
        trial = null;
        ended.fallback().retire();
        notice = "serves for good: it " + reason;
        LOG.info("{} serves for good: it {}", id, reason);
        return true;
    }

    /** Takes the version that is on trial back, in one step. */
    void rollBack(final String reason) {
        final Ingredients worse = lane.current().value().ingredients();
        versions.recordAnyway(Kind.ROLLED_BACK, name(), worse.model().id(), reason);
        swapBack();
        down.rollBack(worse, reason);
        notice = "serves again: " + worse.model().id().version() + " was rolled back: " + reason;
        LOG.error("{} is rolled back: {}; {} serves again. It is denied until amarena promote {} {}", worse, reason,
                lane.current().value(), worse.model().id().name(), worse.model().id().version());
    }

    /** Denies the version that serves for good; it goes on until the one before is ready to take over. */
    void deny(final String reason) throws IOException {
        final Ingredients denied = lane.current().value().ingredients();
        versions.record(Kind.ROLLED_BACK, name(), denied.model().id(), reason);
        down.rollBack(denied, reason);
    }

    /** Lets a version be tried again that was refused; whether there is one. */
    boolean retry(final String digest) {
        return down.retry(digest);
    }

    private void swapBack() {
        final Trial ended = trial;
        trial = null;
        track = ended.fallbackTrack();
        dispatcher.exchange(lane, ended.fallback()).retire();
    }

    private void withdraw(final String reason) {
        final Deployment withdrawn = lane.current().value();
        if (withdrawn.isLost()) {
            down.refuse(withdrawn.ingredients(), reason, CheckReport.NONE, false, nowMillis());
        }
        lane.blockedBecause(reason);
        endTrial("nothing can serve");
        dispatcher.swap(lane, null);
        track = null;
        LOG.error("{} serves no longer: {}", withdrawn, reason);
    }

    /** Ends the serving deployment. */
    void close() {
        closed = true;
        endTrial("its pipelines have left, or the gateway stopped");
        dispatcher.swap(lane, null);
    }

    /** Without a verdict; the version before is let go. */
    private void endTrial(final String reason) {
        final Trial open = trial;
        if (open != null) {
            trial = null;
            versions.recordAnyway(Kind.TRIAL_ENDED, name(), open.version(), reason);
            open.fallback().retire();
        }
    }

    /** Reads the counters of what serves, and compares when a trial is open. */
    void observe() {
        final long now = nanoClock.getAsLong();
        if (track != null) {
            track.look(now);
        }
        final Trial open = trial;
        if (open != null) {
            open.look(now);
            if (open.passed() || !open.worse().isEmpty()) {
                lookAgainIn.accept(0);
            }
        }
    }

    private void built(final Leased<Deployment> deployment) {
        final Ingredients ingredients = deployment.value().ingredients();
        if (closed || ingredients.anyGone() || versions.history().denial(ingredients.digest()).isPresent()) {
            LOG.info("{} is ready, but something has changed meanwhile: it is not wanted", ingredients);
            deployment.retire();
        } else {
            try {
                serve(deployment);
            } catch (final IOException failed) {
                down.refuse(ingredients, failed.getMessage(), CheckReport.NONE, false, nowMillis());
                LOG.error("{} does not serve: {}", ingredients, failed.getMessage());
                deployment.retire();
            }
        }
        lookAgainIn.accept(0);
    }

    /** What takes effect is in the journal before. */
    private void serve(final Leased<Deployment> next) throws IOException {
        final ModelId id = next.value().ingredients().model().id();
        final Leased<Deployment> current = lane.current();
        if (mustProveItself(next, current)) {
            versions.record(Kind.TRIAL_BEGUN, name(), id, "");
            beginTrial(next, current);
            notice = "serves on trial";
        } else {
            final Trial open = trial;
            if (open != null || !versions.history().isCommitted(name(), id)) {
                versions.record(Kind.COMMITTED, name(), id, current == null ? "is the first to serve" : "takes over");
            }
            trial = null;
            if (open != null) {
                open.fallback().retire();
            }
            track = new Track(next.value().observations(), nanoClock.getAsLong());
            dispatcher.swap(lane, next);
            notice = "serves";
        }
        down.accept(next.value().ingredients());
        LOG.info("{} {}: {}", next.value(), notice, String.join("; ", next.value().check().texts()));
    }

    private boolean mustProveItself(final Leased<Deployment> next, final Leased<Deployment> current) {
        final History history = versions.history();
        return trialNanos() > 0 && current != null && !borrows()
                && LanePolicy.mustProveItself(next.value().ingredients().digest(),
                        current.value().ingredients().digest(), trial != null, history.denials().keySet(),
                        history.returnable(name(), lane.key().model()));
    }

    private void beginTrial(final Leased<Deployment> next, final Leased<Deployment> current) {
        final long now = nanoClock.getAsLong();
        final Trial open = trial;
        final Leased<Deployment> replaced = dispatcher.exchange(lane, next);
        final Track before = open == null ? track : open.fallbackTrack();
        track = new Track(next.value().observations(), now);
        trial = new Trial(next.value().ingredients().model().id(), open == null ? current : open.fallback(), before,
                track, now, trialNanos(), drift());
        if (open != null) {
            // A change during a trial ends it undecided; the way back stays the one to the last committed version.
            replaced.retire();
        }
    }

    private long trialNanos() {
        return TimeUnit.SECONDS.toNanos(dispatcher.pipelines(lane).stream()
                .mapToInt(pipeline -> pipeline.settings().trialSeconds()).max().orElse(0));
    }

    /** The strictest of the pipelines' limits. */
    private double drift() {
        return dispatcher.pipelines(lane).stream().mapToDouble(pipeline -> pipeline.settings().trialDrift())
                .filter(limit -> limit > 0).min().orElse(0);
    }

    private void refused(final Ingredients wanted, final RefusedException refusal) {
        down.refuse(wanted, refusal.getMessage(), refusal.report(), refusal.lasting(), nowMillis());
        LOG.error("{} is refused: {}{}", wanted, refusal.getMessage(),
                lane.current() == null ? "" : "; " + lane.current().value() + " goes on serving");
        LOG.debug("Refused because of", refusal);
        lookAgainIn.accept(0);
    }

    /** The name of the lane in the journal. */
    String name() {
        return lane.key().text();
    }

    /** Whether what serves belongs to the lane that the pipelines came from. */
    private boolean borrows() {
        return lane.current() != null && track == null;
    }

    private Optional<Ingredients> serving() {
        return Optional.ofNullable(borrows() ? null : lane.current()).map(current -> current.value().ingredients());
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong());
    }

    /** Whether a trial is open. */
    boolean onTrial() {
        return trial != null;
    }

    /** What happened last to what serves, for people. */
    String notice() {
        return notice;
    }

    /** Whether a first deployment is on its way. Any thread. */
    boolean preparing() {
        return site.busy();
    }

    /** What serves, what is on its way, and what was refused or rolled back. Any thread. */
    List<DeploymentView> views() {
        final List<DeploymentView> views = new ArrayList<>();
        final Leased<Deployment> current = lane.current();
        final Trial open = trial;
        if (current != null) {
            views.add(view(current.value().ingredients(), open == null ? State.SERVING : State.TRIAL, "",
                    current.value().batch(), current.value().check(),
                    Optional.ofNullable(open).map(running -> running.view(nanoClock.getAsLong()))));
        }
        site.view().ifPresent(next -> views.add(view(next.ingredients(), next.state(), "", 0, CheckReport.NONE,
                Optional.empty())));
        down.all().forEach(turned -> views.add(view(turned.ingredients(), turned.state(), turned.reason(), 0,
                turned.report(), Optional.empty())));
        return views;
    }

    private DeploymentView view(final Ingredients ingredients, final State state, final String reason,
            final int batch, final CheckReport check, final Optional<TrialView> progress) {
        final List<String> pipelines = new ArrayList<>();
        dispatcher.pipelines(lane).forEach(pipeline -> pipelines.add(pipeline.name()));
        return new DeploymentView(ingredients.model().id().name(), ingredients.model().id().version(),
                ingredients.model().id().digest(), ingredients.deviceName(),
                ingredients.size().map(Object::toString).orElse(""), state, reason, pipelines, batch, check, progress);
    }
}
