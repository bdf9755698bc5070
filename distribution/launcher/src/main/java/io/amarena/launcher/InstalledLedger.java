/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the cache held when the launcher was done with it the last time, by symbolic name. What differs from it at the
 * next start, an administrator has changed in between.
 */
record InstalledLedger(Map<String, Entry> entries) {

    static final InstalledLedger EMPTY = new InstalledLedger(Map.of());

    InstalledLedger {
        entries = Map.copyOf(entries);
    }

    /**
     * One bundle.
     *
     * @param id           number in the framework
     * @param location     in the framework
     * @param version      of the bundle
     * @param digest       SHA-256 of the jar that the launcher installed; empty where an administrator's jar is there
     * @param lastModified as the framework told it, milliseconds since 1970
     * @param started      whether it was to start with the framework
     */
    record Entry(long id, String location, String version, String digest, long lastModified, boolean started) {

        Entry {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(digest, "digest");
        }
    }

    JsonObject toJson() {
        final JsonObjectBuilder json = Json.createObjectBuilder();
        new TreeMap<>(entries).forEach((name, entry) -> json.add(name, Json.createObjectBuilder()
                .add("id", entry.id())
                .add("location", entry.location())
                .add("version", entry.version())
                .add("digest", entry.digest())
                .add("lastModified", entry.lastModified())
                .add("started", entry.started())));
        return json.build();
    }

    /** Throws {@link RuntimeException} of some kind where the JSON is not what {@link #toJson} writes. */
    static InstalledLedger fromJson(final JsonObject json) {
        final Map<String, Entry> entries = new TreeMap<>();
        for (final Map.Entry<String, JsonValue> member : json.entrySet()) {
            final JsonObject entry = member.getValue().asJsonObject();
            entries.put(member.getKey(), new Entry(entry.getJsonNumber("id").longValueExact(),
                    entry.getString("location"), entry.getString("version"), entry.getString("digest"),
                    entry.getJsonNumber("lastModified").longValueExact(), entry.getBoolean("started")));
        }
        return new InstalledLedger(entries);
    }
}
