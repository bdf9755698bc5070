/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.work;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.Slot;
import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.frame.Image;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Timings;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.StageException;
import io.amarena.engine.deployment.Decoding;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.deployment.WorkerScratch;
import io.amarena.engine.pipeline.Job;
import io.amarena.engine.pipeline.Verdict;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches and brings them from the mailbox to their verdicts: decode, preprocess, run, postprocess, all on its
 * own thread.
 *
 * <p>A failure of a deployment that is no longer current is nobody's fault: the frame runs again on the next one,
 * within a bounded time. Any other failure becomes the frame's result. Nothing that a frame, a stage or a model does
 * ends the worker.
 */
final class Worker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final String DECODE = "decode";

    private final Dispatcher dispatcher;
    private final WorkerScratch scratch;
    private final long retryNanos;
    private final Runnable onLost;
    private final Batch batch = new Batch();
    private final CostClock clock = new CostClock();
    private Work[] works = new Work[0];

    /**
     * A worker that has not started.
     *
     * @param maxPixels  larger pictures are refused
     * @param retryNanos how long a frame may wait for the next deployment after a failure that was not its own
     * @param onLost     called when a deployment lost its session; returns at once
     */
    Worker(final Dispatcher dispatcher, final long maxPixels, final long retryNanos, final Runnable onLost) {
        this.dispatcher = dispatcher;
        this.scratch = new WorkerScratch(maxPixels);
        this.retryNanos = retryNanos;
        this.onLost = onLost;
    }

    @Override
    public void run() {
        try {
            while (dispatcher.take(batch)) {
                guarded();
            }
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void guarded() {
        try {
            if (batch.deployment() == null) {
                batch.jobs().forEach(this::giveUp);
            } else {
                runLeased();
            }
        } catch (final RuntimeException | Error unexpected) {
            LOG.error("A batch ended in an error of the engine; please report it: {}", unexpected.toString(),
                    unexpected);
        }
    }

    private void runLeased() {
        final Deployment deployment = batch.deployment().value();
        final long begun = clock.of(deployment);
        try {
            scratch.keepOnly(deployment.decoders());
            runBatch(deployment, batch.jobs());
        } finally {
            final int frames = batch.jobs().size();
            deployment.observations().cost((clock.of(deployment) - begun) / frames, frames);
            batch.deployment().release();
            dispatcher.finished(batch.lane());
        }
    }

    private void runBatch(final Deployment deployment, final List<Job> jobs) {
        Slot slot = null;
        int written = 0;
        try {
            slot = deployment.session().acquire(deployment.layout());
            for (int i = 0; i < jobs.size(); i++) {
                written += write(deployment, slot, jobs.get(i), written) ? 1 : 0;
            }
            if (written > 0) {
                final long start = System.nanoTime();
                slot.run(written);
                final long inference = System.nanoTime() - start;
                for (int i = 0; i < written; i++) {
                    read(deployment, slot, works[i], i, inference, written);
                }
                written = 0;
            }
        } catch (final BackendException | RuntimeException | LinkageError | OutOfMemoryError
                | StackOverflowError failure) {
            final int open = written;
            if (slot == null) {
                jobs.forEach(job -> failed(deployment, new Work(job), "inference", failure));
            } else if (open > 1 && !deployment.stale()) {
                release(slot);
                slot = null;
                runOneByOne(deployment, open);
            } else {
                for (int i = 0; i < open; i++) {
                    failed(deployment, works[i], "inference", failure);
                }
            }
        } finally {
            if (slot != null) {
                release(slot);
            }
        }
    }

    /** One frame may spoil the run of its neighbours: each runs alone. */
    private void runOneByOne(final Deployment deployment, final int count) {
        final Job[] alone = new Job[count];
        for (int i = 0; i < count; i++) {
            alone[i] = works[i].job;
        }
        for (final Job job : alone) {
            runBatch(deployment, List.of(job));
        }
    }

    /** Decodes and writes one frame; false when it already has its verdict or runs again. */
    private boolean write(final Deployment deployment, final Slot slot, final Job job, final int index) {
        final Work work = work(index);
        work.begin(job);
        String step = DECODE;
        try {
            final long start = System.nanoTime();
            FrameContent content = job.frame().content();
            if (content instanceof EncodedImage && deployment.preprocessor().needsDecodedImages()) {
                content = Decoding.decode(deployment.decoders(), (EncodedImage) content, deployment.preprocessor(),
                        scratch);
            }
            final long decoded = System.nanoTime();
            if (content instanceof Image) {
                work.width = ((Image) content).frameWidth();
                work.height = ((Image) content).frameHeight();
            }
            step = "preprocess";
            work.geometry = deployment.preprocessor().write(content, slot.inputs(), index);
            work.decoding = decoded - start;
            work.preprocessing = System.nanoTime() - decoded;
            return true;
        } catch (final StageException | RuntimeException | LinkageError | OutOfMemoryError
                | StackOverflowError failure) {
            failed(deployment, work, step, failure);
            return false;
        }
    }

    private void read(final Deployment deployment, final Slot slot, final Work work, final int index,
            final long inference, final int count) {
        final long start = System.nanoTime();
        final Outcome outcome;
        try {
            outcome = deployment.postprocessor().read(slot.outputs(), index, work.geometry);
        } catch (final StageException | RuntimeException | LinkageError | OutOfMemoryError
                | StackOverflowError failure) {
            failed(deployment, work, "postprocess", failure);
            return;
        }
        final long end = System.nanoTime();
        deployment.observations().answered(outcome);
        final Timings timings = new Timings(work.job.takenAt() - work.job.acceptedAt(), work.decoding,
                work.preprocessing, inference, end - start, end - work.job.acceptedAt(), count);
        work.job.pipeline().answer(work.job, new Verdict(deployment.ingredients().model().id(),
                deployment.ingredients().deviceName(), work.width, work.height, timings,
                deployment.threshold(), outcome, null));
    }

    private void failed(final Deployment deployment, final Work work, final String step, final Throwable failure) {
        if (isLost(failure)) {
            deployment.lost();
            onLost.run();
        }
        if (deployment.stale()) {
            work.job.retry(deployment, failure, System.nanoTime() + retryNanos);
            dispatcher.runAgain(batch.lane(), work.job);
            return;
        }
        if (!step.equals(DECODE)) {
            deployment.observations().failed();
        }
        if (!(failure instanceof StageException)) {
            LOG.warn("Frame {} of pipeline {} failed in {}: {}", work.job.frame(), work.job.pipeline(), step,
                    failure.toString(), failure);
        }
        final Timings timings = new Timings(work.job.takenAt() - work.job.acceptedAt(), work.decoding,
                work.preprocessing, 0, 0, System.nanoTime() - work.job.acceptedAt(), 1);
        work.job.pipeline().answer(work.job, new Verdict(deployment.ingredients().model().id(),
                deployment.ingredients().deviceName(), work.width, work.height, timings,
                deployment.threshold(), null, new Failure(step, message(failure))));
    }

    private void giveUp(final Job job) {
        job.pipeline().answer(job, Verdict.failed(new Failure("inference", "failed during a live change and no other"
                + " deployment could serve in time: " + message(job.failure()))));
    }

    private static boolean isLost(final Throwable failure) {
        return failure instanceof BackendException
                && ((BackendException) failure).code() == BackendException.Code.SESSION_LOST;
    }

    private static String message(final Throwable failure) {
        return failure instanceof StageException || failure instanceof BackendException
                ? failure.getMessage() : failure.toString();
    }

    private static void release(final Slot slot) {
        try {
            slot.release();
        } catch (final RuntimeException | LinkageError broken) {
            LOG.error("A backend failed to take a slot back: {}", broken.toString(), broken);
        }
    }

    private Work work(final int index) {
        if (index >= works.length) {
            final Work[] more = new Work[index + 1];
            System.arraycopy(works, 0, more, 0, works.length);
            for (int i = works.length; i < more.length; i++) {
                more[i] = new Work(null);
            }
            works = more;
        }
        return works[index];
    }

    /** What a worker knows of one frame of its batch; used again for the next batch. */
    private static final class Work {

        private Job job;
        private Geometry geometry;
        private int width;
        private int height;
        private long decoding;
        private long preprocessing;

        Work(final Job job) {
            this.job = job;
        }

        void begin(final Job next) {
            job = next;
            geometry = null;
            width = 0;
            height = 0;
            decoding = 0;
            preprocessing = 0;
        }
    }
}
