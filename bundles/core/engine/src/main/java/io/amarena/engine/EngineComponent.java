/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.manage.FrameTap;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.VersionCommands;
import io.amarena.api.settings.SettingsProblem;
import io.amarena.api.settings.SettingsValidator;
import io.amarena.engine.pipeline.PipelineConfig;
import io.amarena.engine.pipeline.PipelineSettings;
import io.amarena.engine.pipeline.PipelineSettings.InvalidSettingsException;
import io.amarena.engine.version.Versions;
import io.amarena.engine.view.TapHub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the engine into the framework: its settings in, its views and taps out. */
@Component(configurationPid = EngineComponent.PID, immediate = true, service = {})
@Designate(ocd = EngineComponent.Config.class)
public final class EngineComponent {

    /** PID of the engine's own settings. */
    static final String PID = "io.amarena.engine";

    private static final Logger LOG = LoggerFactory.getLogger(EngineComponent.class);
    private static final int MEGA = 1 << 20;
    private static final long DRAIN_MILLIS = 2_000;

    private final Engine engine;
    private final BundleInventory inventory;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** Settings of the engine. */
    @ObjectClassDefinition(name = "Amarena engine",
            description = "Workers, frame memory and time limits; a change restarts all pipelines")
    @interface Config {

        @AttributeDefinition(description = "Threads that run batches; 0 for one per processor", min = "0", max = "256")
        int workers() default 0;

        @AttributeDefinition(description = "Memory for frames on their way, in MiB", min = "1", max = "65536")
        int frameMemoryMb() default 64;

        @AttributeDefinition(description = "Pictures with more million pixels are refused before they are decoded",
                min = "1", max = "1000")
        int maxMegapixels() default 16;

        @AttributeDefinition(description = "How long a frame waits for the next deployment when a live change made it"
                + " fail, in milliseconds", min = "100", max = "600000")
        int retryMs() default 10_000;

        @AttributeDefinition(description = "How long a pipeline goes on with what it has when a bundle that it needs"
                + " was stopped or removed, in seconds", min = "0", max = "3600")
        int graceSeconds() default 30;
    }

    @Activate
    public EngineComponent(final BundleContext context, final Config config, @Reference final ConfigurationAdmin admin)
            throws IOException {
        final int workers = config.workers() > 0 ? config.workers() : Runtime.getRuntime().availableProcessors();
        final String gateway = context.getProperty("amarena.gateway");
        final EngineSettings settings = new EngineSettings(gateway == null ? "amarena" : gateway, workers,
                (long) config.frameMemoryMb() * MEGA, config.maxMegapixels() * 1_000_000L, config.retryMs(),
                TimeUnit.SECONDS.toMillis(config.graceSeconds()), DRAIN_MILLIS);
        final Relay relay = new Relay();
        this.inventory = new BundleInventory(context, workers, relay);
        this.engine = new Engine(settings, inventory, new TapHub(), openVersions(context));
        relay.engine = engine;
        inventory.open();
        registrations.add(context.registerService(GatewayView.class, new EngineView(engine), null));
        registrations.add(context.registerService(VersionCommands.class,
                new AdministratorCommands(engine, new PipelinePins(admin)), null));
        registrations.add(context.registerService(FrameTap.class, engine.taps(), null));
        registrations.add(context.registerService(SettingsValidator.class, new PipelineValidator(),
                property(SettingsValidator.PID, PipelineConfig.PID)));
        for (final String kind : new String[] {"source", "publisher"}) {
            registrations.add(context.registerService(SettingsValidator.class, new UniqueNames(kind),
                    property(SettingsValidator.PID, "io.amarena." + kind + ".*")));
        }
        registrations.add(context.registerService(ManagedServiceFactory.class, new PipelineFactory(),
                property(Constants.SERVICE_PID, PipelineConfig.PID)));
        LOG.info("Engine of gateway {}: {} workers, {} MiB for frames", settings.gateway(), workers,
                config.frameMemoryMb());
    }

    private static Versions openVersions(final BundleContext context) throws IOException {
        final String data = context.getProperty("amarena.data");
        try {
            return Versions.open(Path.of(data == null ? "data" : data).resolve("engine"), Clock.systemUTC());
        } catch (final IOException failed) {
            LOG.error("The engine does not start, because it cannot tell which versions are to serve: its journal in"
                    + " the data folder cannot be opened: {}. Check the free space and the permissions, and restart the"
                    + " gateway", failed.toString());
            throw failed;
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        registrations.forEach(ServiceRegistration::unregister);
        engine.close();
        inventory.close();
    }

    private static Dictionary<String, Object> property(final String key, final Object value) {
        final Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(key, value);
        return properties;
    }

    /** Signals of an inventory that is there before its engine. */
    private static final class Relay implements Runnable {

        private volatile Engine engine;

        @Override
        public void run() {
            final Engine target = engine;
            if (target != null) {
                target.signal();
            }
        }
    }

    /** Collects the pipelines' settings into snapshots for the engine. */
    private final class PipelineFactory implements ManagedServiceFactory {

        private final Map<String, PipelineSettings> byPid = new HashMap<>();

        @Override
        public String getName() {
            return "Amarena pipelines";
        }

        @Override
        public void updated(final String pid, final Dictionary<String, ?> properties) {
            final Map<String, Object> values = new HashMap<>();
            Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
            try {
                put(pid, PipelineSettings.parse(pid, values));
            } catch (final InvalidSettingsException invalid) {
                LOG.error("Pipeline settings are refused; what was in force before stays: {}", invalid.problems());
            }
        }

        @Override
        public void deleted(final String pid) {
            put(pid, null);
        }

        private synchronized void put(final String pid, final PipelineSettings settings) {
            if (settings == null) {
                byPid.remove(pid);
            } else {
                byPid.put(pid, settings);
            }
            final Map<String, PipelineSettings> byName = new HashMap<>();
            byPid.values().forEach(pipeline -> byName.put(pipeline.name(), pipeline));
            engine.configure(byName);
        }
    }

    /** Refuses settings before they take effect. */
    private static final class PipelineValidator implements SettingsValidator {

        @Override
        public List<SettingsProblem> validate(final Map<String, Map<String, Object>> configurations) {
            final List<SettingsProblem> problems = new ArrayList<>();
            final Map<String, String> names = new HashMap<>();
            configurations.forEach((pid, values) -> {
                try {
                    final PipelineSettings settings = PipelineSettings.parse(pid, values);
                    final String other = names.putIfAbsent(settings.name(), pid);
                    if (other != null) {
                        problems.add(new SettingsProblem(pid, "", "names the pipeline " + settings.name()
                                + ", which " + other + " names already: rename one"));
                    }
                } catch (final InvalidSettingsException invalid) {
                    problems.addAll(invalid.problems());
                }
            });
            return problems;
        }
    }
}
