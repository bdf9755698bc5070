/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which versions of the model may have made a result, and which did. Not thread-safe. */
final class ServedVersions {

    private final Set<String> good = new HashSet<>();
    private final Set<String> bad = new HashSet<>();
    private final Map<String, Set<String>> goodDigests = new HashMap<>();
    private final Map<String, Map<String, Integer>> seen = new HashMap<>();
    private final List<Promise.Broken> broken = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    /** A version comes that may serve. */
    void mayServe(final String version) {
        good.add(version);
    }

    /** A version comes that must not serve. */
    void mustNotServe(final String version) {
        bad.add(version);
    }

    /** The gateway holds a good version under this digest. */
    void known(final String version, final String digest) {
        goodDigests.computeIfAbsent(version, any -> new HashSet<>()).add(digest);
    }

    /** A result says which version made it. */
    void served(final String version, final String digest, final int change) {
        if (version.isEmpty()) {
            return;
        }
        seen.computeIfAbsent(version, any -> new HashMap<>()).putIfAbsent(digest, change);
        if (bad.contains(version) && told.add(version)) {
            broken.add(new Promise.Broken(change, "version " + version + " served although it must not"));
        } else if (!good.contains(version) && !bad.contains(version) && told.add(version)) {
            broken.add(new Promise.Broken(change, "version " + version + " served, which nobody has installed"));
        }
    }

    /** Adds what only the end shows: a version that served with a content that nobody installed under it. */
    void end() {
        seen.forEach((version, digests) -> digests.forEach((digest, change) -> {
            if (good.contains(version) && !goodDigests.getOrDefault(version, Set.of()).contains(digest)) {
                broken.add(new Promise.Broken(change, "version " + version + " served with the digest " + digest
                        + ", which the gateway never listed for it"));
            }
        }));
    }

    /** How many different contents served. */
    int contents() {
        return seen.values().stream().mapToInt(Map::size).sum();
    }

    List<Promise.Broken> broken() {
        return List.copyOf(broken);
    }
}
