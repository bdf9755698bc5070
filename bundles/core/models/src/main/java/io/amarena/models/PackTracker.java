/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.models;

import io.amarena.api.model.Model;
import io.amarena.api.model.ModelVersion;
import io.amarena.lib.descriptor.PackReader;
import io.amarena.lib.descriptor.PackStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches bundles that bring a model: those whose manifest has the header {@value #HEADER}.
 *
 * <p>Their content is copied within the framework's callback, because an update takes the old one away at once. A
 * version leaves the catalog when its bundle is uninstalled while the framework runs; a stop, an update or the end of
 * the framework does not retire it.
 */
final class PackTracker extends BundleTracker<String> {

    /** Manifest header with the path of the descriptor. */
    static final String HEADER = "Amarena-Model";

    private static final Logger LOG = LoggerFactory.getLogger(PackTracker.class);
    private static final String NAME_PREFIX = "model.";

    private final StoredModels store;
    private final PackReader reader;
    private final Catalog catalog;
    private final BundleContext system;

    PackTracker(final BundleContext context, final StoredModels store, final PackReader reader, final Catalog catalog) {
        super(context, Bundle.ACTIVE | Bundle.STARTING | Bundle.STOPPING | Bundle.RESOLVED | Bundle.INSTALLED, null);
        this.store = store;
        this.reader = reader;
        this.catalog = catalog;
        this.system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    }

    @Override
    public String addingBundle(final Bundle bundle, final BundleEvent event) {
        final String descriptor = bundle.getHeaders("").get(HEADER);
        if (descriptor == null) {
            return null;
        }
        if (isStarted(bundle)) {
            read(bundle, descriptor.strip());
        }
        return descriptor.strip();
    }

    @Override
    public void modifiedBundle(final Bundle bundle, final BundleEvent event, final String known) {
        if (event == null || !isStarted(bundle) || bundle.getState() == Bundle.STOPPING) {
            return;
        }
        final String descriptor = bundle.getHeaders("").get(HEADER);
        if (descriptor == null) {
            catalog.remove(bundle.getBundleId());
        } else if (event.getType() == BundleEvent.STARTED || event.getType() == BundleEvent.LAZY_ACTIVATION) {
            read(bundle, descriptor.strip());
        }
    }

    @Override
    public void removedBundle(final Bundle bundle, final BundleEvent event, final String known) {
        final boolean running = system.getBundle().getState() == Bundle.ACTIVE;
        if (running && event != null && event.getType() == BundleEvent.UNINSTALLED) {
            catalog.remove(bundle.getBundleId());
            LOG.info("{} {} was uninstalled", bundle.getSymbolicName(), bundle.getVersion());
        }
    }

    private static boolean isStarted(final Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    }

    private void read(final Bundle bundle, final String descriptor) {
        synchronized (store) {
            readStored(bundle, descriptor);
        }
    }

    private void readStored(final Bundle bundle, final String descriptor) {
        ModelVersion version;
        try {
            version = staged(bundle, descriptor);
        } catch (final PackStore.RefusedPackException refused) {
            version = rejected(bundle, "", refused.getMessage());
        } catch (final IOException failed) {
            version = rejected(bundle, "", "its files cannot be stored: " + failed.getMessage()
                    + "; check the free space and the permissions of the data folder");
        } catch (final RuntimeException | StackOverflowError | OutOfMemoryError broken) {
            version = rejected(bundle, "", "it cannot be read: " + broken);
            LOG.debug("Reading {} failed", bundle, broken);
        }
        if (version.state() == ModelVersion.State.REJECTED) {
            LOG.error("Model pack {} {} is rejected: {}", bundle.getSymbolicName(), bundle.getVersion(),
                    version.reason());
        } else {
            LOG.info("Model {} {} is staged", version.name(), version.version());
        }
        catalog.put(version);
    }

    private ModelVersion staged(final Bundle bundle, final String descriptor) throws IOException {
        final String digest = store.copy(files(bundle), path -> open(bundle, path));
        final PackReader.ReadPack pack = reader.read(store.folder(digest), descriptor, digest);
        if (pack.model().isEmpty()) {
            return rejected(bundle, digest, String.join("; ", pack.problems()));
        }
        final Model model = pack.model().get();
        final String name = NAME_PREFIX + model.id().name();
        if (!name.equals(bundle.getSymbolicName())) {
            return rejected(bundle, digest, "the bundle is named " + bundle.getSymbolicName() + ", but its model is "
                    + model.id().name() + ": the symbolic name must be " + name);
        }
        if (!bundle.getVersion().toString().equals(model.id().version())) {
            return rejected(bundle, digest, "the bundle has version " + bundle.getVersion() + ", but model.json says "
                    + model.id().version() + ": make them equal");
        }
        return new ModelVersion(model.id().name(), model.id().version(), digest, ModelVersion.State.STAGED, "",
                bundle.getBundleId(), Optional.of(model));
    }

    private static ModelVersion rejected(final Bundle bundle, final String digest, final String reason) {
        final String name = bundle.getSymbolicName().startsWith(NAME_PREFIX)
                ? bundle.getSymbolicName().substring(NAME_PREFIX.length()) : bundle.getSymbolicName();
        return new ModelVersion(name, bundle.getVersion().toString(), digest, ModelVersion.State.REJECTED, reason,
                bundle.getBundleId(), Optional.empty());
    }

    private static List<String> files(final Bundle bundle) {
        final List<String> files = new ArrayList<>();
        final Enumeration<URL> entries = bundle.findEntries("/", "*", true);
        for (final URL entry : entries == null ? List.<URL>of() : Collections.list(entries)) {
            final String path = entry.getPath().substring(1);
            if (!path.endsWith("/") && !path.startsWith("META-INF/")) {
                files.add(path);
            }
        }
        return files;
    }

    private static InputStream open(final Bundle bundle, final String path) throws IOException {
        final URL entry = bundle.getEntry(path);
        if (entry == null) {
            throw new FileNotFoundException(path + " has left the bundle");
        }
        return entry.openStream();
    }
}
