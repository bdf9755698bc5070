/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import io.amarena.lib.deployed.CachedJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the framework. Its callbacks hold up whoever changes a bundle, so they only note what happened. The next
 * update would delete the jar; a second name for it, in a folder of the same disk, costs nothing and keeps it.
 */
final class BundleWatch implements SynchronousBundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(BundleWatch.class);

    private final Path cache;
    private final Path folder;
    private final Consumer<Seen> seen;
    private final AtomicLong number = new AtomicLong();

    /**
     * A listener.
     *
     * @param cache  folder of the framework
     * @param folder where saved jars lie until they are read
     * @param seen   gets every change; returns at once
     */
    BundleWatch(final Path cache, final Path folder, final Consumer<Seen> seen) {
        this.cache = cache;
        this.folder = folder;
        this.seen = seen;
    }

    @Override
    public void bundleChanged(final BundleEvent event) {
        switch (event.getType()) {
            case BundleEvent.INSTALLED -> see("install", event.getBundle(), save(event.getBundle()));
            case BundleEvent.UPDATED -> see("update", event.getBundle(), save(event.getBundle()));
            case BundleEvent.STARTED, BundleEvent.LAZY_ACTIVATION ->
                see("start", event.getBundle(), Optional.empty());
            case BundleEvent.STOPPED -> see("stop", event.getBundle(), Optional.empty());
            case BundleEvent.UNINSTALLED -> see("remove", event.getBundle(), Optional.empty());
            default -> {
                // Nothing that is to be restored.
            }
        }
    }

    private void see(final String act, final Bundle bundle, final Optional<Path> jar) {
        seen.accept(new Seen(Instant.now(), Door.ofThisAct(), act, bundle.getBundleId(), bundle.getLocation(),
                Recorder.name(bundle), bundle.getVersion().toString(), bundle.getLastModified(), jar));
    }

    private Optional<Path> save(final Bundle bundle) {
        final Path saved = folder.resolve("half-seen-" + bundle.getBundleId() + '-' + number.incrementAndGet()
                + ".jar");
        try {
            final Optional<Path> jar = CachedJar.of(cache, bundle.getBundleId());
            if (jar.isEmpty()) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            try {
                Files.deleteIfExists(saved);
                Files.createLink(saved, jar.get());
            } catch (final IOException | UnsupportedOperationException e) {
                LOG.debug("{} is copied: {}", jar.get(), e.toString());
                Files.copy(jar.get(), saved);
            }
            return Optional.of(saved);
        } catch (final IOException e) {
            LOG.warn("The jar of {} {} could not be saved at once: {}. It is read from the framework's cache later",
                    bundle.getSymbolicName(), bundle.getVersion(), e.toString());
            return Optional.empty();
        }
    }
}
