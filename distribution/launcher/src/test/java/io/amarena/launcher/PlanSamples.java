/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Version;

/** One bundle, "engine", as features, caches and ledgers see it. */
final class PlanSamples {

    static final String NAME = "engine";
    static final String LOCATION = "feature:io.amarena:engine";
    static final String DIGEST = "aa";
    static final long MODIFIED = 1000;
    static final long ID = 7;

    private PlanSamples() {
    }

    static RepositoryBundle wanted(final String version, final String digest) {
        return wanted(NAME, version, digest, false);
    }

    static RepositoryBundle wanted(final String name, final String version, final String digest,
            final boolean fragment) {
        return new RepositoryBundle(new WantedBundle(new Coordinates("io.amarena", name, version), 5, true, "core.json"),
                Path.of(name + ".jar"), name, Version.parseVersion(version), digest, fragment);
    }

    static CachedBundle cached(final String version, final long modified, final boolean started) {
        return new CachedBundle(ID, LOCATION, NAME, Version.parseVersion(version), modified, started);
    }

    static CachedBundle uploaded(final String version) {
        return new CachedBundle(ID + 1, "inputstream:engine.jar", NAME, Version.parseVersion(version), 5000, true);
    }

    static InstalledLedger left(final String version, final String digest) {
        return new InstalledLedger(Map.of(NAME,
                new InstalledLedger.Entry(ID, LOCATION, version, digest, MODIFIED, true)));
    }

    static InstallPlan plan(final RepositoryBundle wanted, final List<CachedBundle> cached, final InstalledLedger left,
            final AdministratorLedger administrator) {
        return InstallPlan.of(List.of(wanted), cached, left, administrator);
    }

    static AdministratorLedger decided(final AdministratorLedger.Decision decision) {
        return new AdministratorLedger(new HashMap<>(Map.of(NAME, decision)));
    }
}
