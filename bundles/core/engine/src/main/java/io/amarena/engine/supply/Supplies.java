/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.supply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All services of one type, by the names that they carry in a service property.
 *
 * <p>The framework's callbacks only record and signal: they obtain no service, run no foreign code and wait for
 * nothing, because they may be called while the framework holds its locks.
 *
 * @param <T> type of the services
 */
public final class Supplies<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supplies.class);

    private final BundleContext context;
    private final String nameProperty;
    private final Runnable signal;
    private final ServiceTracker<T, Supply<T>> tracker;
    private final Map<String, List<Supply<T>>> byName = new TreeMap<>();

    /**
     * Not tracking yet.
     *
     * @param nameProperty service property with the name or names, or empty when they have none
     * @param signal       called after every change; returns at once
     */
    public Supplies(final BundleContext context, final Class<T> type, final String nameProperty,
            final Runnable signal) {
        this.context = context;
        this.nameProperty = nameProperty;
        this.signal = signal;
        this.tracker = new ServiceTracker<>(context, type, new Recorder());
    }

    public void open() {
        tracker.open();
    }

    @Override
    public void close() {
        tracker.close();
    }

    /** The best service of that name. */
    public Optional<Supply<T>> best(final String name) {
        synchronized (byName) {
            final List<Supply<T>> supplies = byName.get(name);
            return supplies == null ? Optional.empty() : Optional.of(supplies.get(0));
        }
    }

    /** The best service of every name, by name. */
    public Map<String, Supply<T>> best() {
        final Map<String, Supply<T>> best = new TreeMap<>();
        synchronized (byName) {
            byName.forEach((name, supplies) -> best.put(name, supplies.get(0)));
        }
        return best;
    }

    /** All services whatever their names, best first. */
    public List<Supply<T>> all() {
        final List<Supply<T>> all = new ArrayList<>();
        synchronized (byName) {
            byName.values().forEach(all::addAll);
        }
        Collections.sort(all);
        return List.copyOf(all);
    }

    private List<String> names(final ServiceReference<T> reference) {
        if (nameProperty.isEmpty()) {
            return List.of("");
        }
        final Object value = reference.getProperty(nameProperty);
        if (value instanceof String) {
            return List.of((String) value);
        }
        if (value instanceof String[]) {
            return List.of((String[]) value);
        }
        if (value instanceof Collection) {
            final List<String> names = new ArrayList<>();
            ((Collection<?>) value).forEach(name -> names.add(String.valueOf(name)));
            return names;
        }
        LOG.warn("A service of {} has no name: its service property {} is {}; the service is not used",
                reference.getBundle(), nameProperty, value);
        return List.of();
    }

    private Supply<T> supply(final ServiceReference<T> reference) {
        final Bundle bundle = reference.getBundle();
        final Map<String, Object> properties = new HashMap<>();
        for (final String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        final Object ranking = properties.get(Constants.SERVICE_RANKING);
        return new Supply<>(bundle.getSymbolicName(), bundle.getVersion(),
                ranking instanceof Integer ? (Integer) ranking : 0,
                (Long) properties.get(Constants.SERVICE_ID), properties,
                () -> context.getService(reference), () -> unget(reference), () -> loadAllClasses(bundle));
    }

    private void unget(final ServiceReference<T> reference) {
        try {
            context.ungetService(reference);
        } catch (final IllegalStateException stopped) {
            LOG.debug("The engine's bundle has already stopped", stopped);
        }
    }

    private static void loadAllClasses(final Bundle bundle) {
        final BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return;
        }
        final Collection<String> files = wiring.listResources("/", "*.class",
                BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL);
        for (final String file : files == null ? List.<String>of() : files) {
            if (file.startsWith("META-INF/")) {
                continue;
            }
            final String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
            try {
                Class.forName(name, false, wiring.getClassLoader());
            } catch (final ClassNotFoundException | LinkageError optional) {
                LOG.debug("{} of {} cannot be loaded; that is fine for optional parts", name, bundle, optional);
            }
        }
    }

    private final class Recorder implements ServiceTrackerCustomizer<T, Supply<T>> {

        @Override
        public Supply<T> addingService(final ServiceReference<T> reference) {
            final Supply<T> supply = supply(reference);
            enter(reference, supply);
            return supply;
        }

        @Override
        public void modifiedService(final ServiceReference<T> reference, final Supply<T> supply) {
            // What a service can do does not change with its properties: a new registration would.
        }

        @Override
        public void removedService(final ServiceReference<T> reference, final Supply<T> supply) {
            supply.markGone();
            synchronized (byName) {
                byName.values().forEach(supplies -> supplies.remove(supply));
                byName.values().removeIf(List::isEmpty);
            }
            signal.run();
        }

        private void enter(final ServiceReference<T> reference, final Supply<T> supply) {
            final List<String> names = names(reference);
            synchronized (byName) {
                for (final String name : names) {
                    final List<Supply<T>> supplies = byName.computeIfAbsent(name, any -> new ArrayList<>());
                    supplies.add(supply);
                    Collections.sort(supplies);
                }
            }
            signal.run();
        }
    }
}
