/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import io.amarena.api.manage.SettingsView;
import io.amarena.api.settings.SettingsProblem;
import io.amarena.api.settings.SettingsValidator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps settings alive: applies the folder before anything of a higher start level starts, then looks twice a second, and
 * at once when something changes elsewhere. All work after the start is done on one thread.
 */
@Component(immediate = true, service = {SettingsView.class, ConfigurationListener.class})
public final class LiveSettings implements SettingsView, ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);
    private static final long LOOK_MILLIS = 500;

    private final Reconciler reconciler;
    private final ScheduledThreadPoolExecutor thread;
    private final BundleContext context;
    private final BundleListener bundles;
    private final ServiceTracker<SettingsValidator, SettingsValidator> validators;

    @Activate
    public LiveSettings(final BundleContext context, @Reference final ConfigurationAdmin admin,
            @Reference final MetaTypeService metatypes) {
        this.context = context;
        this.validators = new ServiceTracker<>(context, SettingsValidator.class, new ValidatorListener());
        final Path configs = Path.of(property("amarena.configs", "configs"));
        final Path data = Path.of(property("amarena.data", "data"));
        final String secrets = property("org.apache.felix.configadmin.plugin.interpolation.secretsdir",
                data.resolve("secrets").toString());
        final Placeholders placeholders = new Placeholders(System::getenv, context::getProperty,
                Stream.of(secrets.split(",")).map(Path::of).toList());
        this.reconciler = new Reconciler(new SettingsFolder(configs, data.resolve("settings").resolve("last-good")),
                new AdminSettings(admin), new CheckSource(context, metatypes, validators, placeholders));
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            final Thread own = new Thread(task, "amarena-settings");
            own.setDaemon(true);
            return own;
        });
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.bundles = event -> {
            if (event.getType() == BundleEvent.RESOLVED || event.getType() == BundleEvent.UNRESOLVED) {
                reconciler.checksChanged();
            }
        };
        validators.open();
        context.addBundleListener(bundles);
        reconciler.look();
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        context.removeBundleListener(bundles);
        thread.shutdown();
        thread.awaitTermination(2, TimeUnit.SECONDS);
        validators.close();
    }

    private String property(final String key, final String otherwise) {
        final String value = context.getProperty(key);
        return value == null ? otherwise : value;
    }

    private void look() {
        try {
            reconciler.look();
        } catch (final RuntimeException | LinkageError broken) {
            LOG.error("Settings could not be applied; they are tried again: {}", broken.toString(), broken);
        }
    }

    @Override
    public void configurationEvent(final ConfigurationEvent event) {
        reconciler.adminChanged();
    }

    @Override
    public List<String> inForce() {
        return reconciler.inForce();
    }

    @Override
    public List<SettingsProblem> problems() {
        return reconciler.problems();
    }

    /** Asks for another look when a validator comes or goes. */
    private final class ValidatorListener implements ServiceTrackerCustomizer<SettingsValidator, SettingsValidator> {

        @Override
        public SettingsValidator addingService(final ServiceReference<SettingsValidator> reference) {
            final SettingsValidator validator = context.getService(reference);
            if (reconciler != null) {
                reconciler.checksChanged();
            }
            return validator;
        }

        @Override
        public void modifiedService(final ServiceReference<SettingsValidator> reference,
                final SettingsValidator validator) {
            reconciler.checksChanged();
        }

        @Override
        public void removedService(final ServiceReference<SettingsValidator> reference,
                final SettingsValidator validator) {
            context.ungetService(reference);
            reconciler.checksChanged();
        }
    }
}
