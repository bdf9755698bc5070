/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.AdministratorLedger.Kind;
import io.amarena.launcher.FrameworkCache.Opened;
import io.amarena.lib.deployed.AuditLog;
import io.amarena.lib.deployed.BundleStore;
import io.amarena.lib.deployed.CachedJar;
import io.amarena.lib.deployed.DeployFolder;
import io.amarena.lib.deployed.DeployLedger;
import io.amarena.lib.deployed.Deployed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Brings the framework's cache to what it has to hold before anything starts: first to what the deploy ledger says,
 * then to what features and administrators want.
 */
final class Provisioning {

    private final GatewayOptions options;
    private final Opened opened;
    private final Path cache;

    Provisioning(final GatewayOptions options, final Opened opened) {
        this.options = options;
        this.opened = opened;
        this.cache = options.data().resolve("cache");
    }

    /** Returns what administrators decided. */
    AdministratorLedger bring(final List<RepositoryBundle> wanted) throws GatewayException, IOException {
        final DeployFolder folder = DeployFolder.of(options.data());
        try (DeployLedger ledger = DeployLedger.open(folder.ledger(), options.notes());
                AuditLog audit = AuditLog.open(folder.audit(), AuditLog.USUAL_BYTES, options.notes())) {
            return bring(wanted, ledger, new Restorer(opened.framework().getBundleContext(), ledger, audit,
                    new BundleStore(folder.store()), cache, options.notes()));
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private AdministratorLedger bring(final List<RepositoryBundle> wanted, final DeployLedger ledger,
            final Restorer restorer) throws GatewayException, IOException {
        final Path folder = options.data().resolve("launcher");
        final LedgerFile leftFile = new LedgerFile(folder.resolve("installed.json"));
        final LedgerFile administratorFile = new LedgerFile(folder.resolve("administrator.json"));
        final InstalledLedger left = leftFile.read(InstalledLedger::fromJson, InstalledLedger.EMPTY, options.notes());
        final AdministratorLedger before =
                administratorFile.read(AdministratorLedger::fromJson, AdministratorLedger.EMPTY, options.notes());

        restorer.apply(Restoration.of(ledger.all(), opened.bundles(), left, before, this::digest));
        final List<CachedBundle> cached = opened.bundles();
        final Collection<Deployed> doors = ledger.all();
        final InstallPlan plan = InstallPlan.of(wanted, cached, left,
                AdministratorActs.seen(before, left, cached, opened.lost(), doors, this::digest));
        plan.notes().forEach(options.notes());
        administratorFile.write(plan.administrator().toJson());
        final BundleContext context = opened.framework().getBundleContext();
        final Installer installer = new Installer(context, left, options.notes());
        leftFile.write(installer.apply(plan).toJson());
        restorer.settle(plan);

        context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(null);
        AdministratorLedger administrator = plan.administrator();
        for (final InstallPlan.Step step : plan.steps()) {
            if (step instanceof InstallPlan.Keep keep && administrator.says(keep.bundle().symbolicName(),
                    Kind.REPLACED) && context.getBundle(keep.cached().id()).getState() == Bundle.INSTALLED) {
                options.notes().accept("ATTENTION: " + keep.cached().symbolicName() + ' ' + keep.cached().version()
                        + ", which an administrator had put in, no longer fits to the other bundles. The feature's "
                        + "version " + keep.bundle().version() + " takes its place");
                administrator = administrator.without(keep.bundle().symbolicName());
                leftFile.write(installer.putBack(keep.cached(), keep.bundle()).toJson());
                administratorFile.write(administrator.toJson());
                restorer.forget(keep.cached().location(), "gives way: it does not fit to the other bundles any more");
            }
        }
        restorer.tidy(administrator);
        return administrator;
    }

    private String digest(final CachedBundle bundle) {
        try {
            final var jar = CachedJar.of(cache, bundle.id());
            return jar.isPresent() ? BundleStore.digest(jar.get()) : "";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
