/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import io.amarena.lib.deployed.Deployed.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The truth about what doors put onto, stopped on and took from a gateway, beside what its features bring: the last
 * record of each location counts. It outlives the framework's cache, which is only a cache. One process writes it at a
 * time. Thread-safe.
 */
public final class DeployLedger implements AutoCloseable {

    private final RecordFile file;
    private final Map<String, Deployed> locations;
    private int records;

    private DeployLedger(final RecordFile file, final Map<String, Deployed> locations, final int records) {
        this.file = file;
        this.locations = locations;
        this.records = records;
    }

    /**
     * Opens the ledger, and makes it when it is missing.
     *
     * @param notes for people: records that cannot be understood
     */
    public static DeployLedger open(final Path file, final Consumer<String> notes) throws IOException {
        final Map<String, Deployed> locations = new LinkedHashMap<>();
        final int[] count = new int[1];
        final RecordFile opened = RecordFile.open(file, json -> {
            final Deployed deployed = Deployed.fromJson(json);
            take(locations, deployed);
            count[0]++;
        }, notes);
        return new DeployLedger(opened, locations, count[0]);
    }

    private static void take(final Map<String, Deployed> locations, final Deployed deployed) {
        locations.remove(deployed.location());
        if (deployed.state() != State.FORGOTTEN) {
            locations.put(deployed.location(), deployed);
        }
    }

    /** All locations, in the order in which they came to be as they are. */
    public synchronized List<Deployed> all() {
        return List.copyOf(locations.values());
    }

    /** What is known about a location. */
    public synchronized Optional<Deployed> at(final String location) {
        return Optional.ofNullable(locations.get(location));
    }

    /** Adds a record; it counts, also after a power cut, when this returns. */
    public synchronized void append(final Deployed deployed) throws IOException {
        file.append(deployed.toJson());
        take(locations, deployed);
        records++;
    }

    /**
     * Forgets history, and removed bundles where that is asked for.
     *
     * @param forget which of the removed bundles need not be remembered any more
     */
    public synchronized void compact(final Predicate<Deployed> forget) throws IOException {
        locations.values().removeIf(one -> one.state() == State.REMOVED && forget.test(one));
        if (records > locations.size()) {
            file.replace(locations.values().stream().map(Deployed::toJson).toList());
            records = locations.size();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
