/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.AdministratorLedger.Decision;
import io.amarena.launcher.AdministratorLedger.Kind;
import io.amarena.lib.deployed.Deployed;
import io.amarena.lib.deployed.Deployed.State;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/**
 * Finds out what an administrator did since the last start, by comparing the cache with what the launcher left in it.
 * A pure function of its arguments.
 */
final class AdministratorActs {

    private AdministratorActs() {
    }

    /**
     * The ledger with what was done since.
     *
     * @param before what administrators decided earlier
     * @param left   what the launcher left in the cache
     * @param cached what the cache holds now
     * @param lost   tells the numbers of bundles that a damaged or deleted cache lost, so that nobody removed them
     * @param doors  what was done through doors while the gateway ran
     * @param digest SHA-256 of the jar that the cache holds
     */
    static AdministratorLedger seen(final AdministratorLedger before, final InstalledLedger left,
            final Collection<CachedBundle> cached, final LongPredicate lost, final Collection<Deployed> doors,
            final Function<CachedBundle, String> digest) {
        final Map<String, State> states = doors.stream()
                .collect(Collectors.toMap(Deployed::location, Deployed::state));
        final Map<String, CachedBundle> locations = cached.stream()
                .collect(Collectors.toMap(CachedBundle::location, Function.identity()));
        final Map<String, CachedBundle> names = cached.stream().collect(Collectors.toMap(CachedBundle::symbolicName,
                Function.identity(), (one, other) -> one.version().compareTo(other.version()) >= 0 ? one : other));
        AdministratorLedger ledger = before;
        for (final Map.Entry<String, InstalledLedger.Entry> member : left.entries().entrySet()) {
            final String name = member.getKey();
            final InstalledLedger.Entry entry = member.getValue();
            final CachedBundle here = locations.getOrDefault(entry.location(), names.get(name));
            ledger = here == null
                    ? missing(ledger, name, entry, lost.test(entry.id()), states.get(entry.location()))
                    : present(ledger, name, entry, here, digest);
        }
        for (final String name : before.decisions().keySet()) {
            if (before.says(name, Kind.REMOVED) && names.containsKey(name)) {
                ledger = ledger.with(name, Decision.replaced(names.get(name).version(), Version.emptyVersion));
            }
        }
        return ledger;
    }

    private static AdministratorLedger missing(final AdministratorLedger ledger, final String name,
            final InstalledLedger.Entry entry, final boolean lost, final State door) {
        if (!lost || door == State.REMOVED) {
            return ledger.with(name, Decision.of(Kind.REMOVED));
        }
        if (door == State.STOPPED && entry.started()) {
            return ledger.with(name, Decision.of(Kind.STOPPED));
        }
        // A replacement that the store does not have cannot be brought back; the feature's bundle takes its place.
        return ledger.says(name, Kind.REPLACED) ? ledger.without(name) : ledger;
    }

    private static AdministratorLedger present(final AdministratorLedger ledger, final String name,
            final InstalledLedger.Entry entry, final CachedBundle here,
            final Function<CachedBundle, String> digest) {
        if (ledger.says(name, Kind.HELD)) {
            return ledger;
        }
        if (!here.location().equals(entry.location()) || isAnotherJar(entry, here, digest)) {
            final Version instead = ledger.says(name, Kind.REPLACED)
                    ? ledger.decisions().get(name).instead()
                    : Version.parseVersion(entry.version());
            return ledger.with(name, Decision.replaced(here.version(), instead));
        }
        if (ledger.says(name, Kind.STOPPED) && here.started()) {
            return ledger.without(name);
        }
        if (entry.started() && !here.started() && !ledger.says(name, Kind.REPLACED)) {
            return ledger.with(name, Decision.of(Kind.STOPPED));
        }
        return ledger;
    }

    private static boolean isAnotherJar(final InstalledLedger.Entry entry, final CachedBundle here,
            final Function<CachedBundle, String> digest) {
        return (here.lastModified() != entry.lastModified() || !here.version().toString().equals(entry.version()))
                && (entry.digest().isEmpty() || !digest.apply(here).equals(entry.digest()));
    }
}
