/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

import io.amarena.api.manage.TrialView;
import io.amarena.api.model.ModelId;
import io.amarena.engine.Leased;
import io.amarena.engine.deployment.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An open trial: a version serves, the one before it stays warm, and both are compared from time to time: whenever the
 * frames since the last comparison have doubled, and at the end. Only the engine's own thread uses it.
 */
public final class Trial {

    private static final long FIRST_LOOK_FRAMES = 32;

    private final ModelId version;
    private final Leased<Deployment> fallback;
    private final Track fallbackTrack;
    private final List<Segment> before;
    private final Track since;
    private final long begunAt;
    private final long nanos;
    private final double drift;
    private long nextLook = FIRST_LOOK_FRAMES;
    private String worse = "";
    private boolean over;

    /**
     * Begins.
     *
     * @param version       that is on trial
     * @param fallback      the version before, kept alive by its owner's share, which the trial takes over
     * @param fallbackTrack what it did
     * @param since         what the version on trial does
     * @param nanos         how long it lasts
     * @param drift         stability index from which the confidence counts as drifted; 0 to leave it out
     */
    public Trial(final ModelId version, final Leased<Deployment> fallback, final Track fallbackTrack,
            final Track since, final long begunAt, final long nanos, final double drift) {
        this.version = version;
        this.fallback = fallback;
        this.fallbackTrack = fallbackTrack;
        this.before = fallbackTrack.segments();
        this.since = since;
        this.begunAt = begunAt;
        this.nanos = nanos;
        this.drift = drift;
    }

    public ModelId version() {
        return version;
    }

    public Leased<Deployment> fallback() {
        return fallback;
    }

    public Track fallbackTrack() {
        return fallbackTrack;
    }

    /** Compares when it is time to. */
    public void look(final long now) {
        if (over || !worse.isEmpty()) {
            return;
        }
        final List<Segment> segments = since.segments();
        final long frames = segments.stream().mapToLong(Segment::frames).sum();
        over = now - begunAt >= nanos;
        if (over || frames >= nextLook) {
            worse = TrialJudge.worse(before, segments, drift, over).orElse("");
            while (nextLook <= frames) {
                nextLook *= 2;
            }
        }
    }

    /** Whether its time is over and nothing was worse. */
    public boolean passed() {
        return over && worse.isEmpty();
    }

    /** What is worse; empty when nothing is. */
    public String worse() {
        return worse;
    }

    /** How it stands. */
    public TrialView view(final long now) {
        final List<Segment> segments = since.segments();
        return new TrialView(TimeUnit.NANOSECONDS.toMillis(now - begunAt), TimeUnit.NANOSECONDS.toMillis(nanos),
                segments.stream().mapToLong(Segment::frames).sum(),
                segments.stream().mapToLong(Segment::failed).sum(),
                fallback.value().ingredients().model().id().version());
    }

    /** What was done, for the journal. */
    public String summary() {
        final TrialView view = view(begunAt + nanos);
        return "passed its trial of " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s with " + view.frames() + " frames";
    }
}
