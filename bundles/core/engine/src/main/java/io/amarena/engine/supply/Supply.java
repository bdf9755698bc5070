/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.supply;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.osgi.framework.Version;

/**
 * One service that somebody brings, with everything that is needed to choose among several of them: the values stay
 * readable after the service is gone.
 *
 * @param <T> type of the service
 */
public final class Supply<T> implements Comparable<Supply<?>> {

    private final String origin;
    private final Version version;
    private final int ranking;
    private final long serviceId;
    private final Map<String, Object> properties;
    private final Supplier<? extends T> get;
    private final Runnable unget;
    private final Runnable preload;
    private volatile boolean gone;

    /**
     * A supply.
     *
     * @param origin     for people: the bundle that brings it
     * @param version    of that bundle
     * @param ranking    of the service
     * @param serviceId  of the service
     * @param properties of the service
     * @param get        obtains the service; null when it is no longer there
     * @param unget      gives it back, once per successful get
     * @param preload    loads all classes of the bundle
     */
    public Supply(final String origin, final Version version, final int ranking, final long serviceId,
            final Map<String, Object> properties, final Supplier<? extends T> get, final Runnable unget,
            final Runnable preload) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.version = Objects.requireNonNull(version, "version");
        this.ranking = ranking;
        this.serviceId = serviceId;
        this.properties = Map.copyOf(properties);
        this.get = get;
        this.unget = unget;
        this.preload = preload;
    }

    /** Obtains the service; to be given back with {@link #unget()} unless null. Never inside a framework callback. */
    public T get() {
        return get.get();
    }

    public void unget() {
        unget.run();
    }

    /**
     * Loads every class of the bundle that brings the service, so that an instance that outlives its bundle needs
     * none later.
     */
    public void preload() {
        preload.run();
    }

    /** Whether the service was unregistered: what it made works on, but a failure may come from that. */
    public boolean gone() {
        return gone;
    }

    /** Its service was unregistered. */
    public void markGone() {
        gone = true;
    }

    public String origin() {
        return origin;
    }

    public Version version() {
        return version;
    }

    /** A service property, or null. */
    public Object property(final String key) {
        return properties.get(key);
    }

    public Map<String, Object> properties() {
        return properties;
    }

    /** Best first: highest ranking, then the higher version of the bundle, then the service that is older. */
    @Override
    public int compareTo(final Supply<?> other) {
        if (ranking != other.ranking) {
            return Integer.compare(other.ranking, ranking);
        }
        final int byVersion = other.version.compareTo(version);
        return byVersion != 0 ? byVersion : Long.compare(serviceId, other.serviceId);
    }

    @Override
    public boolean equals(final Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(serviceId);
    }

    @Override
    public String toString() {
        return origin + ' ' + version;
    }
}
