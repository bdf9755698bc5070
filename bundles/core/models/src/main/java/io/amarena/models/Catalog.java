/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.models;

import io.amarena.api.model.Model;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Version;

/** The versions that packs brought, by bundle. Thread-safe. */
final class Catalog implements ModelCatalog {

    private static final Comparator<ModelVersion> ORDER = Comparator.comparing(ModelVersion::name)
            .thenComparing(version -> number(version.version()), Comparator.reverseOrder())
            .thenComparing(ModelVersion::bundleId, Comparator.reverseOrder());

    private final StoredModels stored;
    private final Map<Long, ModelVersion> byBundle = new LinkedHashMap<>();
    private final Map<Long, Set<String>> brought = new HashMap<>();
    private final Set<String> uninstalled = new HashSet<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Without versions; models whose packs were replaced come from the store. */
    Catalog(final StoredModels stored) {
        this.stored = stored;
    }

    /** What a bundle brings now. */
    void put(final ModelVersion version) {
        synchronized (byBundle) {
            byBundle.put(version.bundleId(), version);
            brought.computeIfAbsent(version.bundleId(), any -> new HashSet<>()).add(version.digest());
            uninstalled.remove(version.digest());
        }
        listeners.forEach(Runnable::run);
    }

    /** A bundle was uninstalled. */
    void remove(final long bundleId) {
        final ModelVersion removed;
        synchronized (byBundle) {
            removed = byBundle.remove(bundleId);
            if (removed != null) {
                uninstalled.addAll(brought.remove(bundleId));
                byBundle.values().forEach(other -> uninstalled.remove(other.digest()));
            }
        }
        if (removed != null) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public List<ModelVersion> versions() {
        final List<ModelVersion> versions;
        synchronized (byBundle) {
            versions = new ArrayList<>(byBundle.values());
        }
        versions.sort(ORDER);
        return List.copyOf(versions);
    }

    @Override
    public Set<String> uninstalled() {
        synchronized (byBundle) {
            return Set.copyOf(uninstalled);
        }
    }

    @Override
    public Optional<Model> stored(final String digest) {
        return stored.read(digest);
    }

    @Override
    public void needed(final Set<String> digests) {
        stored.keepOnly(digests, this);
    }

    @Override
    public AutoCloseable onChange(final Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private static Version number(final String version) {
        try {
            return Version.parseVersion(version);
        } catch (final IllegalArgumentException malformed) {
            return Version.emptyVersion;
        }
    }
}
