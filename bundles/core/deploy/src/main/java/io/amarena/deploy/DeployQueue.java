/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import io.amarena.api.manage.BundleDeployer;
import io.amarena.api.manage.DeployReport;
import io.amarena.api.manage.DeployReport.State;
import io.amarena.api.manage.DeployRequest;
import io.amarena.lib.deployed.AuditLog;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys that were asked for, done one after the other on a thread of its own, and their reports. Thread-safe. */
final class DeployQueue implements BundleDeployer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeployQueue.class);
    private static final int MOST_WAITING = 16;
    private static final int MOST_REPORTS = 256;
    private static final long STOP_MILLIS = 3000;

    private final Deploy deploy;
    private final Recorder recorder;
    private final Thread thread;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, DeployReport> reports = new LinkedHashMap<>();
    private boolean closed;

    /** A deploy that others come before. */
    private record Waiting(String key, DeployRequest request) {
    }

    DeployQueue(final Deploy deploy, final Recorder recorder) {
        this.deploy = deploy;
        this.recorder = recorder;
        this.thread = new Thread(this::run, "amarena-deploy");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public synchronized String begin(final DeployRequest request) {
        if (closed) {
            throw new IllegalStateException("The gateway is being stopped: deploy again when it runs");
        }
        if (waiting.size() >= MOST_WAITING) {
            throw new IllegalStateException(MOST_WAITING + " deploys are waiting already: try again later");
        }
        final String key = UUID.randomUUID().toString();
        waiting.add(new Waiting(key, request));
        tell(key, new DeployReport(State.WAITING, "", "", "", ""));
        notifyAll();
        return key;
    }

    @Override
    public synchronized Optional<DeployReport> report(final String key) {
        return Optional.ofNullable(reports.get(key));
    }

    private synchronized void tell(final String key, final DeployReport report) {
        reports.put(key, report);
        final Iterator<DeployReport> oldest = reports.values().iterator();
        while (reports.size() > MOST_REPORTS && oldest.hasNext()) {
            if (oldest.next().state().isFinal()) {
                oldest.remove();
            }
        }
    }

    private void run() {
        try {
            for (Waiting next = next(); next != null; next = next()) {
                tell(next.key(), new DeployReport(State.RUNNING, "", "", "", ""));
                tell(next.key(), run(next.request()));
            }
        } catch (final InterruptedException e) {
            LOG.debug("The thread of deploys was interrupted");
        }
    }

    private DeployReport run(final DeployRequest request) throws InterruptedException {
        DeployReport report;
        try {
            report = deploy.run(request);
        } catch (final RuntimeException e) {
            LOG.error("The deploy of {} broke off", request.file(), e);
            report = new DeployReport(State.FAILED, "", "", "", "the deploy broke off: " + e
                    + ". The gateway's log says more");
        }
        recorder.audit(new AuditLog.Act(Instant.now(), Door.COMMAND, request.who(), "deploy", report.symbolicName(),
                report.version(), report.digest(),
                (report.state() == State.DONE ? AuditLog.Act.DONE : report.state().name().toLowerCase(
                        java.util.Locale.ROOT)) + ": " + report.message()));
        return report;
    }

    private synchronized Waiting next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : waiting.remove();
    }

    /** Begins no deploy any more, and waits a while for the one that runs. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            for (final Waiting one : waiting) {
                tell(one.key(), new DeployReport(State.FAILED, "", "", "",
                        "the gateway is being stopped. Nothing was changed"));
            }
            waiting.clear();
            notifyAll();
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
