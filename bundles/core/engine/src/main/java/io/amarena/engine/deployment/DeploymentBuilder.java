/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.Backend;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.backend.Slot;
import io.amarena.api.backend.Support;
import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.manage.DeploymentView.State;
import io.amarena.api.model.GoldenSample;
import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.Model;
import io.amarena.api.result.Outcome;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import io.amarena.engine.Leased;
import io.amarena.engine.supply.Supply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a deployment beside the one that serves: opens the session (or shares it, when only a stage changed), loads
 * all classes of the bundles involved, rehearses the stages, warms the model up, chooses the batch size and checks the
 * golden samples. Runs on the engine's own thread, never in a framework callback.
 */
public final class DeploymentBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentBuilder.class);

    /** What a run with a full batch may cost at most when the batch size is measured. */
    private static final long LATENCY_BUDGET_NANOS = 100_000_000L;
    private static final int TIMED_RUNS = 5;

    private final Executor closer;
    private final long maxPixels;

    /**
     * A builder.
     *
     * @param closer    where sessions and stages are ended
     * @param maxPixels larger pictures are refused
     */
    public DeploymentBuilder(final Executor closer, final long maxPixels) {
        this.closer = closer;
        this.maxPixels = maxPixels;
    }

    /**
     * Builds.
     *
     * @param wanted   what it is made of
     * @param serving  the deployment that serves, whose session is shared when it is the same; or null
     * @param progress hears each state that is reached
     * @throws RefusedException when it cannot serve, with the reason
     */
    public Leased<Deployment> build(final Ingredients wanted, final Leased<Deployment> serving,
            final Consumer<State> progress) throws RefusedException {
        final List<Runnable> undo = new ArrayList<>();
        try {
            progress.accept(State.LOADING);
            final Leased<Session> session = session(wanted, serving);
            undo.add(session::release);
            final Stages stages = stages(wanted, session.value(), undo);
            final List<String> check = new ArrayList<>();
            final BatchLayout layout = warmUp(wanted, session.value(), stages, check);
            progress.accept(State.WARMED);
            checkGoldenSamples(wanted.model(), session.value(), stages, check);
            progress.accept(State.CHECKED);
            final Deployment deployment = new Deployment(wanted, session, stages.preprocessor, stages.postprocessor,
                    stages.decoders, layout, wanted.model().descriptor().output().number("score", 0), check);
            final List<Runnable> end = List.copyOf(undo);
            undo.clear();
            return new Leased<>(deployment, closer, ended -> endInReverse(end));
        } catch (final InvalidModelException invalid) {
            throw new RefusedException(invalid.getMessage(), true, invalid);
        } catch (final BackendException refused) {
            throw new RefusedException(refused.getMessage(), refused.code() == BackendException.Code.MODEL_REFUSED
                    || refused.code() == BackendException.Code.LAYOUT_MISMATCH, refused);
        } catch (final StageException | IOException failed) {
            throw new RefusedException(describe(failed), false, failed);
        } catch (final RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError broken) {
            throw new RefusedException("building " + wanted + " failed: " + broken, false, broken);
        } finally {
            endInReverse(undo);
        }
    }

    private Leased<Session> session(final Ingredients wanted, final Leased<Deployment> serving)
            throws RefusedException, BackendException {
        if (serving != null && serving.value().ingredients().sameSession(wanted)
                && serving.value().sessionLease().acquire()) {
            return serving.value().sessionLease();
        }
        final Supply<Backend> supply = wanted.backend();
        supply.preload();
        final Backend backend = supply.get();
        if (backend == null) {
            throw new RefusedException("the backend " + supply + " went away meanwhile", false);
        }
        try {
            final Support support = backend.supports(wanted.model(), wanted.device());
            if (!support.supported()) {
                throw new RefusedException(support.reason(), true);
            }
            final SessionOptions options = SessionOptions.forCallers(wanted.workers())
                    .withEntries(wanted.model().descriptor().session());
            final Session session = backend.open(wanted.model(), wanted.device(), options);
            // The first lease is the deployment's; there is no other owner, so that the last deployment ends it.
            return new Leased<>(session, closer, opened -> {
                close("session of " + wanted, opened);
                supply.unget();
            });
        } catch (final RefusedException | BackendException | RuntimeException | Error failed) {
            supply.unget();
            throw failed;
        }
    }

    /** The instances of one deployment. */
    private static final class Stages {

        private final Preprocessor preprocessor;
        private final Postprocessor postprocessor;
        private final List<ImageDecoder> decoders;

        Stages(final Preprocessor preprocessor, final Postprocessor postprocessor,
                final List<ImageDecoder> decoders) {
            this.preprocessor = preprocessor;
            this.postprocessor = postprocessor;
            this.decoders = decoders;
        }
    }

    private Stages stages(final Ingredients wanted, final Session session, final List<Runnable> undo)
            throws RefusedException, InvalidModelException, IOException, BackendException, StageException {
        final Model model = wanted.model();
        final PreprocessorFactory preprocessors = obtain(wanted.preprocessor(), undo);
        final PostprocessorFactory postprocessors = obtain(wanted.postprocessor(), undo);
        final List<ImageDecoder> decoders = new ArrayList<>();
        for (final Supply<ImageDecoder> decoder : wanted.decoders()) {
            decoders.add(obtain(decoder, undo));
        }
        final BuildContext input = new BuildContext(model.descriptor().input(), model, session, wanted.size(),
                wanted.scoreFloor());
        final BuildContext output = new BuildContext(model.descriptor().output(), model, session, wanted.size(),
                wanted.scoreFloor());
        // A throw-away instance goes through its whole life first: what outlives its bundle cannot load anything later.
        final List<String> wrong = new ArrayList<>(2);
        final Preprocessor rehearsedPreprocessor = unlessWrong(() -> preprocessors.create(input), wrong);
        final Postprocessor rehearsedPostprocessor = unlessWrong(() -> postprocessors.create(output), wrong);
        try {
            if (!wrong.isEmpty()) {
                throw new RefusedException(String.join("; ", wrong), true);
            }
            rehearse(model, session, new Stages(rehearsedPreprocessor, rehearsedPostprocessor, decoders));
        } finally {
            close("preprocessor of " + wanted, rehearsedPreprocessor);
            close("postprocessor of " + wanted, rehearsedPostprocessor);
        }
        final Preprocessor preprocessor = preprocessors.create(input);
        undo.add(() -> close("preprocessor of " + wanted, preprocessor));
        final Postprocessor postprocessor = postprocessors.create(output);
        undo.add(() -> close("postprocessor of " + wanted, postprocessor));
        return new Stages(preprocessor, postprocessor, decoders);
    }

    /** Makes a stage. */
    private interface Making<T> {

        T make() throws InvalidModelException, IOException;
    }

    /** The stage, or null with the reason noted, so that what is wrong with input and output is told at once. */
    private static <T> T unlessWrong(final Making<T> making, final List<String> wrong) throws IOException {
        try {
            return making.make();
        } catch (final InvalidModelException invalid) {
            wrong.add(invalid.getMessage());
            return null;
        }
    }

    private static <T> T obtain(final Supply<T> supply, final List<Runnable> undo) throws RefusedException {
        supply.preload();
        final T service = supply.get();
        if (service == null) {
            throw new RefusedException(supply + " went away meanwhile", false);
        }
        undo.add(supply::unget);
        return service;
    }

    private void rehearse(final Model model, final Session session, final Stages stages)
            throws BackendException, StageException, IOException {
        if (!model.descriptor().golden().isEmpty()) {
            run(model, model.descriptor().golden().get(0), session, stages);
        }
    }

    private BatchLayout warmUp(final Ingredients wanted, final Session session, final Stages stages,
            final List<String> check) throws BackendException, StageException, RefusedException {
        final int most = wanted.batch() > 0 ? Math.min(wanted.batch(), wanted.model().descriptor().maxBatch())
                : wanted.model().descriptor().maxBatch();
        if (wanted.batch() > 0) {
            final BatchLayout layout = stages.preprocessor.layout(most);
            final BatchSizing.Cost cost = measure(session, layout);
            check.add("one run costs " + cost + " (batch set to " + most + ")");
            return layout;
        }
        final List<BatchSizing.Cost> costs = new ArrayList<>();
        costs.add(measure(session, stages.preprocessor.layout(1)));
        OptionalInt next = BatchSizing.next(costs, most, LATENCY_BUDGET_NANOS);
        while (next.isPresent()) {
            try {
                costs.add(measure(session, stages.preprocessor.layout(next.getAsInt())));
            } catch (final BackendException fixed) {
                LOG.debug("{} does not run with a batch of {}", wanted, next.getAsInt(), fixed);
                break;
            }
            next = BatchSizing.next(costs, most, LATENCY_BUDGET_NANOS);
        }
        final int chosen = BatchSizing.choose(costs, LATENCY_BUDGET_NANOS);
        check.add("one run costs " + BatchSizing.describe(costs) + "; batch of " + chosen + " chosen");
        return stages.preprocessor.layout(chosen);
    }

    /** The fastest of a few runs: on a busy box everything else measures the neighbours. */
    private static BatchSizing.Cost measure(final Session session, final BatchLayout layout)
            throws BackendException {
        final Slot slot = session.acquire(layout);
        try {
            slot.run(layout.capacity());
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < TIMED_RUNS; i++) {
                final long start = System.nanoTime();
                slot.run(layout.capacity());
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
            return new BatchSizing.Cost(layout.capacity(), Math.max(1, fastest));
        } finally {
            slot.release();
        }
    }

    private void checkGoldenSamples(final Model model, final Session session, final Stages stages,
            final List<String> check) throws RefusedException, BackendException, StageException, IOException,
            InvalidModelException {
        final double threshold = model.descriptor().output().number("score", 0.5);
        for (final GoldenSample sample : model.descriptor().golden()) {
            final Outcome outcome = run(model, sample, session, stages);
            final Optional<String> difference = GoldenCheck.difference(sample, outcome, threshold);
            if (difference.isPresent()) {
                throw new RefusedException("golden sample " + sample.file() + " is not reproduced: "
                        + difference.get(), true);
            }
        }
        check.add(model.descriptor().golden().isEmpty() ? "the pack has no golden samples: nothing was compared"
                : model.descriptor().golden().size() + " golden samples reproduced");
    }

    private Outcome run(final Model model, final GoldenSample sample, final Session session, final Stages stages)
            throws BackendException, StageException, IOException {
        final byte[] file = model.file(sample.file());
        final ByteBuffer bytes = ByteBuffer.allocateDirect(file.length).put(file).flip();
        FrameContent content = new EncodedImage("image/png", bytes);
        try {
            if (stages.preprocessor.needsDecodedImages()) {
                content = Decoding.decode(stages.decoders, (EncodedImage) content, stages.preprocessor,
                        new WorkerScratch(maxPixels));
            }
            final Slot slot = session.acquire(stages.preprocessor.layout(1));
            try {
                final Geometry geometry = stages.preprocessor.write(content, slot.inputs(), 0);
                slot.run(1);
                checkFinite(slot.outputs());
                return stages.postprocessor.read(slot.outputs(), 0, geometry);
            } finally {
                slot.release();
            }
        } catch (final StageException failed) {
            throw new StageException("golden sample " + sample.file() + ": " + failed.getMessage(), failed);
        }
    }

    private static void checkFinite(final Tensors outputs) throws StageException {
        for (final TensorSpec spec : outputs.specs()) {
            if (spec.type() != ElementType.FLOAT32) {
                continue;
            }
            final Tensor tensor = outputs.get(spec.name());
            final FloatBuffer values = tensor.data().asFloatBuffer();
            final long elements = tensor.shape().elements();
            for (int i = 0; i < elements; i++) {
                if (!Float.isFinite(values.get(i))) {
                    throw new StageException("output " + spec.name() + " holds " + values.get(i) + " at element " + i
                            + ": the model is numerically broken");
                }
            }
        }
    }

    private static void close(final String what, final AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (final Exception | LinkageError failed) {
            LOG.error("Closing the {} failed: {}", what, failed.toString(), failed);
        }
    }

    private static void endInReverse(final List<Runnable> ends) {
        for (int i = ends.size() - 1; i >= 0; i--) {
            ends.get(i).run();
        }
    }

    private static String describe(final Exception failed) {
        return failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }
}
