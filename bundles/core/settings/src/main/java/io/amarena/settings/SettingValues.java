/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.felix.cm.json.io.Configurations;

/**
 * Settings of one PID: names with values of the types that Config Admin knows, in order. Immutable, as long as nobody
 * writes into an array. Two are equal when names, types and values are; their order does not matter.
 */
final class SettingValues {

    /** Keys that Config Admin sets itself. */
    private static final Set<String> AUTOMATIC =
            Set.of("service.pid", "service.factorypid", "service.bundlelocation");

    private final Map<String, Object> values;

    private SettingValues(final Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    static SettingValues of(final Map<String, ?> values) {
        final Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((name, value) -> copy.put(name, plain(value)));
        return new SettingValues(copy);
    }

    /** What somebody handed to Config Admin, without the keys that Config Admin adds, sorted by name. */
    static SettingValues of(final Dictionary<String, ?> properties) {
        final Map<String, Object> sorted = new TreeMap<>();
        for (final Enumeration<String> names = properties.keys(); names.hasMoreElements();) {
            final String name = names.nextElement();
            if (!isAutomatic(name)) {
                sorted.put(name, plain(properties.get(name)));
            }
        }
        return new SettingValues(sorted);
    }

    static boolean isAutomatic(final String name) {
        return AUTOMATIC.contains(name.toLowerCase(java.util.Locale.ROOT));
    }

    private static Object plain(final Object value) {
        return value instanceof Collection<?> several ? List.copyOf(several) : value;
    }

    Map<String, Object> asMap() {
        return values;
    }

    Object get(final String name) {
        return values.get(name);
    }

    Hashtable<String, Object> toDictionary() {
        final Hashtable<String, Object> properties = Configurations.newConfiguration();
        properties.putAll(values);
        return properties;
    }

    @Override
    public boolean equals(final Object other) {
        if (!(other instanceof SettingValues that) || !values.keySet().equals(that.values.keySet())) {
            return false;
        }
        return values.entrySet().stream()
                .allMatch(entry -> Objects.deepEquals(entry.getValue(), that.values.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return values.keySet().hashCode();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
