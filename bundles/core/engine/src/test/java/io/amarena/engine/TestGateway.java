/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.backend.Backend;
import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.model.Model;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import io.amarena.api.source.FrameSource;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.engine.deployment.DeploymentPlan;
import io.amarena.engine.pipeline.PipelineSettings;
import io.amarena.engine.supply.Supply;
import io.amarena.engine.version.Versions;
import io.amarena.engine.view.TapHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.osgi.framework.Version;

/** An engine with an inventory that a test changes as bundles would. */
final class TestGateway implements Inventory, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final TestBackend backend = new TestBackend("cpu");
    final TestStages.Bytes bytes = new TestStages.Bytes();
    final Map<String, FrameSink> sinks = new ConcurrentHashMap<>();
    final Engine engine;
    private final Path data;
    private final boolean ownData;
    private final Set<String> uninstalled = ConcurrentHashMap.newKeySet();
    private final Map<String, Model> store = new ConcurrentHashMap<>();
    private final AtomicLong serviceIds = new AtomicLong();
    private final List<TestModel> models = new CopyOnWriteArrayList<>();
    private final List<DeploymentPlan.Place> places = new CopyOnWriteArrayList<>();
    private final Map<String, Supply<PreprocessorFactory>> preprocessors = new ConcurrentHashMap<>();
    private final Map<String, Supply<PostprocessorFactory>> postprocessors = new ConcurrentHashMap<>();
    private final Map<String, Supply<FrameSource>> sources = new ConcurrentHashMap<>();
    private final Map<String, Supply<PublisherFactory>> publishers = new ConcurrentHashMap<>();
    private final Map<String, PipelineSettings> pipelines = new HashMap<>();

    TestGateway() {
        this(new EngineSettings("test", 2, 1 << 20, 1_000_000, 15_000, 60_000, 2_000));
    }

    TestGateway(final EngineSettings settings) {
        this(settings, null);
    }

    /** A gateway on a data folder that may have been used before; null for a new one. */
    TestGateway(final EngineSettings settings, final Path data) {
        places.add(place(backend));
        preprocessors.put("byte", supply(bytes, Map.of()));
        postprocessors.put("value", supply(new TestStages.Value(), Map.of()));
        source("camera", true);
        source("files", false);
        try {
            this.data = data == null ? Files.createTempDirectory("amarena-engine-") : data;
            this.ownData = data == null;
            engine = new Engine(settings, this, new TapHub(), Versions.open(this.data, Clock.systemUTC()));
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    <T> Supply<T> supply(final T service, final Map<String, Object> properties) {
        return new Supply<>("a bundle", Version.parseVersion("1.0.0"), 0, serviceIds.incrementAndGet(), properties,
                () -> service, () -> { }, () -> { });
    }

    private DeploymentPlan.Place place(final TestBackend of) {
        return new DeploymentPlan.Place(supply((Backend) of, Map.of(Backend.NAME, "test")), of.devices());
    }

    private void source(final String name, final boolean live) {
        sources.put(name, supply(new FrameSource() {

            @Override
            public void start(final FrameSink sink) {
                sinks.put(name, sink);
            }

            @Override
            public void stop() {
                sinks.remove(name);
            }
        }, Map.of(FrameSource.NAME, name, FrameSource.LIVE, live)));
    }

    TestGateway install(final TestModel model) {
        models.add(model);
        uninstalled.remove(model.id().digest());
        store.put(model.id().digest(), model);
        engine.signal();
        return this;
    }

    /** A pack is updated in place: the version before leaves with the same event. */
    void update(final TestModel from, final TestModel to) {
        store.put(to.id().digest(), to);
        models.add(to);
        models.remove(from);
        engine.signal();
    }

    /** What the store of an earlier gateway holds although no pack brings it. */
    void keepStored(final TestModel model) {
        store.put(model.id().digest(), model);
    }

    void uninstall(final TestModel model) {
        models.remove(model);
        uninstalled.add(model.id().digest());
        engine.signal();
    }

    TestPublisher installPublisher(final String name) {
        final TestPublisher publisher = new TestPublisher();
        publishers.put(name, supply(publisher, Map.of()));
        engine.signal();
        return publisher;
    }

    /** A stage bundle is replaced: the old service goes, as in an update, and the next one comes. */
    void replacePreprocessor(final PreprocessorFactory next) {
        preprocessors.put("byte", supply(next, Map.of())).markGone();
        engine.signal();
    }

    /** A postprocessor bundle is replaced. */
    void replacePostprocessor(final PostprocessorFactory next) {
        postprocessors.put("value", supply(next, Map.of())).markGone();
        engine.signal();
    }

    void add(final TestBackend another) {
        places.add(0, place(another));
        engine.signal();
    }

    /** Adds or changes a pipeline; settings are key, value, key, value. */
    TestGateway pipeline(final String name, final Object... settings) throws Exception {
        final Map<String, Object> values = new HashMap<>(Map.of("source", "files", "model", "adder",
                "publishers", new String[] {"results"}));
        for (int i = 0; i < settings.length; i += 2) {
            values.put((String) settings[i], settings[i + 1]);
        }
        pipelines.put(name, PipelineSettings.parse("io.amarena.pipeline~" + name, values));
        engine.configure(pipelines);
        return this;
    }

    void remove(final String name) {
        pipelines.remove(name);
        engine.configure(pipelines);
    }

    /** Offers a frame of one byte. */
    Admission offer(final String source, final int value, final FrameCompletion completion) {
        final FrameSink sink = sinks.get(source);
        if (sink == null) {
            return Admission.REFUSED_UNWANTED;
        }
        final FrameBuffer buffer = sink.allocate(1);
        if (buffer == null) {
            return Admission.REFUSED_BUSY;
        }
        buffer.bytes().put(0, (byte) value);
        return sink.offer(FrameDraft.of(buffer, new EncodedImage("byte", buffer.bytes())), completion);
    }

    /** Offers a frame until it is taken. */
    void mustTake(final String source, final int value) throws InterruptedException {
        final long until = System.nanoTime() + PATIENCE.toNanos();
        while (!offer(source, value, FrameCompletion.NONE).accepted()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("the frame was not taken in time: " + pipelineViews());
            }
            final FrameSink sink = sinks.get(source);
            if (sink != null) {
                sink.awaitCapacity(Duration.ofMillis(100));
            }
        }
    }

    PipelineView view(final String name) {
        return pipelineViews().stream().filter(view -> view.name().equals(name)).findFirst().orElseThrow();
    }

    /** Whether the pipeline is there and looks like that. */
    boolean looks(final String name, final Predicate<PipelineView> like) {
        return pipelineViews().stream().anyMatch(view -> view.name().equals(name) && like.test(view));
    }

    private List<PipelineView> pipelineViews() {
        return new EngineView(engine).pipelines();
    }

    FrameAccount account(final String name) {
        return view(name).account();
    }

    EngineView views() {
        return new EngineView(engine);
    }

    TestGateway awaitServing(final String name, final String version) throws InterruptedException {
        await("pipeline " + name + " serves " + version, () -> pipelineViews().stream().anyMatch(view ->
                view.name().equals(name) && view.serving().equals(version)) && !sinks.isEmpty());
        return this;
    }

    /** Waits for something that becomes true by itself. */
    void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("did not happen: " + what + "; " + pipelineViews() + " "
                        + new EngineView(engine).deployments());
            }
            Thread.sleep(2);
        }
    }

    @Override
    public Set<String> uninstalled() {
        return Set.copyOf(uninstalled);
    }

    @Override
    public Optional<Model> stored(final String digest) {
        return Optional.ofNullable(store.get(digest));
    }

    @Override
    public void needed(final Set<String> digests) {
        store.keySet().retainAll(digests);
    }

    @Override
    public List<ModelVersion> versions() {
        final List<ModelVersion> versions = new ArrayList<>();
        models.forEach(model -> versions.add(model.staged()));
        return versions;
    }

    @Override
    public DeploymentPlan.Snapshot deployables() {
        return new DeploymentPlan.Snapshot(versions(), List.copyOf(places), Map.copyOf(preprocessors),
                Map.copyOf(postprocessors), List.of(), engine.settings().workers());
    }

    @Override
    public Map<String, Supply<FrameSource>> sources() {
        return Map.copyOf(sources);
    }

    @Override
    public Map<String, Supply<PublisherFactory>> publishers() {
        return Map.copyOf(publishers);
    }

    AdministratorCommands commands() {
        return new AdministratorCommands(engine, (pipeline, versions) -> {
            try {
                pipeline(pipeline, "version", versions);
            } catch (final Exception invalid) {
                throw new IOException(invalid);
            }
        });
    }

    @Override
    public void close() throws InterruptedException, IOException {
        engine.close();
        if (ownData) {
            Files.deleteIfExists(data.resolve("versions.journal"));
            Files.delete(data);
        }
    }
}
