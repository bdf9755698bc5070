/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.GatewayException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Opens a framework on its cache. A cache is only a cache: bundles that cannot be read from it any more are told as
 * lost, and a cache that cannot be read at all is moved aside and built anew.
 */
final class FrameworkCache {

    private static final String BUNDLE_FOLDER = "bundle";

    private final Path folder;
    private final Consumer<String> notes;

    FrameworkCache(final Path folder, final Consumer<String> notes) {
        this.folder = folder;
        this.notes = notes;
    }

    /**
     * An initialised framework, not yet started.
     *
     * @param framework in the state {@code STARTING}
     * @param log       where the framework writes
     * @param lost      tells whether the cache lost a bundle by damage or deletion, so that nobody removed it
     */
    record Opened(Framework framework, FrameworkLog log, LongPredicate lost) {

        List<CachedBundle> bundles() {
            return Stream.of(framework.getBundleContext().getBundles())
                    .filter(bundle -> bundle.getBundleId() != 0)
                    .map(bundle -> new CachedBundle(bundle.getBundleId(), bundle.getLocation(),
                            bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName(),
                            bundle.getVersion(), bundle.getLastModified(),
                            bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()))
                    .toList();
        }
    }

    /** Opens the framework; its log goes to the notes. */
    Opened open(final Map<String, Object> properties) throws GatewayException {
        final Set<Long> before = numbers();
        try {
            return opened(properties, before);
        } catch (final BundleException | RuntimeException e) {
            final Path aside = moveAside();
            notes.accept("The framework cannot read its cache (" + e.getMessage() + "). It was moved to " + aside
                    + " and is built anew from the features and from what the deploy ledger knows");
        }
        try {
            return opened(properties, before);
        } catch (final BundleException | RuntimeException e) {
            throw new GatewayException(Reason.FRAMEWORK, "The framework does not start on " + folder + ": "
                    + e.getMessage() + ". Check free space and permissions of the data folder", e);
        }
    }

    private Opened opened(final Map<String, Object> properties, final Set<Long> before) throws BundleException {
        final FrameworkLog log = new FrameworkLog(notes);
        final Map<String, Object> all = new HashMap<>(properties);
        all.put("felix.log.logger", log);
        final Framework framework = new FrameworkFactory().newFramework(all);
        framework.init();
        final Set<Long> here = Stream.of(framework.getBundleContext().getBundles()).map(Bundle::getBundleId)
                .collect(Collectors.toSet());
        final Set<Long> lost = new HashSet<>(before);
        lost.removeAll(here);
        if (here.size() == 1) {
            return new Opened(framework, log, number -> true);
        }
        // What an administrator uninstalled may be cleared away only now, but without an error.
        return new Opened(framework, log, log.errors() == 0 ? number -> false : lost::contains);
    }

    /** The numbers of the bundles that have a folder in the cache. */
    private Set<Long> numbers() throws GatewayException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches(BUNDLE_FOLDER + "[1-9][0-9]{0,17}"))
                    .map(name -> Long.valueOf(name.substring(BUNDLE_FOLDER.length())))
                    .collect(Collectors.toSet());
        } catch (final IOException e) {
            throw new GatewayException(Reason.ENVIRONMENT, "The cache folder " + folder + " cannot be read: " + e
                    + ". Check its permissions", e);
        }
    }

    /** Only the latest damaged cache is kept: a box that damages caches must not fill its disk with them. */
    private Path moveAside() throws GatewayException {
        final Path aside = folder.resolveSibling(folder.getFileName() + ".damaged");
        try {
            if (Files.exists(aside)) {
                try (Stream<Path> old = Files.walk(aside)) {
                    for (final Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            return Files.move(folder, aside);
        } catch (final IOException e) {
            throw new GatewayException(Reason.ENVIRONMENT, "The damaged cache folder " + folder
                    + " cannot be moved aside: " + e + ". Delete it", e);
        }
    }
}
