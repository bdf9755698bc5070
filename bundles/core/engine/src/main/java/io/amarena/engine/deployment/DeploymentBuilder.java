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
import io.amarena.api.backend.Support;
import io.amarena.api.manage.CheckReport.Check;
import io.amarena.api.manage.DeploymentView.State;
import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.Model;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageException;
import io.amarena.engine.Leased;
import io.amarena.engine.supply.Supply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
     * @throws RefusedException when it cannot serve, with the reason and what was found up to there
     */
    public Leased<Deployment> build(final Ingredients wanted, final Leased<Deployment> serving,
            final Consumer<State> progress) throws RefusedException {
        final List<Runnable> undo = new ArrayList<>();
        final Findings findings = new Findings();
        try {
            progress.accept(State.LOADING);
            checkContract(wanted, serving, findings);
            findings.begin(Check.LOAD);
            final OptionalLong before = NativeMemory.now();
            final long start = System.nanoTime();
            final Leased<Session> session = session(wanted, serving);
            undo.add(session::release);
            final Stages stages = stages(wanted, session.value(), undo, findings);
            final long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            findings.begin(Check.LOAD);
            findings.passed("loaded in " + millis + " ms", Map.of("millis", (double) millis));
            final DeploymentCheck check = new DeploymentCheck(wanted, session.value(), stages, findings, maxPixels);
            check.kernels();
            final BatchLayout layout = check.warmUp();
            progress.accept(State.WARMED);
            check.samples();
            check.memory(before, serving != null && session == serving.value().sessionLease());
            progress.accept(State.CHECKED);
            final Deployment deployment = new Deployment(wanted, session, stages.preprocessor(),
                    stages.postprocessor(), stages.decoders(), layout,
                    wanted.model().descriptor().output().number("score", 0), findings.report());
            final List<Runnable> end = List.copyOf(undo);
            undo.clear();
            return new Leased<>(deployment, closer, ended -> endInReverse(end));
        } catch (final RefusedException refused) {
            throw findings.refusal(refused.getMessage(), refused.lasting(), refused);
        } catch (final InvalidModelException invalid) {
            throw findings.refusal(invalid.getMessage(), true, invalid);
        } catch (final BackendException refused) {
            throw findings.refusal(refused.getMessage(), refused.code() == BackendException.Code.MODEL_REFUSED
                    || refused.code() == BackendException.Code.LAYOUT_MISMATCH, refused);
        } catch (final StageException | IOException failed) {
            throw findings.refusal(describe(failed), false, failed);
        } catch (final RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError broken) {
            throw findings.refusal("building " + wanted + " failed: " + broken, false, broken);
        } finally {
            endInReverse(undo);
        }
    }

    private static void checkContract(final Ingredients wanted, final Leased<Deployment> serving,
            final Findings findings) throws IOException, RefusedException {
        if (serving == null) {
            return;
        }
        findings.begin(Check.CONTRACT);
        final Model now = serving.value().ingredients().model();
        final Optional<String> difference = ContractCheck.difference(now, wanted.model());
        if (difference.isPresent()) {
            // Not for good: what serves may go, and then it is free to come.
            throw findings.refuse(difference.get(), Map.of(), false);
        }
        findings.passed("same contract and labels as " + now.id(), Map.of());
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

    private Stages stages(final Ingredients wanted, final Session session, final List<Runnable> undo,
            final Findings findings) throws RefusedException, InvalidModelException, IOException, BackendException,
            StageException {
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
        Preprocessor rehearsedPreprocessor = null;
        Postprocessor rehearsedPostprocessor = null;
        try {
            rehearsedPreprocessor = unlessWrong(() -> preprocessors.create(input), wrong);
            rehearsedPostprocessor = unlessWrong(() -> postprocessors.create(output), wrong);
            if (!wrong.isEmpty()) {
                throw new RefusedException(String.join("; ", wrong), true);
            }
            new DeploymentCheck(wanted, session, new Stages(rehearsedPreprocessor, rehearsedPostprocessor, decoders),
                    findings, maxPixels).rehearse();
            findings.begin(Check.LOAD);
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
