/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.Session;
import io.amarena.api.manage.CheckReport;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.Preprocessor;
import io.amarena.engine.Leased;
import io.amarena.engine.trial.Observations;
import java.util.List;

/**
 * One model version with its stages on one device, built, warmed and checked as a whole: everything exchangeable
 * between a mailbox and a result hangs on it. It is used under a {@linkplain Leased lease} and ended by the last one.
 */
public final class Deployment {

    private final Ingredients ingredients;
    private final Leased<Session> session;
    private final Preprocessor preprocessor;
    private final Postprocessor postprocessor;
    private final List<ImageDecoder> decoders;
    private final BatchLayout layout;
    private final double threshold;
    private final CheckReport check;
    private final Observations observations = new Observations();
    private volatile boolean superseded;
    private volatile boolean lost;

    /**
     * A deployment that passed its check.
     *
     * @param session with a lease for this deployment
     * @param threshold the model's own score threshold; 0 where it has none
     * @param check   what the check found
     */
    Deployment(final Ingredients ingredients, final Leased<Session> session, final Preprocessor preprocessor,
            final Postprocessor postprocessor, final List<ImageDecoder> decoders, final BatchLayout layout,
            final double threshold, final CheckReport check) {
        this.ingredients = ingredients;
        this.session = session;
        this.preprocessor = preprocessor;
        this.postprocessor = postprocessor;
        this.decoders = List.copyOf(decoders);
        this.layout = layout;
        this.threshold = threshold;
        this.check = check;
    }

    public Ingredients ingredients() {
        return ingredients;
    }

    public Session session() {
        return session.value();
    }

    Leased<Session> sessionLease() {
        return session;
    }

    public Preprocessor preprocessor() {
        return preprocessor;
    }

    public Postprocessor postprocessor() {
        return postprocessor;
    }

    public List<ImageDecoder> decoders() {
        return decoders;
    }

    /** The room of one batch. */
    public BatchLayout layout() {
        return layout;
    }

    public int batch() {
        return layout.capacity();
    }

    /** How many batches are worth running at the same time. */
    public int concurrency() {
        return session.value().concurrency();
    }

    /** The model's own score threshold; 0 where it has none. */
    public double threshold() {
        return threshold;
    }

    public CheckReport check() {
        return check;
    }

    /** What is counted while it serves. */
    public Observations observations() {
        return observations;
    }

    /** It serves, perhaps again. */
    public void reinstate() {
        superseded = false;
    }

    /** Another deployment has taken over, or none may. */
    public void supersede() {
        superseded = true;
    }

    /** Its session cannot be used any more. */
    public void lost() {
        lost = true;
    }

    public boolean isLost() {
        return lost;
    }

    /**
     * Whether a failure may come from a change rather than from the frame: then the frame runs again on the next
     * deployment.
     */
    public boolean stale() {
        return superseded || lost || ingredients.anyGone();
    }

    @Override
    public String toString() {
        return ingredients.toString();
    }
}
