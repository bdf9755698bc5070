/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import io.amarena.api.model.ModelId;
import io.amarena.engine.deployment.Ingredients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a lane does next: at most one step, from what is there. A pure function without memory, so that asking
 * again does no harm; whoever takes the step asks again afterwards.
 */
public final class LanePolicy {

    private LanePolicy() {
    }

    /**
     * Why something does not serve.
     *
     * @param retryAt milliseconds of the lane's clock; {@code Long.MAX_VALUE} when trying again is pointless
     */
    public record Refusal(String reason, int attempts, long retryAt) {
    }

    /** How an open trial stands. */
    public enum Verdict {
        /** Nothing is worse so far. */
        OPEN,
        /** Its time is over and nothing was worse. */
        PASSED,
        /** Something is worse. */
        WORSE
    }

    /**
     * An open trial.
     *
     * @param fallback what the version before it is made of; it is still warm
     * @param reason   what is worse; empty otherwise
     */
    public record Trial(Ingredients fallback, Verdict verdict, String reason) {
    }

    /**
     * What there is.
     *
     * @param candidates   what may serve, best first
     * @param missing      why there is nothing, or nothing better
     * @param refusals     candidates that were tried
     * @param serving      what serves, on trial or for good
     * @param lost         why what serves cannot be used any more; empty when it can
     * @param trial        open when what serves is on trial
     * @param committed    digest that is to serve for good, by the journal
     * @param building     whether a deployment is being built
     * @param withoutMillis how long there has been no candidate
     * @param graceMillis  how long what serves goes on without a candidate
     * @param now          milliseconds of the lane's clock
     */
    public record Situation(List<Ingredients> candidates, String missing, Map<Ingredients, Refusal> refusals,
            Optional<Ingredients> serving, String lost, Optional<Trial> trial, Optional<String> committed,
            boolean building, long withoutMillis, long graceMillis, long now) {
    }

    /** What to do. */
    public sealed interface Step permits Build, Commit, RollBack, Return, Withdraw, Wait {
    }

    /** Build this beside what serves. */
    public record Build(Ingredients wanted) implements Step {
    }

    /** The trial is passed: what serves, serves for good. */
    public record Commit() implements Step {
    }

    /** Swap back to what is warm, and deny the version that was on trial. */
    public record RollBack(String reason) implements Step {
    }

    /** Swap back to what is warm without a verdict: it is what is wanted now. */
    public record Return() implements Step {
    }

    /** Let nothing serve. */
    public record Withdraw(String reason) implements Step {
    }

    /**
     * Do nothing.
     *
     * @param reason why nothing serves or soon will not; empty when all is well
     * @param millis look again after that time; {@code Long.MAX_VALUE} when only a change can help
     */
    public record Wait(String reason, long millis) implements Step {
    }

    private static final Step REST = new Wait("", Long.MAX_VALUE);

    /** Decides. */
    public static Step decide(final Situation situation) {
        final Optional<Trial> trial = situation.trial();
        if (trial.isPresent() && !situation.lost().isEmpty()) {
            // What is no candidate any more was not lost by its own fault.
            return situation.candidates().contains(situation.serving().orElseThrow()) ? new RollBack(situation.lost())
                    : new Return();
        }
        if (trial.isPresent() && trial.get().verdict() == Verdict.WORSE) {
            return new RollBack(trial.get().reason());
        }
        if (!situation.lost().isEmpty()) {
            return new Withdraw(situation.lost());
        }
        if (situation.candidates().isEmpty() && trial.isPresent()) {
            return new Return();
        }
        if (situation.candidates().isEmpty()) {
            return withoutCandidates(situation);
        }
        final Choice choice = choose(situation);
        if (trial.isPresent() && choice.wanted != null && choice.wanted.equals(trial.get().fallback())) {
            return new Return();
        }
        if (trial.isPresent() && trial.get().verdict() == Verdict.PASSED) {
            return new Commit();
        }
        if (situation.building()) {
            return REST;
        }
        if (choice.wanted == null) {
            return new Wait(situation.serving().isPresent() ? "" : choice.reason, choice.lookAgain);
        }
        return situation.serving().filter(choice.wanted::equals).isPresent() ? new Wait("", choice.lookAgain)
                : new Build(choice.wanted);
    }

    /**
     * Whether a version serves on trial first: one that replaces another, and one on trial of which something was
     * exchanged; but none that served for good before, and none without a version to return to.
     *
     * @param next       digest that is ready to serve
     * @param serving    digest that serves
     * @param trial      whether it does so on trial
     * @param denied     digests that may not serve
     * @param returnable versions that served for good and may do so again
     */
    public static boolean mustProveItself(final String next, final String serving, final boolean trial,
            final Set<String> denied, final List<ModelId> returnable) {
        return (trial || !next.equals(serving)) && !denied.contains(serving)
                && returnable.stream().noneMatch(id -> id.digest().equals(next));
    }

    private static Step withoutCandidates(final Situation situation) {
        if (situation.serving().isEmpty()) {
            return new Wait(situation.missing(), Long.MAX_VALUE);
        }
        final long left = situation.graceMillis() - situation.withoutMillis();
        return left <= 0 ? new Withdraw(situation.missing()) : new Wait(situation.missing(), left);
    }

    /** The candidate to serve, or none with the reason and the time after which that may change. */
    private static final class Choice {

        private Ingredients wanted;
        private String reason = "";
        private long lookAgain = Long.MAX_VALUE;
    }

    private static Choice choose(final Situation situation) {
        final Choice choice = new Choice();
        final Optional<String> serving = situation.serving().map(Ingredients::digest);
        final boolean known = serving.isPresent()
                && situation.candidates().stream().anyMatch(candidate -> candidate.digest().equals(serving.get()));
        if (!known && situation.committed().isPresent()) {
            // After a start, or when what serves was denied, the version of the journal comes first.
            situation.candidates().stream()
                    .filter(candidate -> candidate.digest().equals(situation.committed().get()))
                    .forEach(candidate -> consider(candidate, situation, choice));
        }
        boolean reached = false;
        for (final Ingredients candidate : situation.candidates()) {
            final boolean same = known && candidate.digest().equals(serving.get());
            if (reached && !same) {
                break;
            }
            reached |= same;
            consider(candidate, situation, choice);
        }
        return choice;
    }

    private static void consider(final Ingredients candidate, final Situation situation, final Choice choice) {
        if (choice.wanted != null) {
            return;
        }
        final Refusal refusal = situation.refusals().get(candidate);
        if (refusal == null || refusal.retryAt() <= situation.now()) {
            choice.wanted = candidate;
            return;
        }
        if (choice.reason.isEmpty()) {
            choice.reason = refusal.reason();
        }
        if (refusal.retryAt() != Long.MAX_VALUE) {
            choice.lookAgain = Math.min(choice.lookAgain, refusal.retryAt() - situation.now() + 1);
        }
    }
}
