/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.backend.Backend;
import io.amarena.api.backend.Device;
import io.amarena.api.model.Model;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.source.FrameSource;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.engine.deployment.DeploymentPlan;
import io.amarena.engine.supply.Supplies;
import io.amarena.engine.supply.Supply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inventory that the framework's service registry shows. */
final class BundleInventory implements Inventory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BundleInventory.class);

    private final int workers;
    private final Supplies<Backend> backends;
    private final Supplies<PreprocessorFactory> preprocessors;
    private final Supplies<PostprocessorFactory> postprocessors;
    private final Supplies<ImageDecoder> decoders;
    private final Supplies<FrameSource> sources;
    private final Supplies<PublisherFactory> publishers;
    private final ServiceTracker<ModelCatalog, AutoCloseable> catalogs;
    private volatile ModelCatalog catalog;

    /**
     * Not tracking yet.
     *
     * @param signal called after every change; returns at once
     */
    BundleInventory(final BundleContext context, final int workers, final Runnable signal) {
        this.workers = workers;
        this.backends = new Supplies<>(context, Backend.class, Backend.NAME, signal);
        this.preprocessors = new Supplies<>(context, PreprocessorFactory.class, PreprocessorFactory.STAGE, signal);
        this.postprocessors = new Supplies<>(context, PostprocessorFactory.class, PreprocessorFactory.STAGE, signal);
        this.decoders = new Supplies<>(context, ImageDecoder.class, "", signal);
        this.sources = new Supplies<>(context, FrameSource.class, FrameSource.NAME, signal);
        this.publishers = new Supplies<>(context, PublisherFactory.class, PublisherFactory.NAME, signal);
        this.catalogs = new ServiceTracker<>(context, ModelCatalog.class, new CatalogListener(context, signal));
    }

    void open() {
        catalogs.open();
        backends.open();
        preprocessors.open();
        postprocessors.open();
        decoders.open();
        publishers.open();
        sources.open();
    }

    @Override
    public void close() {
        sources.close();
        publishers.close();
        decoders.close();
        postprocessors.close();
        preprocessors.close();
        backends.close();
        catalogs.close();
    }

    @Override
    public List<ModelVersion> versions() {
        final ModelCatalog models = catalog;
        return models == null ? List.of() : models.versions();
    }

    @Override
    public DeploymentPlan.Snapshot deployables() {
        final List<DeploymentPlan.Place> places = new ArrayList<>();
        for (final Supply<Backend> backend : backends.all()) {
            places.add(new DeploymentPlan.Place(backend, devices(backend)));
        }
        return new DeploymentPlan.Snapshot(versions(), places, preprocessors.best(), postprocessors.best(),
                decoders.all(), workers);
    }

    @Override
    public Set<String> uninstalled() {
        final ModelCatalog models = catalog;
        return models == null ? Set.of() : models.uninstalled();
    }

    @Override
    public Optional<Model> stored(final String digest) {
        final ModelCatalog models = catalog;
        return models == null ? Optional.empty() : models.stored(digest);
    }

    @Override
    public void needed(final Set<String> digests) {
        final ModelCatalog models = catalog;
        if (models != null) {
            models.needed(digests);
        }
    }

    private static List<Device> devices(final Supply<Backend> supply) {
        final Backend backend = supply.get();
        if (backend == null) {
            return List.of();
        }
        try {
            return backend.devices();
        } catch (final RuntimeException | LinkageError broken) {
            LOG.error("Backend {} cannot tell its devices: {}", supply, broken.toString(), broken);
            return List.of();
        } finally {
            supply.unget();
        }
    }

    @Override
    public Map<String, Supply<FrameSource>> sources() {
        return sources.best();
    }

    @Override
    public Map<String, Supply<PublisherFactory>> publishers() {
        return publishers.best();
    }

    /** Keeps the catalog that is there and hears of its changes. */
    private final class CatalogListener implements ServiceTrackerCustomizer<ModelCatalog, AutoCloseable> {

        private final BundleContext context;
        private final Runnable signal;

        CatalogListener(final BundleContext context, final Runnable signal) {
            this.context = context;
            this.signal = signal;
        }

        @Override
        public AutoCloseable addingService(final ServiceReference<ModelCatalog> reference) {
            final ModelCatalog service = context.getService(reference);
            if (service == null) {
                return null;
            }
            catalog = service;
            final AutoCloseable listening = service.onChange(signal);
            signal.run();
            return listening;
        }

        @Override
        public void modifiedService(final ServiceReference<ModelCatalog> reference, final AutoCloseable listening) {
            // There is one catalog; its properties say nothing.
        }

        @Override
        public void removedService(final ServiceReference<ModelCatalog> reference, final AutoCloseable listening) {
            try {
                listening.close();
            } catch (final Exception ended) {
                LOG.debug("The model catalog has already stopped", ended);
            }
            catalog = null;
            context.ungetService(reference);
            signal.run();
        }
    }
}
