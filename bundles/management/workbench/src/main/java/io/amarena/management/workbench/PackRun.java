/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.result.Result;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import io.amarena.api.source.FrameSource;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pack that serves in this gateway through a pipeline of its own: installed as an administrator would, read by the real
 * repository, checked and run by the real engine.
 */
final class PackRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PackRun.class);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final String name;
    private final GatewayView gateway;
    private final Path settings;
    private final Bundle bundle;
    private final Door door = new Door();
    private final ServiceRegistration<FrameSource> registration;

    private PackRun(final String name, final BundleContext context, final GatewayView gateway, final Bundle bundle) {
        this.name = name;
        this.gateway = gateway;
        this.bundle = bundle;
        this.settings = Path.of(context.getProperty("amarena.configs"))
                .resolve("io.amarena.pipeline~" + name + ".json");
        final Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(FrameSource.NAME, name);
        this.registration = context.registerService(FrameSource.class, door, properties);
    }

    /**
     * Installs a pack and waits until it serves.
     *
     * @param name    of the pipeline and its source
     * @param pack    the jar
     * @param options more settings of the pipeline, such as {@code size} and {@code threshold}
     * @throws RefusedPackException when it is rejected or refused, with the reason
     */
    static PackRun start(final String name, final BundleContext context, final ModelCatalog catalog,
            final GatewayView gateway, final Path pack, final Map<String, Object> options) throws RefusedPackException, InterruptedException {
        final Bundle bundle = install(context, pack);
        final ModelVersion version = catalog.versions().stream()
                .filter(candidate -> candidate.bundleId() == bundle.getBundleId()).findFirst().orElseThrow(() ->
                        new RefusedPackException(pack + " is no model pack: its manifest has no header Amarena-Model;"
                                + " make one with amarena pack"));
        if (version.state() == ModelVersion.State.REJECTED) {
            throw new RefusedPackException(pack + " is rejected: " + version.reason());
        }
        final PackRun run = new PackRun(name, context, gateway, bundle);
        try {
            run.configure(version.name(), options);
            run.awaitServing();
            return run;
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

    private void configure(final String model, final Map<String, Object> options) throws RefusedPackException {
        final JsonObjectBuilder json = Json.createObjectBuilder().add("source", name).add("model", model)
                .add("overload", "push-back");
        options.forEach((key, value) -> {
            if (value instanceof Integer) {
                json.add(key, (Integer) value);
            } else if (value instanceof Number) {
                json.add(key, ((Number) value).doubleValue());
            } else if (value instanceof List) {
                json.add(key, Json.createArrayBuilder((List<?>) value));
            } else {
                json.add(key, String.valueOf(value));
            }
        });
        try {
            Files.createDirectories(settings.getParent());
            final Path half = settings.resolveSibling("." + name + ".half");
            Files.writeString(half, json.build().toString());
            Files.move(half, settings);
        } catch (final IOException failed) {
            throw new RefusedPackException("The settings folder cannot be written: " + failed);
        }
    }

    private void awaitServing() throws RefusedPackException, InterruptedException {
        final boolean settled = await(() -> view().map(view -> view.state() == PipelineView.State.SERVING
                || view.state() == PipelineView.State.BLOCKED && refusal().isPresent()).orElse(false)
                && door.sink != null, PATIENCE);
        final Optional<String> refusal = refusal();
        if (view().map(view -> view.state() == PipelineView.State.SERVING).orElse(false)) {
            return;
        }
        throw new RefusedPackException(refusal.orElseGet(() -> settled ? "the model does not serve"
                : "the model does not serve after " + PATIENCE.toSeconds() + " s: "
                + view().map(PipelineView::reason).orElse("its pipeline did not start")));
    }

    private Optional<PipelineView> view() {
        return gateway.pipelines().stream().filter(view -> view.name().equals(name)).findFirst();
    }

    private Optional<String> refusal() {
        return gateway.deployments().stream().filter(view -> view.state() == DeploymentView.State.REFUSED)
                .map(DeploymentView::reason).findFirst();
    }

    /** What the check before serving found. */
    String check() {
        return deployment().map(view -> view.device() + ": " + String.join("; ", view.check())).orElse("");
    }

    /** Where frames enter. */
    FrameSink sink() {
        return door.sink;
    }

    /** What the check before serving found for this pipeline's model, batch size included. */
    Optional<DeploymentView> deployment() {
        return gateway.deployments().stream().filter(view -> view.state() == DeploymentView.State.SERVING
                && view.pipelines().contains(name)).findFirst();
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
        Admission admission = Admission.REFUSED_BUSY;
        while (admission == Admission.REFUSED_BUSY) {
            final FrameBuffer buffer = door.sink.allocate(bytes.length);
            if (buffer != null) {
                buffer.bytes().put(0, bytes);
                admission = door.sink.offer(FrameDraft.of(buffer, new EncodedImage("image/*", buffer.bytes()))
                        .withAttribute("file", file), completion);
            }
            if (admission == Admission.REFUSED_BUSY) {
                door.sink.awaitCapacity(Duration.ofMillis(100));
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
            Files.deleteIfExists(settings);
            registration.unregister();
            bundle.uninstall();
        } catch (final IOException | BundleException | IllegalStateException ending) {
            LOG.debug("The pack could not be taken out again; the gateway ends anyway", ending);
        }
    }

    /** The source through which pictures enter. */
    private static final class Door implements FrameSource {

        private volatile FrameSink sink;

        @Override
        public void start(final FrameSink to) {
            sink = to;
        }

        @Override
        public void stop() {
            sink = null;
        }
    }
}
