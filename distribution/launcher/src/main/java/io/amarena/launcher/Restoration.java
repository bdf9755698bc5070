/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.lib.deployed.Deployed;
import io.amarena.lib.deployed.Deployed.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has to be done so that the framework's cache holds what the deploy ledger says: decided as a pure function,
 * before features have their say. The cache is behind where it lost a bundle, or holds an older or a damaged jar; it is
 * ahead where a bundle changed while nobody kept the ledger.
 *
 * @param steps in the order of the ledger
 */
record Restoration(List<Step> steps) {

    Restoration {
        steps = List.copyOf(steps);
    }

    /** One thing to do with one location. */
    sealed interface Step {
    }

    /**
     * Brings a jar of the store back.
     *
     * @param deployed what the ledger says
     * @param digest   of the jar to bring back
     * @param here     what the cache holds at that location
     */
    record BringBack(Deployed deployed, String digest, Optional<CachedBundle> here) implements Step {
    }

    /** Uninstalls what doors had removed, or had only begun to install. */
    record TakeOut(Deployed deployed, CachedBundle here) implements Step {
    }

    /** Takes a bundle of the cache into ledger and store. */
    record Adopt(CachedBundle here) implements Step {
    }

    /** Takes another state, but the same jar, into the ledger. */
    record Note(Deployed deployed, CachedBundle here) implements Step {
    }

    /** Forgets what an administrator gave back to its feature, and what was begun but is nowhere. */
    record Forget(Deployed deployed) implements Step {
    }

    /**
     * Decides.
     *
     * @param ledger        what doors did
     * @param cached        what the cache holds
     * @param left          what the launcher left in the cache the last time
     * @param administrator what administrators decided, as it stands in their file
     * @param digest        SHA-256 of the jar that the cache holds; empty where it holds none
     */
    static Restoration of(final Collection<Deployed> ledger, final Collection<CachedBundle> cached,
            final InstalledLedger left, final AdministratorLedger administrator,
            final Function<CachedBundle, String> digest) {
        final Map<String, CachedBundle> locations = cached.stream()
                .collect(Collectors.toMap(CachedBundle::location, Function.identity()));
        final Map<String, InstalledLedger.Entry> ours = left.entries().values().stream()
                .collect(Collectors.toMap(InstalledLedger.Entry::location, Function.identity()));
        final List<Step> steps = new ArrayList<>();
        final Set<String> known = new HashSet<>();
        for (final Deployed deployed : ledger) {
            known.add(deployed.location());
            final CachedBundle here = locations.get(deployed.location());
            if (isGivenBack(deployed, ours.get(deployed.location()), administrator)) {
                steps.add(new Forget(deployed));
            } else {
                step(deployed, here, digest).ifPresent(steps::add);
            }
        }
        for (final CachedBundle here : cached) {
            if (!known.contains(here.location()) && isForeign(here, ours.get(here.location()), digest)) {
                steps.add(new Adopt(here));
            }
        }
        return new Restoration(steps);
    }

    /** The launcher had found a replacement, and its entry in the administrator's file is gone. */
    private static boolean isGivenBack(final Deployed deployed, final InstalledLedger.Entry left,
            final AdministratorLedger administrator) {
        return left != null && left.digest().isEmpty() && deployed.isRestorable() && !deployed.begun()
                && deployed.location().startsWith(Coordinates.LOCATION_PREFIX)
                && administrator.about(deployed.symbolicName()).isEmpty();
    }

    private static Optional<Step> step(final Deployed deployed, final CachedBundle here,
            final Function<CachedBundle, String> digest) {
        if (deployed.begun()) {
            return begun(deployed, here, digest);
        }
        if (deployed.state() == State.REMOVED) {
            if (here == null) {
                return Optional.empty();
            }
            return Optional.of(here.lastModified() > deployed.modified()
                    ? new Adopt(here) : new TakeOut(deployed, here));
        }
        if (!deployed.isRestorable()) {
            // What was not stored then may be stored now.
            return here != null && (here.lastModified() > deployed.modified() || deployed.state() == State.STARTED
                    && !digest.apply(here).isEmpty()) ? Optional.of(new Adopt(here)) : Optional.empty();
        }
        if (here == null) {
            return Optional.of(new BringBack(deployed, deployed.digest(), Optional.empty()));
        }
        final boolean same = digest.apply(here).equals(deployed.digest());
        if (!same) {
            return Optional.of(here.lastModified() > deployed.modified() ? new Adopt(here)
                    : new BringBack(deployed, deployed.digest(), Optional.of(here)));
        }
        return here.lastModified() != deployed.modified() || here.started() != (deployed.state() == State.STARTED)
                ? Optional.of(new Note(deployed, here)) : Optional.empty();
    }

    private static Optional<Step> begun(final Deployed deployed, final CachedBundle here,
            final Function<CachedBundle, String> digest) {
        if (deployed.previous().isEmpty()) {
            return Optional.of(here == null ? new Forget(deployed) : new TakeOut(deployed, here));
        }
        return Optional.of(here != null && digest.apply(here).equals(deployed.previous())
                ? new Adopt(here) : new BringBack(deployed, deployed.previous(), Optional.ofNullable(here)));
    }

    /** Whether a bundle of which the ledger knows nothing is neither the launcher's nor a feature's. */
    private static boolean isForeign(final CachedBundle here, final InstalledLedger.Entry left,
            final Function<CachedBundle, String> digest) {
        if (left == null) {
            return !here.location().startsWith(Coordinates.LOCATION_PREFIX);
        }
        return (left.digest().isEmpty() || here.lastModified() != left.lastModified()
                || !Objects.equals(here.version().toString(), left.version()))
                && !digest.apply(here).equals(left.digest());
    }
}
