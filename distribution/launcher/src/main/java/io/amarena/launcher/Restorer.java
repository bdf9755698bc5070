/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.AdministratorLedger.Kind;
import io.amarena.lib.deployed.AuditLog;
import io.amarena.lib.deployed.BundleStore;
import io.amarena.lib.deployed.CachedJar;
import io.amarena.lib.deployed.DeployLedger;
import io.amarena.lib.deployed.Deployed;
import io.amarena.lib.deployed.Deployed.State;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Does what a {@link Restoration} says, in a framework that is not started yet, and keeps the deploy ledger true to
 * what the launcher does.
 */
final class Restorer {

    private static final String DOOR = "launcher";
    private static final String UNSEEN = "unseen";

    private final BundleContext framework;
    private final DeployLedger ledger;
    private final AuditLog audit;
    private final BundleStore store;
    private final Path cache;
    private final Consumer<String> notes;

    Restorer(final BundleContext framework, final DeployLedger ledger, final AuditLog audit, final BundleStore store,
            final Path cache, final Consumer<String> notes) {
        this.framework = framework;
        this.ledger = ledger;
        this.audit = audit;
        this.store = store;
        this.cache = cache;
        this.notes = notes;
    }

    void apply(final Restoration restoration) throws IOException {
        for (final Restoration.Step step : restoration.steps()) {
            if (step instanceof Restoration.BringBack back) {
                bringBack(back);
            } else if (step instanceof Restoration.TakeOut out) {
                takeOut(out);
            } else if (step instanceof Restoration.Adopt adopt) {
                adopt(adopt.here());
            } else if (step instanceof Restoration.Note note) {
                ledger.append(deployed(framework.getBundle(note.here().id()), note.deployed().door(),
                        note.deployed().digest()));
            } else if (step instanceof Restoration.Forget forget) {
                forget(forget.deployed().location(), forget.deployed().begun()
                        ? "the gateway did not outlive its deploy" : "given back to its feature");
            }
        }
    }

