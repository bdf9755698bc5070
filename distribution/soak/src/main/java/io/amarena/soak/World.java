/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was put into the gateway, and so what must serve. Used by one thread. */
final class World {

    private final Map<String, Line> lines = new TreeMap<>();
    private final Set<String> bad = new HashSet<>();
    private final Map<String, Integer> builds = new HashMap<>();
    private List<ConsoleDoor.Listed> listed = List.of();

    World(final List<Line> lines) {
        lines.forEach(line -> this.lines.put(line.name(), line));
    }

    /** Takes the console's list over. */
    void see(final List<ConsoleDoor.Listed> bundles) {
        listed = List.copyOf(bundles);
    }

    /** The bundles of that name, in the order of their numbers. */
    List<ConsoleDoor.Listed> bundles(final String symbolicName) {
        return listed.stream().filter(bundle -> bundle.symbolicName().equals(symbolicName)).toList();
    }

    /** The model packs that may serve. */
    List<ConsoleDoor.Listed> goodPacks() {
        return bundles(PackWorks.BUNDLE).stream().filter(pack -> !bad.contains(pack.version())).toList();
    }

    /** That version must never serve. */
    void isBad(final String version) {
        bad.add(version);
    }

    List<Line> lines() {
        return List.copyOf(lines.values());
    }

    void set(final Line line) {
        lines.put(line.name(), line);
    }

    /** Whether a line wants that version and no other. */
    boolean isPinned(final String version) {
        return lines.values().stream().anyMatch(line -> line.version().equals(version));
    }

    /** Whether any line uses that publisher. */
    boolean uses(final String publisher) {
        return lines.values().stream().anyMatch(line -> line.publishers().contains(publisher));
    }

    /** The version that must serve a line. */
    Optional<String> expected(final Line line) {
        return goodPacks().stream().map(ConsoleDoor.Listed::version).filter(line::allows)
                .max(Comparator.comparing(PackVersion::parse));
    }

    /** A version for a bundle that no build before had. */
    String nextBuild(final String symbolicName) {
        return "0.1." + builds.merge(symbolicName, 1, Integer::sum);
    }
}
