/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.CheckReport.Check;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.result.Result;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pack that serves in this gateway through pipelines of its own: installed as an administrator would, read by the
 * real repository, checked and run by the real engine.
 */
final class PackRun implements AutoCloseable {

    private static final Duration BLOCKED_FOR_GOOD = Duration.ofSeconds(3);
    private static final Logger LOG = LoggerFactory.getLogger(PackRun.class);
    /** What a user of a pack wants to know of its check; the rest is for the gateway that serves. */
    private static final Set<Check> TOLD = Set.of(Check.KERNELS, Check.BATCH, Check.GOLDEN);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final GatewayView gateway;
    private final Bundle bundle;
    private final List<Entrance> entrances = new ArrayList<>();

    private PackRun(final GatewayView gateway, final Bundle bundle) {
        this.gateway = gateway;
        this.bundle = bundle;
    }

    /**
     * Installs a pack and waits until it serves.
     *
     * @param name      of the pipeline; with a number behind it when there are several
     * @param pack      the jar
     * @param options   more settings of the pipelines, such as {@code size} and {@code threshold}
     * @param pipelines how many of them share the model
     * @throws RefusedPackException when it is rejected or refused, with the reason
     */
    static PackRun start(final String name, final BundleContext context, final ModelCatalog catalog,
            final GatewayView gateway, final Path pack, final Map<String, Object> options, final int pipelines)
            throws RefusedPackException, InterruptedException {
        final Bundle bundle = install(context, pack);
        final ModelVersion version = catalog.versions().stream()
                .filter(candidate -> candidate.bundleId() == bundle.getBundleId()).findFirst().orElseThrow(() ->
                        new RefusedPackException(pack + " is no model pack: its manifest has no header Amarena-Model;"
                                + " make one with amarena pack"));
        if (version.state() == ModelVersion.State.REJECTED) {
            throw new RefusedPackException("the pack is rejected: " + version.reason());
        }
        final PackRun run = new PackRun(gateway, bundle);
        try {
            for (int i = 1; i <= pipelines; i++) {
                run.entrances.add(Entrance.open(pipelines == 1 ? name : name + '-' + i, context, version.name(),
                        options));
            }
            run.awaitServing();
            return run;
        } catch (final IOException failed) {
            run.close();
            throw new RefusedPackException("The settings folder cannot be written: " + failed);
        } catch (final RefusedPackException | InterruptedException | RuntimeException failed) {
            run.close();
            throw failed;
        }
    }

    private static Bundle install(final BundleContext context, final Path pack) throws RefusedPackException {
        if (!Files.isRegularFile(pack)) {
            throw new RefusedPackException("There is no file " + pack);
        }
        try {
            final Bundle bundle = context.installBundle(pack.toUri().toString());
            bundle.start();
            return bundle;
        } catch (final BundleException refused) {
            throw new RefusedPackException(pack + " is no bundle: " + refused.getMessage());
        }
    }

    private void awaitServing() throws RefusedPackException, InterruptedException {
        for (final Entrance entrance : entrances) {
            final long[] blockedSince = {0};
            final boolean settled = await(() -> isSettled(entrance, blockedSince), PATIENCE);
            final Optional<PipelineView> view = view(entrance);
            if (view.map(PipelineView::state).filter(PipelineView.State.SERVING::equals).isEmpty()) {
                throw new RefusedPackException(refusal().orElseGet(() -> (settled ? "the model cannot serve: "
                        : "the model does not serve after " + PATIENCE.toSeconds() + " s: ")
                        + view.map(PipelineView::reason).orElse("its pipeline did not start")));
            }
        }
    }

    /** Serving, or blocked for a reason that will not go away: all bundles have started before any work begins. */
    private boolean isSettled(final Entrance entrance, final long[] blockedSince) {
        final Optional<PipelineView> view = view(entrance);
        if (view.isEmpty() || view.get().state() != PipelineView.State.BLOCKED) {
            blockedSince[0] = 0;
            return entrance.sink() != null && view.map(PipelineView::state).filter(PipelineView.State.SERVING::equals)
                    .isPresent();
        }
        if (blockedSince[0] == 0) {
            blockedSince[0] = System.nanoTime();
        }
        return refusal().isPresent() || System.nanoTime() - blockedSince[0] > BLOCKED_FOR_GOOD.toNanos();
    }

    private Optional<PipelineView> view(final Entrance entrance) {
        return gateway.pipelines().stream().filter(view -> view.name().equals(entrance.name())).findFirst();
    }

    private Optional<String> refusal() {
        return gateway.deployments().stream().filter(view -> view.state() == DeploymentView.State.REFUSED)
                .map(DeploymentView::reason).findFirst();
    }

    /** What the check before serving found. */
    String check() {
        return deployment().map(view -> view.device() + ": " + view.check().findings().stream()
                .filter(finding -> TOLD.contains(finding.check())).map(CheckReport.Finding::text)
                .collect(Collectors.joining("; "))).orElse("");
    }

    /** Where frames enter, one for each pipeline. */
    List<FrameSink> sinks() {
        return entrances.stream().map(Entrance::sink).toList();
    }

    /** What the check before serving found for this pipeline's model, batch size included. */
    Optional<DeploymentView> deployment() {
        return gateway.deployments().stream().filter(view -> view.state() == DeploymentView.State.SERVING
                && view.pipelines().contains(entrances.get(0).name())).findFirst();
    }

    /** Runs one picture. */
    Result run(final Path picture) throws IOException, InterruptedException {
        return run(Files.readAllBytes(picture), picture.getFileName().toString());
    }

    /** Runs one encoded picture. */
    Result run(final byte[] bytes, final String file) throws IOException, InterruptedException {
        if (bytes.length == 0) {
            throw new IOException("the file is empty");
        }
        final CompletableFuture<Result> answer = new CompletableFuture<>();
        final FrameCompletion completion = new FrameCompletion() {

            @Override
            public void completed(final Result result) {
                answer.complete(result);
            }
        };
        final FrameSink sink = entrances.get(0).sink();
        Admission admission = Admission.REFUSED_BUSY;
        while (admission == Admission.REFUSED_BUSY) {
            final FrameBuffer buffer = sink.allocate(bytes.length);
            if (buffer != null) {
                buffer.bytes().put(0, bytes);
                admission = sink.offer(FrameDraft.of(buffer, new EncodedImage("image/*", buffer.bytes()))
                        .withAttribute("file", file), completion);
            }
            if (admission == Admission.REFUSED_BUSY) {
                sink.awaitCapacity(Duration.ofMillis(100));
            }
        }
        if (!admission.accepted()) {
            throw new IOException("the pipeline does not take it: " + admission);
        }
        try {
            return answer.orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS).join();
        } catch (final CompletionException late) {
            throw new IOException("no answer within " + ANSWER.toSeconds() + " s", late);
        }
    }

    private static boolean await(final BooleanSupplier condition, final Duration atMost) throws InterruptedException {
        final long until = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }

    @Override
    public void close() {
        try {
            for (final Entrance entrance : entrances) {
                entrance.close();
            }
            // Taken out under a pipeline, the pack would be missed, and loudly.
            await(() -> entrances.stream().noneMatch(entrance -> view(entrance).isPresent()), LEAVING);
            bundle.uninstall();
        } catch (final IOException | BundleException | IllegalStateException ending) {
            LOG.debug("The pack could not be taken out again; the gateway ends anyway", ending);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
