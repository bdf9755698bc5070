/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.GatewayException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Does what an {@link InstallPlan} says, in a framework that is not started yet. */
final class Installer {

    /** Stands for the digest of a jar that the launcher found in the cache without having a record of it. */
    private static final String UNKNOWN_DIGEST = "unknown";

    private final BundleContext framework;
    private final InstalledLedger left;
    private final Consumer<String> notes;
    private final Map<String, InstalledLedger.Entry> entries = new HashMap<>();

    Installer(final BundleContext framework, final InstalledLedger left, final Consumer<String> notes) {
        this.framework = framework;
        this.left = left;
        this.notes = notes;
    }

    /** Returns what is in the cache now. */
    InstalledLedger apply(final InstallPlan plan) throws GatewayException {
        for (final InstallPlan.Step step : plan.steps()) {
            if (step instanceof InstallPlan.Uninstall uninstall) {
                uninstall(uninstall.cached());
            }
        }
        for (final InstallPlan.Step step : plan.steps()) {
            if (step instanceof InstallPlan.Install install) {
                install(install.bundle(), install.start());
            } else if (step instanceof InstallPlan.Update update) {
                update(update.cached(), update.bundle(), update.start());
            } else if (step instanceof InstallPlan.Keep keep) {
                keep(keep);
            }
        }
        return new InstalledLedger(entries);
    }

    /** Puts the feature's jar in the place of an administrator's, after the plan was applied. */
    InstalledLedger putBack(final CachedBundle cached, final RepositoryBundle bundle) throws GatewayException {
        update(cached, bundle, !bundle.fragment());
        return new InstalledLedger(entries);
    }

    private void install(final RepositoryBundle bundle, final boolean start) throws GatewayException {
        try (InputStream in = open(bundle)) {
            own(framework.installBundle(bundle.location(), in), bundle, bundle.digest(), start);
        } catch (final IOException | BundleException e) {
            throw failed("installed", bundle, e);
        }
    }

    private void update(final CachedBundle cached, final RepositoryBundle bundle, final boolean start)
            throws GatewayException {
        final Bundle here = framework.getBundle(cached.id());
        if (bundle.version().compareTo(cached.version()) != 0) {
            notes.accept(bundle.symbolicName() + ": " + cached.version() + " -> " + bundle.version());
        }
        try (InputStream in = open(bundle)) {
            here.update(in);
            own(here, bundle, bundle.digest(), start);
        } catch (final IOException | BundleException e) {
            throw failed("updated", bundle, e);
        }
    }

    private void keep(final InstallPlan.Keep keep) throws GatewayException {
        final Bundle here = framework.getBundle(keep.cached().id());
        final InstalledLedger.Entry before = left.entries().get(keep.bundle().symbolicName());
        if (!keep.own()) {
            record(here, keep.bundle().symbolicName(), "");
            return;
        }
        try {
            own(here, keep.bundle(), before == null ? UNKNOWN_DIGEST : before.digest(), keep.start());
        } catch (final BundleException e) {
            throw failed("started", keep.bundle(), e);
        }
    }

    private void uninstall(final CachedBundle cached) throws GatewayException {
        try {
            framework.getBundle(cached.id()).uninstall();
            notes.accept(cached.symbolicName() + " was uninstalled: no feature lists it any more");
        } catch (final BundleException e) {
            throw new GatewayException(Reason.FRAMEWORK, cached.symbolicName() + " cannot be uninstalled: "
                    + e.getMessage() + ". Stop the gateway and delete its cache folder", e);
        }
    }

    /** Sets start level and autostart; nothing starts before the framework does. */
    private void own(final Bundle here, final RepositoryBundle bundle, final String digest, final boolean start)
            throws BundleException {
        final BundleStartLevel level = here.adapt(BundleStartLevel.class);
        if (level.getStartLevel() != bundle.wanted().startLevel()) {
            level.setStartLevel(bundle.wanted().startLevel());
        }
        if (start && !level.isPersistentlyStarted()) {
            here.start();
        }
        record(here, bundle.symbolicName(), digest);
    }

    private void record(final Bundle here, final String symbolicName, final String digest) {
        entries.put(symbolicName, new InstalledLedger.Entry(here.getBundleId(), here.getLocation(),
                here.getVersion().toString(), digest, here.getLastModified(),
                here.adapt(BundleStartLevel.class).isPersistentlyStarted()));
    }

    private static InputStream open(final RepositoryBundle bundle) throws IOException {
        return new BufferedInputStream(Files.newInputStream(bundle.file()));
    }

    private static GatewayException failed(final String what, final RepositoryBundle bundle, final Exception cause) {
        return new GatewayException(Reason.FRAMEWORK, bundle.symbolicName() + " could not be " + what + " from "
                + bundle.file() + ": " + cause.getMessage()
                + ". Check free space of the data folder, or unpack the distribution again", cause);
    }
}
