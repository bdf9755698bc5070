/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.work;

import io.amarena.engine.Leased;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.pipeline.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * Work for one worker: jobs with a lease on the deployment to run them on, or a job that can no longer run. Every
 * worker fills its own again and again.
 */
final class Batch {

    private final List<Job> jobs = new ArrayList<>();
    private Lane lane;
    private Leased<Deployment> deployment;

    void clear() {
        jobs.clear();
        lane = null;
        deployment = null;
    }

    void begin(final Lane from, final Leased<Deployment> leased) {
        lane = from;
        deployment = leased;
    }

    List<Job> jobs() {
        return jobs;
    }

    Lane lane() {
        return lane;
    }

    /** Null when the jobs are to be failed. */
    Leased<Deployment> deployment() {
        return deployment;
    }
}
