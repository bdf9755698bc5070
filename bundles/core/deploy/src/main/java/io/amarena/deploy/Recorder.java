/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import io.amarena.lib.deployed.AuditLog;
import io.amarena.lib.deployed.BundleStore;
import io.amarena.lib.deployed.CachedJar;
import io.amarena.lib.deployed.DeployLedger;
import io.amarena.lib.deployed.Deployed;
import io.amarena.lib.deployed.Deployed.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps store, ledger and audit record true to what the framework holds. What callbacks saw is worked off in order;
 * then every bundle is compared with the ledger, so that what no callback told is found as well. Thread-safe.
 */
final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final BundleContext framework;
    private final DeployLedger ledger;
    private final AuditLog audit;
    private final BundleStore store;
    private final Path cache;
    private final Map<String, Long> features;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private Underway underway = Underway.NOTHING;
    private boolean held;

    /**
     * A recorder.
     *
     * @param framework context of the system bundle
     * @param cache     folder of the framework
     * @param features  locations that hold jars of features, with the time when the launcher put them there,
     *                  milliseconds since 1970: doors had nothing to do with those
     */
    Recorder(final BundleContext framework, final DeployLedger ledger, final AuditLog audit, final BundleStore store,
            final Path cache, final Map<String, Long> features) {
        this.framework = framework;
        this.ledger = ledger;
        this.audit = audit;
        this.store = store;
        this.cache = cache;
        this.features = Map.copyOf(features);
    }

    /**
     * A deploy of which it is not known yet what becomes of it.
     *
     * @param location of the bundle; empty for none
     * @param previous digest of the jar that was there before; empty if there was none
     * @param who      asked for it
     */
    record Underway(String location, String previous, String who) {

        static final Underway NOTHING = new Underway("", "", "");
    }

    /** Takes note of a change; returns at once. */
    void see(final Seen change) {
        seen.add(change);
    }

    /** From now on, what happens at that location counts only when {@link #end} says so. */
    synchronized void begin(final Underway deploy) {
        record();
        underway = deploy;
    }

    /** What is there now counts. */
    synchronized void end() {
        record();
        final Optional<Deployed> known = ledger.at(underway.location());
        underway = Underway.NOTHING;
        if (known.isPresent() && known.get().begun()) {
            append(known.get().with(Instant.now(), known.get().door(), known.get().state()));
        }
        record();
    }

    /** Works off what was seen and compares all bundles. Returns whether all of it is on the disk. */
    synchronized boolean record() {
        boolean whole = true;
        final Map<String, Seen> last = new HashMap<>();
        for (Seen change = seen.poll(); change != null; change = seen.poll()) {
            last.put(change.location(), change);
            if (change.act().equals("install") || change.act().equals("update")) {
                whole &= content(change);
            }
        }
        if (framework.getBundle().getState() == Bundle.STOPPING) {
            return whole;
        }
        final Set<String> here = new HashSet<>();
        for (final Bundle bundle : framework.getBundles()) {
            if (bundle.getBundleId() != 0) {
                here.add(bundle.getLocation());
                whole &= compare(bundle, Optional.ofNullable(last.get(bundle.getLocation())));
            }
        }
        for (final Deployed deployed : ledger.all()) {
            if (deployed.state() != State.REMOVED && !here.contains(deployed.location())) {
                whole &= removed(deployed, Optional.ofNullable(last.get(deployed.location())));
            }
        }
        for (final String location : features.keySet()) {
            if (!here.contains(location) && ledger.at(location).isEmpty()) {
                final Optional<Seen> change = Optional.ofNullable(last.get(location));
                whole &= removed(new Deployed(Instant.now(), Door.UNSEEN, location,
                        change.map(Seen::symbolicName).orElse(""), change.map(Seen::version).orElse(""), "",
                        State.REMOVED, 0, 0, false, ""), change);
            }
        }
        return whole;
    }

    /** Another jar is, or was for a while, at a location. */
    private boolean content(final Seen change) {
        String digest = "";
        String outcome = AuditLog.Act.DONE;
        try {
            final Optional<Path> jar = change.jar().isPresent() ? change.jar()
                    : CachedJar.of(cache, change.bundle());
            if (jar.isPresent()) {
                digest = store.put(jar.get());
            } else {
                outcome = "not stored: the framework has no copy of the jar";
            }
        } catch (final IOException e) {
            outcome = "not stored: " + e;
        } finally {
            change.jar().ifPresent(Recorder::delete);
        }
        if (digest.isEmpty()) {
            LOG.warn("The jar of {} {} was {}. It is lost with the framework's cache; install it again when there is "
                    + "room", change.symbolicName(), change.version(), outcome);
        }
        final Bundle bundle = framework.getBundle(change.location());
        final boolean begun = change.location().equals(underway.location());
        final boolean whole = append(new Deployed(change.at(), change.door(), change.location(), change.symbolicName(),
                change.version(), digest, state(bundle), level(bundle), change.modified(), begun,
                begun ? underway.previous() : ""));
        return audit(change.door(), change.act(), change.symbolicName(), change.version(), digest, outcome) && whole;
    }

    private boolean compare(final Bundle bundle, final Optional<Seen> last) {
        final Optional<Deployed> known = ledger.at(bundle.getLocation());
        final long modified = bundle.getLastModified();
        if (isAnotherJar(bundle.getLocation(), modified, known)) {
            return content(new Seen(Instant.now(), Door.UNSEEN, known.isPresent() ? "update" : "install",
                    bundle.getBundleId(), bundle.getLocation(), name(bundle), bundle.getVersion().toString(), modified,
                    Optional.empty()));
        }
        final State state = state(bundle);
        final State before = known.map(Deployed::state).orElse(State.STARTED);
        if (state == before || isFragment(bundle)) {
            return true;
        }
        final String door = last.map(Seen::door).orElse(Door.UNSEEN);
        final Deployed next = known.isEmpty()
                ? new Deployed(Instant.now(), door, bundle.getLocation(), name(bundle), bundle.getVersion().toString(),
                        "", state, level(bundle), modified, false, "")
                : new Deployed(Instant.now(), door, bundle.getLocation(), name(bundle), bundle.getVersion().toString(),
                        known.get().digest(), known.get().digest().isEmpty() && state == State.STARTED
                                ? State.FORGOTTEN : state,
                        level(bundle), modified, known.get().begun(), known.get().previous());
        return append(next) && audit(door, state == State.STARTED ? "start" : "stop", name(bundle),
                bundle.getVersion().toString(), next.digest(), AuditLog.Act.DONE);
    }

    private boolean isAnotherJar(final String location, final long modified, final Optional<Deployed> known) {
        if (known.isEmpty()) {
            return !Long.valueOf(modified).equals(features.get(location));
        }
        return known.get().state() == State.REMOVED ? modified > known.get().modified()
                : modified != known.get().modified();
    }

    private boolean removed(final Deployed deployed, final Optional<Seen> last) {
        final String door = last.map(Seen::door).orElse(Door.UNSEEN);
        return append(new Deployed(Instant.now(), door, deployed.location(), deployed.symbolicName(),
                deployed.version(), "", State.REMOVED, 0, System.currentTimeMillis(), false, ""))
                && audit(door, "remove", deployed.symbolicName(), deployed.version(), deployed.digest(),
                        AuditLog.Act.DONE);
    }

    private boolean append(final Deployed deployed) {
        try {
            ledger.append(deployed);
            return true;
        } catch (final IOException e) {
            LOG.error("What was done with {} {} cannot be written to the ledger: {}. It is lost with the framework's "
                    + "cache. Check the free space and the permissions of the data folder", deployed.symbolicName(),
                    deployed.version(), e.toString());
            return false;
        }
    }

    private boolean audit(final String door, final String act, final String symbolicName, final String version,
            final String digest, final String outcome) {
        final String who = door.equals(Door.COMMAND) ? underway.who() : "";
        return audit(new AuditLog.Act(Instant.now(), door, who, act, symbolicName, version, digest, outcome));
    }

    /** Adds an act to the audit record; returns whether it is on the disk. */
    boolean audit(final AuditLog.Act act) {
        try {
            audit.append(act);
            LOG.info("{} {} {} (by {}): {}", act.act(), act.symbolicName(), act.version(), act.door(), act.outcome());
            return true;
        } catch (final IOException e) {
            LOG.error("{} cannot be written to the audit record: {}. Check the free space and the permissions of the "
                    + "data folder", act, e.toString());
            return false;
        }
    }

    /** Until {@link #release}, nothing is deleted from the store. */
    synchronized void hold() {
        held = true;
    }

    synchronized void release() {
        held = false;
    }

    /**
     * Deletes what is not needed from the store.
     *
     * @param previous  jars of each symbolic name that are kept beside the needed ones
     * @param mostBytes how large the store should be
     * @return bytes that it holds; 0 where nothing may be deleted now
     */
    synchronized long tidy(final int previous, final long mostBytes) throws IOException {
        return held ? 0 : store.tidy(needed(), previous, mostBytes);
    }

    private Set<String> needed() {
        final Set<String> needed = new HashSet<>();
        for (final Deployed deployed : ledger.all()) {
            needed.add(deployed.digest());
            needed.add(deployed.previous());
        }
        return needed;
    }

    /** The symbolic name; the location where there is none. */
    static String name(final Bundle bundle) {
        return bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName();
    }

    private static State state(final Bundle bundle) {
        return !isGone(bundle) && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()
                ? State.STARTED : State.STOPPED;
    }

    private static int level(final Bundle bundle) {
        return isGone(bundle) ? 0 : bundle.adapt(BundleStartLevel.class).getStartLevel();
    }

    private static boolean isGone(final Bundle bundle) {
        return bundle == null || bundle.getState() == Bundle.UNINSTALLED;
    }

    private static boolean isFragment(final Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    private static void delete(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException e) {
            LOG.debug("{} cannot be deleted: {}", file, e.toString());
        }
    }
}