    private void bringBack(final Restoration.BringBack step) throws IOException {
        final Deployed deployed = step.deployed();
        final Optional<Path> jar = store.find(step.digest());
        if (jar.isEmpty()) {
            notes.accept("ATTENTION: " + name(deployed) + " cannot be brought back: its jar "
                    + store.file(step.digest()) + " is missing or damaged. Install it again");
            forget(deployed.location(), "the jar in the store is missing or damaged");
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(jar.get()))) {
            final Bundle bundle;
            if (step.here().isPresent()) {
                bundle = framework.getBundle(step.here().get().id());
                bundle.update(in);
            } else {
                bundle = framework.installBundle(deployed.location(), in);
            }
            final BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
            if (deployed.startLevel() > 0) {
                level.setStartLevel(deployed.startLevel());
            }
            if (deployed.state() == State.STARTED) {
                bundle.start();
            } else if (level.isPersistentlyStarted()) {
                bundle.stop();
            }
            ledger.append(deployed(bundle, deployed.door(), step.digest()));
            final String why = deployed.begun()
                    ? "it was there before a deploy that the gateway did not outlive"
                    : "the framework's cache did not have it any more";
            notes.accept(bundle.getSymbolicName() + ' ' + bundle.getVersion() + " was brought back from the store: "
                    + why);
            audit.append(new AuditLog.Act(Instant.now(), DOOR, "", "restore", bundle.getSymbolicName(),
                    bundle.getVersion().toString(), step.digest(), AuditLog.Act.DONE));
        } catch (final BundleException e) {
            notes.accept("ATTENTION: " + name(deployed) + " cannot be brought back from " + jar.get() + ": "
                    + e.getMessage() + ". Install it again, or another version");
            forget(deployed.location(), "not brought back: " + e.getMessage());
        }
    }

    private void takeOut(final Restoration.TakeOut step) throws IOException {
        final Bundle bundle = framework.getBundle(step.here().id());
        try {
            bundle.uninstall();
            notes.accept(step.here().symbolicName() + ' ' + step.here().version() + " was taken out again: "
                    + (step.deployed().begun() ? "the gateway did not outlive its deploy"
                            : "it had been uninstalled, and the framework's cache did not know it"));
            ledger.append(removed(bundle, step.deployed().door()));
            audit.append(act("remove", step.here(), AuditLog.Act.DONE));
        } catch (final BundleException e) {
            notes.accept(step.here().symbolicName() + " cannot be uninstalled: " + e.getMessage()
                    + ". Stop the gateway and delete its cache folder");
        }
    }

    private void adopt(final CachedBundle here) throws IOException {
        final Bundle bundle = framework.getBundle(here.id());
        final Optional<Path> jar = CachedJar.of(cache, here.id());
        final String digest = jar.isPresent() ? store.put(jar.get()) : "";
        ledger.append(deployed(bundle, UNSEEN, digest));
        if (digest.isEmpty()) {
            notes.accept(here.symbolicName() + ' ' + here.version() + ", installed from " + here.location()
                    + ", cannot be brought back when the framework's cache is lost: there is no copy of its jar");
        }
        audit.append(new AuditLog.Act(Instant.now(), UNSEEN, "", "found", here.symbolicName(),
                here.version().toString(), digest, AuditLog.Act.DONE));
    }

    /** Makes the ledger say of the bundles of features what was done with them. */
    void settle(final InstallPlan plan) throws IOException {
        for (final InstallPlan.Step step : plan.steps()) {
            if (step instanceof InstallPlan.Install install) {
                settle(install.bundle().location(), install.bundle(), install.start());
            } else if (step instanceof InstallPlan.Update update) {
                settle(update.cached().location(), update.bundle(), update.start());
            } else if (step instanceof InstallPlan.Keep keep && keep.own()) {
                settle(keep.cached().location(), keep.bundle(), keep.start());
            } else if (step instanceof InstallPlan.Uninstall uninstall) {
                forget(uninstall.cached().location(), "no feature lists it any more");
            }
        }
    }

    /** A feature's own jar is there: of such a bundle, doors can only have said that it stays stopped. */
    private void settle(final String location, final RepositoryBundle feature, final boolean start)
            throws IOException {
        final Optional<Deployed> known = ledger.at(location);
        if (known.isEmpty()) {
            return;
        }
        if (start || feature.fragment()) {
            forget(location, "its feature's version " + feature.version() + " takes its place");
        } else {
            final Deployed stopped = deployed(framework.getBundle(location), known.get().door(), "");
            if (known.get().state() != State.STOPPED || !known.get().digest().isEmpty()
                    || known.get().modified() != stopped.modified()) {
                ledger.append(stopped);
            }
        }
    }

    /** Forgets what doors did at a location. */
    void forget(final String location, final String why) throws IOException {
        final Optional<Deployed> known = ledger.at(location);
        if (known.isPresent()) {
            final Deployed deployed = known.get();
            ledger.append(deployed.with(Instant.now(), DOOR, State.FORGOTTEN));
            if (deployed.isRestorable()) {
                audit.append(new AuditLog.Act(Instant.now(), DOOR, "", "forget", deployed.symbolicName(),
                        deployed.version(), deployed.digest(), why));
            }
        }
    }

    /** Forgets removed bundles that nobody would bring back, and history. */
    void tidy(final AdministratorLedger administrator) throws IOException {
        store.sweep();
        ledger.compact(removed -> !removed.location().startsWith(Coordinates.LOCATION_PREFIX)
                || !administrator.says(removed.symbolicName(), Kind.REMOVED));
    }

    private Deployed deployed(final Bundle bundle, final String door, final String digest) {
        final BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        return new Deployed(Instant.now(), door, bundle.getLocation(), nameOf(bundle), bundle.getVersion().toString(),
                digest, level.isPersistentlyStarted() ? State.STARTED : State.STOPPED, level.getStartLevel(),
                bundle.getLastModified(), false, "");
    }

    private static Deployed removed(final Bundle bundle, final String door) {
        return new Deployed(Instant.now(), door, bundle.getLocation(), nameOf(bundle), bundle.getVersion().toString(),
                "", State.REMOVED, 0, System.currentTimeMillis(), false, "");
    }

    private static AuditLog.Act act(final String act, final CachedBundle here, final String outcome) {
        return new AuditLog.Act(Instant.now(), DOOR, "", act, here.symbolicName(), here.version().toString(), "",
                outcome);
    }

    private static String nameOf(final Bundle bundle) {
        return Stream.ofNullable(bundle.getSymbolicName()).findFirst().orElse(bundle.getLocation());
    }

    private static String name(final Deployed deployed) {
        return deployed.symbolicName() + ' ' + deployed.version();
    }
}
