/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Version;

/**
 * What an administrator decided about bundles of features, by symbolic name. The launcher does not undo it. Deleting
 * an entry gives the bundle back to its feature at the next start.
 */
record AdministratorLedger(Map<String, Decision> decisions) {

    static final AdministratorLedger EMPTY = new AdministratorLedger(Map.of());

    AdministratorLedger {
        decisions = Map.copyOf(decisions);
    }

    /** What was decided. */
    enum Kind {
        /** Uninstalled; it is not installed again. */
        REMOVED,
        /** Stopped; it is raised with its feature but not started. */
        STOPPED,
        /** Another jar was put in its place; it stays until a feature brings a higher version. */
        REPLACED,
        /** It stays as it is, whatever features bring. Only an administrator writes this, into the file. */
        HELD
    }

    /**
     * One decision.
     *
     * @param kind    what was decided
     * @param version of the administrator's bundle, where there is one
     * @param instead version of the feature's bundle that it took the place of
     */
    record Decision(Kind kind, Version version, Version instead) {

        Decision {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(instead, "instead");
        }

        static Decision of(final Kind kind) {
            return new Decision(kind, Version.emptyVersion, Version.emptyVersion);
        }

        static Decision replaced(final Version version, final Version instead) {
            return new Decision(Kind.REPLACED, version, instead);
        }
    }

    Optional<Decision> about(final String symbolicName) {
        return Optional.ofNullable(decisions.get(symbolicName));
    }

    boolean says(final String symbolicName, final Kind kind) {
        final Decision decision = decisions.get(symbolicName);
        return decision != null && decision.kind() == kind;
    }

    AdministratorLedger with(final String symbolicName, final Decision decision) {
        final Map<String, Decision> next = new TreeMap<>(decisions);
        next.put(symbolicName, decision);
        return new AdministratorLedger(next);
    }

    AdministratorLedger without(final String symbolicName) {
        final Map<String, Decision> next = new TreeMap<>(decisions);
        next.remove(symbolicName);
        return new AdministratorLedger(next);
    }

    JsonObject toJson() {
        final JsonObjectBuilder json = Json.createObjectBuilder();
        new TreeMap<>(decisions).forEach((name, decision) -> {
            final JsonObjectBuilder entry = Json.createObjectBuilder()
                    .add("decision", decision.kind().name().toLowerCase(Locale.ROOT));
            if (decision.kind() == Kind.REPLACED) {
                entry.add("version", decision.version().toString()).add("instead", decision.instead().toString());
            }
            json.add(name, entry);
        });
        return json.build();
    }

    /** Throws {@link RuntimeException} of some kind where the JSON is not what {@link #toJson} writes. */
    static AdministratorLedger fromJson(final JsonObject json) {
        final Map<String, Decision> decisions = new TreeMap<>();
        for (final Map.Entry<String, JsonValue> member : json.entrySet()) {
            final JsonObject entry = member.getValue().asJsonObject();
            decisions.put(member.getKey(), new Decision(
                    Kind.valueOf(entry.getString("decision").toUpperCase(Locale.ROOT)),
                    Version.parseVersion(entry.getString("version", "")),
                    Version.parseVersion(entry.getString("instead", ""))));
        }
        return new AdministratorLedger(decisions);
    }
}
