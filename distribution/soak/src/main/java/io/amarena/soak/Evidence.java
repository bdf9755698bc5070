/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out of the gateway, seen by the subscriber. Thread-safe. */
final class Evidence {

    /** Results between changes. */
    static final int QUIET = 0;

    /** Results while the process is looked at thoroughly, which disturbs it. */
    static final int DISTURBED = -1;

    private final Map<String, LineRecord> first = new LinkedHashMap<>();
    private final Map<String, LineRecord> second = new LinkedHashMap<>();
    private final ServedVersions versions = new ServedVersions();
    private final Latencies latencies = new Latencies();
    private final List<Promise.Broken> troubles = new ArrayList<>();
    private int change;
    private int phase = DISTURBED;

    Evidence(final List<Line> lines) {
        for (final Line line : lines) {
            first.put(line.name(), new LineRecord(line.name(), true));
            second.put(line.name(), new LineRecord(line.name() + " by the second publisher", false));
        }
    }

    /** A result came. */
    synchronized void received(final Received result) {
        final boolean ofFirst = result.topic().equals(StartSettings.FIRST_TOPIC);
        final LineRecord line = (ofFirst ? first : second).get(result.pipeline());
        if (line == null) {
            trouble("a result of the pipeline " + result.pipeline() + " came, which nobody has configured");
            return;
        }
        line.received(result, change);
        if (ofFirst) {
            versions.served(result.version(), result.digest(), change);
            latencies.add(result.nanos(), phase, result.millis(), result.underway());
        }
    }

    /** Something happened that is no result. */
    synchronized void trouble(final String what) {
        troubles.add(new Promise.Broken(change, what));
    }

    /** A change begins; what goes wrong from now on shows during it. */
    synchronized void begin(final int number) {
        change = number;
        phase = number;
    }

    /** What comes from now on belongs to that phase. */
    synchronized void phase(final int now) {
        phase = now;
    }

    synchronized void mayServe(final String version) {
        versions.mayServe(version);
    }

    synchronized void mustNotServe(final String version) {
        versions.mustNotServe(version);
    }

    synchronized void known(final String version, final String digest) {
        versions.known(version, digest);
    }

    /** The second publisher gets or loses a line. */
    synchronized void secondChanges(final String line) {
        second.get(line).mayBeginAnew();
    }

    synchronized void allowDuplicates(final boolean allowed) {
        first.values().forEach(line -> line.allowDuplicates(allowed));
        second.values().forEach(line -> line.allowDuplicates(allowed));
    }

    /** How many results of each line came so far. */
    synchronized Map<String, Long> counts() {
        final Map<String, Long> counts = new LinkedHashMap<>();
        first.forEach((name, line) -> counts.put(name, line.distinct()));
        return counts;
    }

    /** Frames whose result has not come although a later one has. */
    synchronized long missing() {
        return first.values().stream().mapToLong(LineRecord::missing).sum();
    }

    synchronized long distinct() {
        return first.values().stream().mapToLong(LineRecord::distinct).sum();
    }

    synchronized long duplicates() {
        return first.values().stream().mapToLong(LineRecord::duplicates).sum();
    }

    synchronized int contents() {
        return versions.contents();
    }

    /**
     * Everything has come that will come.
     *
     * @param accepted frames of each line
     */
    synchronized void end(final Map<String, Long> accepted) {
        first.forEach((name, line) -> line.end(accepted.getOrDefault(name, 0L), change));
        second.values().forEach(line -> line.end(-1, change));
        versions.end();
    }

    synchronized List<Promise.Broken> broken() {
        final List<Promise.Broken> all = new ArrayList<>();
        first.values().forEach(line -> all.addAll(line.broken()));
        second.values().forEach(line -> all.addAll(line.broken()));
        all.addAll(versions.broken());
        all.addAll(troubles);
        return all;
    }

    synchronized Latencies latencies() {
        return latencies.copy();
    }
}
