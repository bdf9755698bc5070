/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.model.ModelVersion;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.result.Failure;
import io.amarena.api.source.FrameSource;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.deployment.DeploymentBuilder;
import io.amarena.engine.deployment.DeploymentPlan;
import io.amarena.engine.memory.FrameMemory;
import io.amarena.engine.pipeline.OverloadPolicy;
import io.amarena.engine.pipeline.Pipeline;
import io.amarena.engine.pipeline.PipelineSettings;
import io.amarena.engine.pipeline.Verdict;
import io.amarena.engine.publish.PublisherPort;
import io.amarena.engine.source.Capacity;
import io.amarena.engine.source.SourcePort;
import io.amarena.engine.supply.Supply;
import io.amarena.engine.version.Versions;
import io.amarena.engine.view.TapHub;
import io.amarena.engine.work.Dispatcher;
import io.amarena.engine.work.Lane;
import io.amarena.engine.work.LaneKey;
import io.amarena.engine.work.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles what runs with what is configured and what bundles have brought.
 *
 * <p>Everything that changes anything happens on one thread of the engine's own ({@code amarena-engine}): settings,
 * services that come and go, deployments that are ready. Signals from anywhere only ask it to look again. Deployments
 * are built on a second thread, so that a model that takes seconds to load holds nothing up; resources are ended on a
 * third. Frames never see these threads: they meet the workers alone.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long CLOSING_POLL_MILLIS = 20;
    private static final long OBSERVE_MILLIS = 250;
    private static final long COMMAND_SECONDS = 10;
    /** Until then, all packs have been read. */
    private static final long TIDY_SECONDS = 60;

    private final EngineSettings settings;
    private final Inventory inventory;
    private final TapHub taps;
    private final Versions versions;
    private final long epoch = System.currentTimeMillis();
    private final long startedAt = System.nanoTime();
    private final FrameMemory memory;
    private final Dispatcher dispatcher;
    private final Workers workers;
    private final DeploymentBuilder builder;
    private final ScheduledThreadPoolExecutor own;
    private final ExecutorService deployer;
    private final ThreadPoolExecutor closer;
    private final AtomicBoolean lookScheduled = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Capacity> capacities = List.of();
    private volatile Map<String, PipelineSettings> wanted = Map.of();
    private volatile boolean closing;

    // What follows is replaced as a whole by the engine's own thread, so that views may read it anywhere.
    private volatile Map<String, Pipeline> pipelines = Map.of();
    private volatile Map<String, SourceControl> sources = Map.of();
    private volatile Map<String, PublisherControl> publishers = Map.of();
    private volatile Map<Lane, LaneControl> lanes = Map.of();
    private final Map<String, Leaving> leaving = new HashMap<>();
    private final Announcements announcements;

    /** A pipeline that was removed while frames were in flight, and until when they are waited for. */
    private record Leaving(Pipeline pipeline, long until) {
    }

    /**
     * Starts the threads; nothing runs until pipelines are configured.
     *
     * @param taps     sees every result
     * @param versions what is known about versions from before; closed with the engine
     */
    public Engine(final EngineSettings settings, final Inventory inventory, final TapHub taps,
            final Versions versions) {
        this.settings = settings;
        this.inventory = inventory;
        this.taps = taps;
        this.versions = versions;
        this.memory = new FrameMemory(settings.frameMemory(), this::signalCapacity);
        this.dispatcher = new Dispatcher(System::nanoTime, this::signalCapacity);
        this.announcements = new Announcements(dispatcher);
        this.own = new ScheduledThreadPoolExecutor(1, daemon("amarena-engine"));
        this.own.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.deployer = Executors.newSingleThreadExecutor(daemon("amarena-deployer"));
        this.closer = new ThreadPoolExecutor(2, 2, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                daemon("amarena-closer"));
        this.closer.allowCoreThreadTimeOut(true);
        this.builder = new DeploymentBuilder(this::end, settings.maxPixels());
        this.workers = Workers.start(dispatcher, settings.workers(), settings.maxPixels(),
                TimeUnit.MILLISECONDS.toNanos(settings.retryMillis()), this::signal);
        this.own.scheduleWithFixedDelay(this::observe, OBSERVE_MILLIS, OBSERVE_MILLIS, TimeUnit.MILLISECONDS);
        this.own.schedule(() -> inventory.needed(versions.history().needed()), TIDY_SECONDS, TimeUnit.SECONDS);
    }

    /** Reads what lanes count; only a trial with a verdict makes the engine look again. */
    private void observe() {
        try {
            lanes.values().forEach(LaneControl::observe);
        } catch (final RuntimeException | Error unexpected) {
            LOG.error("A trial could not be compared; please report it: {}", unexpected.toString(), unexpected);
        }
    }

    /** Runs something on the engine's own thread, where everything changes, and waits for its answer. */
    <T> T onOwnThread(final Callable<T> change) throws ExecutionException, InterruptedException, TimeoutException {
        return own.submit(change).get(COMMAND_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes the settings of all pipelines over, by name. Any thread. */
    public void configure(final Map<String, PipelineSettings> snapshot) {
        wanted = Map.copyOf(snapshot);
        signal();
    }

    /** Something changed: look again soon. Any thread, returns at once. */
    public void signal() {
        if (!closing && lookScheduled.compareAndSet(false, true)) {
            try {
                own.execute(this::look);
            } catch (final RejectedExecutionException closed) {
                LOG.debug("The engine has stopped", closed);
            }
        }
    }

    /** Calls the listener after every look that may have changed something. */
    public AutoCloseable onChange(final Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void lookAgainIn(final long millis) {
        if (millis <= 0) {
            signal();
        } else if (!closing) {
            own.schedule(this::signal, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        lookScheduled.set(false);
        if (closing) {
            return;
        }
        try {
            reconcile();
        } catch (final RuntimeException | Error unexpected) {
            LOG.error("The engine could not apply a change; please report it: {}", unexpected.toString(), unexpected);
        }
        for (final Runnable listener : listeners) {
            try {
                listener.run();
            } catch (final RuntimeException | LinkageError broken) {
                LOG.warn("A listener of the engine failed: {}", broken.toString(), broken);
            }
        }
    }

    private void reconcile() {
        final Map<String, PipelineSettings> target = wanted;
        final Map<String, Supply<FrameSource>> sourceSupplies = inventory.sources();
        final Map<String, Supply<PublisherFactory>> publisherSupplies = inventory.publishers();
        final Map<String, PublisherControl> ports = publisherControls(target);
        ports.values().forEach(control -> control.reconcile(publisherSupplies.get(control.port().name())));
        final Map<String, SourceControl> controls = sourceControls(target);
        final Map<String, Pipeline> running = pipelines(target, sourceSupplies, controls, ports);
        feed(controls, sourceSupplies, running);
        finishLeaving();
        final DeploymentPlan.Snapshot deployables = inventory.deployables();
        versions.retire(inventory.uninstalled(), deployables.versions().stream().map(ModelVersion::name)
                .collect(Collectors.toSet()));
        laneControls().values().forEach(control -> control.reconcile(deployables));
        announcements.announce(running.values(), lanes, publishers);
        retirePublishers(target);
    }

    private Map<String, PublisherControl> publisherControls(final Map<String, PipelineSettings> target) {
        final Map<String, PublisherControl> controls = new TreeMap<>(publishers);
        for (final PipelineSettings pipeline : target.values()) {
            for (final String name : pipeline.publishers()) {
                controls.computeIfAbsent(name, any -> new PublisherControl(new PublisherPort(name, this::end),
                        settings.gateway(), System::nanoTime, this::lookAgainIn, settings.graceMillis()));
            }
        }
        publishers = controls;
        return controls;
    }

    /** Publishers that no pipeline names any more are closed once no pipeline on its way out needs them. */
    private void retirePublishers(final Map<String, PipelineSettings> target) {
        if (!leaving.isEmpty()) {
            return;
        }
        final Set<String> used = new TreeSet<>();
        target.values().forEach(pipeline -> used.addAll(pipeline.publishers()));
        final Map<String, PublisherControl> kept = new TreeMap<>(publishers);
        final Iterator<Map.Entry<String, PublisherControl>> entries = kept.entrySet().iterator();
        while (entries.hasNext()) {
            final Map.Entry<String, PublisherControl> entry = entries.next();
            if (!used.contains(entry.getKey()) && entry.getValue().port().waiting() == 0) {
                entry.getValue().close();
                entries.remove();
            }
        }
        publishers = kept;
    }

    private Map<String, SourceControl> sourceControls(final Map<String, PipelineSettings> target) {
        final Map<String, SourceControl> controls = new TreeMap<>(sources);
        for (final PipelineSettings pipeline : target.values()) {
            controls.computeIfAbsent(pipeline.source(), name -> {
                final Capacity capacity = new Capacity();
                final List<Capacity> more = new ArrayList<>(capacities);
                more.add(capacity);
                capacities = List.copyOf(more);
                return new SourceControl(new SourcePort(name, epoch, memory, dispatcher, capacity));
            });
        }
        sources = controls;
        return controls;
    }

    private Map<String, Pipeline> pipelines(final Map<String, PipelineSettings> target,
            final Map<String, Supply<FrameSource>> supplies, final Map<String, SourceControl> controls,
            final Map<String, PublisherControl> ports) {
        final Map<String, Pipeline> running = new TreeMap<>(pipelines);
        final Iterator<Map.Entry<String, Pipeline>> entries = running.entrySet().iterator();
        while (entries.hasNext()) {
            final Map.Entry<String, Pipeline> entry = entries.next();
            if (!target.containsKey(entry.getKey())) {
                leaving.put(entry.getKey(), new Leaving(entry.getValue(),
                        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.drainMillis())));
                entries.remove();
            }
        }
        for (final PipelineSettings pipelineSettings : target.values()) {
            if (leaving.containsKey(pipelineSettings.name())) {
                continue;
            }
            final Pipeline pipeline = running.computeIfAbsent(pipelineSettings.name(),
                    name -> new Pipeline(pipelineSettings, System::nanoTime, taps::show));
            final OverloadPolicy suggested = controls.get(pipelineSettings.source())
                    .suggested(supplies.get(pipelineSettings.source()));
            final List<PublisherPort> to = new ArrayList<>();
            pipelineSettings.publishers().forEach(name -> to.add(ports.get(name).port()));
            pipeline.configure(pipelineSettings, pipelineSettings.overload().orElse(suggested), to);
            dispatcher.assign(pipeline, LaneKey.of(pipelineSettings));
        }
        pipelines = running;
        return running;
    }

    private void feed(final Map<String, SourceControl> controls, final Map<String, Supply<FrameSource>> supplies,
            final Map<String, Pipeline> running) {
        final Map<String, SourceControl> kept = new TreeMap<>(controls);
        controls.forEach((name, control) -> {
            final List<Pipeline> wanting = new ArrayList<>();
            running.values().stream().filter(pipeline -> pipeline.settings().source().equals(name))
                    .forEach(wanting::add);
            control.reconcile(supplies.get(name), wanting);
        });
        sources = kept;
    }

    /** Lets removed pipelines go when their last frame is answered, or their time is over. */
    private void finishLeaving() {
        final Iterator<Map.Entry<String, Leaving>> entries = leaving.entrySet().iterator();
        while (entries.hasNext()) {
            final Leaving left = entries.next().getValue();
            if (left.pipeline().account().inFlight() > 0 && System.nanoTime() - left.until() < 0) {
                lookAgainIn(CLOSING_POLL_MILLIS);
                continue;
            }
            entries.remove();
            answerLeftOver(left.pipeline(), "the pipeline was removed before the frame was answered");
            announcements.gone(left.pipeline(), publishers);
            signal();
        }
    }

    private void answerLeftOver(final Pipeline pipeline, final String message) {
        dispatcher.remove(pipeline).forEach(job ->
                pipeline.answer(job, Verdict.failed(new Failure("stopped", message))));
    }

    private Map<Lane, LaneControl> laneControls() {
        final Map<Lane, LaneControl> controls = new HashMap<>();
        for (final Lane lane : dispatcher.lanes()) {
            final LaneControl known = lanes.get(lane);
            controls.put(lane, known != null ? known : new LaneControl(lane, dispatcher,
                    new BuildingSite(builder, deployer, own), System::nanoTime, this::lookAgainIn,
                    settings.graceMillis(), versions, inventory::stored));
        }
        lanes.forEach((lane, control) -> {
            if (!controls.containsKey(lane)) {
                control.close();
            }
        });
        lanes = controls;
        return controls;
    }

    private void signalCapacity() {
        for (final Capacity capacity : capacities) {
            capacity.signal();
        }
    }

    /** Stops sources, answers what is in flight within the drain time, and ends all threads. Idempotent. */
    @Override
    public void close() throws InterruptedException {
        if (closing) {
            return;
        }
        closing = true;
        own.shutdown();
        own.awaitTermination(settings.drainMillis(), TimeUnit.MILLISECONDS);
        sources.values().forEach(control -> {
            control.port().close();
            control.stop();
        });
        final long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.drainMillis());
        while (anythingInFlight() && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(CLOSING_POLL_MILLIS);
        }
        workers.stop(settings.drainMillis());
        pipelines.values().forEach(pipeline ->
                answerLeftOver(pipeline, "the gateway stopped before the frame was answered"));
        lanes.values().forEach(LaneControl::close);
        publishers.values().forEach(PublisherControl::close);
        deployer.shutdown();
        deployer.awaitTermination(settings.drainMillis(), TimeUnit.MILLISECONDS);
        closer.shutdown();
        if (!closer.awaitTermination(2 * settings.drainMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Not everything could be closed in time");
        }
        versions.close();
        taps.close();
    }

    /** Ends a resource on the closer; what a resource that is ended at the very end holds is ended with it. */
    private void end(final Runnable task) {
        try {
            closer.execute(task);
        } catch (final RejectedExecutionException stopped) {
            task.run();
        }
    }

    private boolean anythingInFlight() {
        for (final Pipeline pipeline : pipelines.values()) {
            if (pipeline.account().inFlight() > 0 && serves(pipeline)) {
                return true;
            }
        }
        return false;
    }

    private boolean serves(final Pipeline pipeline) {
        final Lane lane = dispatcher.laneOf(pipeline);
        return lane != null && lane.current() != null && pipeline.settings().publishers().stream()
                .allMatch(name -> publishers.containsKey(name) && publishers.get(name).port().connected());
    }

    private static ThreadFactory daemon(final String name) {
        return task -> {
            final Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    // --- what views read ---------------------------------------------------------------------------------------

    public EngineSettings settings() {
        return settings;
    }

    /** Milliseconds since the engine started. */
    public long uptimeMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
    }

    public Map<String, Pipeline> pipelines() {
        return pipelines;
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    public FrameMemory memory() {
        return memory;
    }

    public TapHub taps() {
        return taps;
    }

    Map<String, SourceControl> sources() {
        return sources;
    }

    Map<String, PublisherControl> publishers() {
        return publishers;
    }

    Map<Lane, LaneControl> lanes() {
        return lanes;
    }

    Versions versions() {
        return versions;
    }

    Inventory inventory() {
        return inventory;
    }
}
