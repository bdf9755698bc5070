/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.AdministratorLedger.Decision;
import io.amarena.launcher.AdministratorLedger.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Version;

/**
 * What the launcher does with the framework's cache before the framework starts: decided as a pure function of what
 * the features want, what the cache holds, what the launcher left there and what administrators decided.
 *
 * <p>Features raise versions and replace a jar of the same version by one with another content; they never go back to
 * a lower version. What an administrator removed, stopped, replaced or held stays so; a replacement gives way to a
 * feature's version that is higher than both the replacement and what it replaced.
 *
 * @param steps         in the order of the features
 * @param administrator the decisions that remain
 * @param notes         for people: what was not done, and how to have it done
 */
record InstallPlan(List<Step> steps, AdministratorLedger administrator, List<String> notes) {

    InstallPlan {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** One thing to do with one bundle. */
    sealed interface Step {
    }

    /** Installs a bundle. */
    record Install(RepositoryBundle bundle, boolean start) implements Step {
    }

    /** Puts another jar in the place of a cached bundle. */
    record Update(CachedBundle cached, RepositoryBundle bundle, boolean start) implements Step {
    }

    /**
     * Leaves the content of a cached bundle alone.
     *
     * @param own whether it is the launcher's to set start level and autostart
     */
    record Keep(CachedBundle cached, RepositoryBundle bundle, boolean own, boolean start) implements Step {
    }

    /** Removes a bundle that no feature lists any more. */
    record Uninstall(CachedBundle cached) implements Step {
    }

    static InstallPlan of(final List<RepositoryBundle> wanted, final Collection<CachedBundle> cached,
            final InstalledLedger left, final AdministratorLedger administrator) {
        return new Planner(cached, left, administrator).plan(wanted);
    }

    /** Collects the steps of one plan. */
    private static final class Planner {

        private final Map<String, CachedBundle> locations = new HashMap<>();
        private final Map<String, CachedBundle> names = new HashMap<>();
        private final InstalledLedger left;
        private final List<Step> steps = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private AdministratorLedger administrator;

        Planner(final Collection<CachedBundle> cached, final InstalledLedger left,
                final AdministratorLedger administrator) {
            this.left = left;
            this.administrator = administrator;
            for (final CachedBundle bundle : cached) {
                locations.put(bundle.location(), bundle);
                names.merge(bundle.symbolicName(), bundle,
                        (one, other) -> one.version().compareTo(other.version()) >= 0 ? one : other);
            }
        }

        InstallPlan plan(final List<RepositoryBundle> wanted) {
            final Set<String> wantedNames = new HashSet<>();
            for (final RepositoryBundle bundle : wanted) {
                wantedNames.add(bundle.symbolicName());
                steps.add(step(bundle));
            }
            steps.removeIf(step -> step == null);
            left.entries().forEach((name, entry) -> {
                final CachedBundle here = locations.get(entry.location());
                if (here != null && !wantedNames.contains(name)) {
                    abandon(here);
                }
            });
            return new InstallPlan(steps, administrator, notes);
        }

        private void abandon(final CachedBundle here) {
            if (administrator.says(here.symbolicName(), Kind.HELD)
                    || administrator.says(here.symbolicName(), Kind.REPLACED)) {
                notes.add("No feature lists " + name(here) + " any more; it stays because an administrator "
                        + "put it there. Uninstall it when it is not needed");
            } else {
                steps.add(new Uninstall(here));
            }
        }

        /** The step for a wanted bundle; null where nothing is done. */
        private Step step(final RepositoryBundle bundle) {
            final String name = bundle.symbolicName();
            final Kind kind = administrator.about(name).map(Decision::kind).orElse(null);
            final boolean start = !bundle.fragment() && kind != Kind.STOPPED;
            final CachedBundle atLocation = locations.get(bundle.location());
            final CachedBundle here = atLocation != null || kind != Kind.REPLACED ? atLocation : names.get(name);
            if (kind == Kind.REMOVED) {
                notes.add(name + " is not installed: an administrator removed it. " + giveBack(name));
                return null;
            }
            if (here == null) {
                if (kind == Kind.REPLACED) {
                    administrator = administrator.without(name);
                }
                return new Install(bundle, start);
            }
            if (kind == Kind.HELD) {
                notes.add(name(here) + " stays as it is: an administrator holds it. " + giveBack(name));
                return new Keep(here, bundle, false, false);
            }
            return kind == Kind.REPLACED
                    ? replaced(bundle, here, administrator.decisions().get(name), start)
                    : own(bundle, here, start);
        }

        private Step replaced(final RepositoryBundle bundle, final CachedBundle here, final Decision decision,
                final boolean start) {
            final Version offered = bundle.version();
            if (offered.compareTo(here.version()) > 0 && offered.compareTo(decision.instead()) > 0) {
                administrator = administrator.without(bundle.symbolicName());
                notes.add(name(here) + ", which an administrator had put in, gives way to the higher version "
                        + offered + " of feature " + bundle.wanted().feature());
                return new Update(here, bundle, start);
            }
            notes.add(name(here) + " stays: an administrator put it in the place of "
                    + bundle.symbolicName() + ' ' + offered + ". " + giveBack(bundle.symbolicName()));
            return new Keep(here, bundle, false, false);
        }

        private Step own(final RepositoryBundle bundle, final CachedBundle here, final boolean start) {
            final InstalledLedger.Entry entry = left.entries().get(bundle.symbolicName());
            final boolean givenBack = entry != null && entry.digest().isEmpty();
            final int step = bundle.version().compareTo(here.version());
            if (step < 0 && !givenBack) {
                notes.add(name(here) + " stays: feature " + bundle.wanted().feature() + " brings only the lower "
                        + "version " + bundle.version() + ". To go back, stop the gateway and delete its cache folder");
                return new Keep(here, bundle, true, start);
            }
            return step == 0 && entry != null && entry.digest().equals(bundle.digest())
                    ? new Keep(here, bundle, true, start)
                    : new Update(here, bundle, start);
        }

        private static String name(final CachedBundle bundle) {
            return bundle.symbolicName() + ' ' + bundle.version();
        }

        private static String giveBack(final String name) {
            return "To undo this, stop the gateway and delete the entry " + name + " in launcher/administrator.json "
                    + "of the data folder";
        }
    }
}
