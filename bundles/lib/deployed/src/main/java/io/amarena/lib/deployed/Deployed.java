/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * What doors made of one location of the framework.
 *
 * @param at           when it became so
 * @param door         what made it so: {@code console}, {@code command}, {@code launcher}, or the symbolic name of the
 *                     bundle that did it
 * @param location     of the bundle, by which the framework knows it
 * @param symbolicName of the bundle
 * @param version      of the bundle
 * @param digest       SHA-256 of its jar in the {@link BundleStore}; empty where the jar is that of a feature, or could
 *                     not be stored
 * @param state        what is to be restored
 * @param startLevel   of the bundle
 * @param modified     when the framework last changed its content, milliseconds since 1970
 * @param begun        whether it is not known yet what becomes of it; a gateway that finds it so at its start goes back
 *                     to {@code previous}
 * @param previous     digest of the jar that was there before, while {@code begun}; empty if there was none
 */
public record Deployed(Instant at, String door, String location, String symbolicName, String version, String digest,
        State state, int startLevel, long modified, boolean begun, String previous) {

    /** What is to be restored. */
    public enum State {
        /** Installed, and it starts with the framework. */
        STARTED,
        /** Installed, and it does not start with the framework. */
        STOPPED,
        /** Not installed. */
        REMOVED,
        /** Nothing: the location belongs to its feature again, or to nobody. */
        FORGOTTEN
    }

    public Deployed {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(door, "door");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(symbolicName, "symbolicName");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(previous, "previous");
    }

    /** Whether its jar is in the store and can be brought back from there. */
    public boolean isRestorable() {
        return !digest.isEmpty() && (state == State.STARTED || state == State.STOPPED);
    }

    /** The same with another state. */
    public Deployed with(final Instant when, final String by, final State next) {
        return new Deployed(when, by, location, symbolicName, version, digest, next, startLevel, modified, false, "");
    }

    JsonObject toJson() {
        return Json.createObjectBuilder()
                .add("at", at.toString())
                .add("door", door)
                .add("location", location)
                .add("name", symbolicName)
                .add("version", version)
                .add("digest", digest)
                .add("state", state.name().toLowerCase(Locale.ROOT))
                .add("level", startLevel)
                .add("modified", modified)
                .add("begun", begun)
                .add("previous", previous)
                .build();
    }

    /** Throws {@link RuntimeException} of some kind where the JSON is not what {@link #toJson} writes. */
    static Deployed fromJson(final JsonObject json) {
        return new Deployed(Instant.parse(json.getString("at")), json.getString("door"), json.getString("location"),
                json.getString("name"), json.getString("version"), json.getString("digest"),
                State.valueOf(json.getString("state").toUpperCase(Locale.ROOT)), json.getInt("level"),
                json.getJsonNumber("modified").longValueExact(), json.getBoolean("begun"),
                json.getString("previous"));
    }
}
