/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import io.amarena.api.manage.DeployReport;
import io.amarena.api.manage.DeployReport.State;
import io.amarena.api.manage.DeployRequest;
import io.amarena.lib.deployed.BundleStore;
import io.amarena.lib.deployed.CachedJar;
import io.amarena.lib.deployed.ResolverReason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Does one deploy after the other, on the caller's thread: copies and checks the jar, puts it into the store, installs
 * it or updates the bundle of its name, starts it, waits for what becomes of it, and puts back what was there if that
 * is nothing good.
 */
final class Deploy {

    private static final String OWN_NAME = "io.amarena.deploy";
    private static final int MEGABYTE_BITS = 20;

    private final BundleContext framework;
    private final Path cache;
    private final BundleStore store;
    private final Recorder recorder;
    private final FateWatch fates;
    private final Limits limits;

    /**
     * What is accepted.
     *
     * @param mostBytes of one jar
     * @param check     of its form
     * @param patience  for what becomes of a model pack
     */
    record Limits(long mostBytes, JarCheck check, Duration patience) {
    }

    Deploy(final BundleContext framework, final Path cache, final BundleStore store, final Recorder recorder,
            final FateWatch fates, final Limits limits) {
        this.framework = framework;
        this.cache = cache;
        this.store = store;
        this.recorder = recorder;
        this.fates = fates;
        this.limits = limits;
    }

    /** The final report; it says everything that can go wrong. */
    DeployReport run(final DeployRequest request) throws InterruptedException {
        recorder.hold();
        try {
            return take(request);
        } finally {
            recorder.release();
        }
    }

    private DeployReport take(final DeployRequest request) throws InterruptedException {
        DeployReport known = new DeployReport(State.RUNNING, "", "", "", "");
        try (BundleStore.Half half = take(request.file())) {
            known = new DeployReport(State.RUNNING, "", "", half.digest(), "");
            final JarFacts facts = limits.check().read(half.file());
            known = new DeployReport(State.RUNNING, facts.symbolicName(), facts.version().toString(), half.digest(),
                    "");
            if (facts.symbolicName().equals(OWN_NAME)) {
                throw new RefusedJarException("it is the bundle that does the deploying. Update it with a new "
                        + "distribution");
            }
            final List<Bundle> namesakes = namesakes(facts.symbolicName());
            for (final Bundle here : namesakes) {
                if (digest(here).equals(half.digest()) && (isStarted(here) || facts.fragment())) {
                    return with(known, State.UNCHANGED, facts + " is there already, from the same jar");
                }
            }
            final Optional<Bundle> target = target(namesakes, facts, request.parallel());
            requireRoom(half, facts, target);
            store.put(half);
            return put(request, facts, known, target);
        } catch (final RefusedJarException e) {
            return with(known, State.FAILED, request.file() + " is refused: " + e.getMessage()
                    + ". Nothing was changed");
        } catch (final IOException e) {
            return with(known, State.FAILED, request.file() + " cannot be taken in: " + reason(e)
                    + ". Nothing was changed. Check the free space and the permissions of the data folder");
        }
    }

    private BundleStore.Half take(final Path file) throws RefusedJarException, IOException {
        final long bytes;
        try {
            if (!Files.isRegularFile(file)) {
                throw new RefusedJarException(Files.exists(file) ? "it is no file"
                        : "the gateway does not find it. It has to lie where the gateway's user may read it");
            }
            if (!Files.isReadable(file)) {
                throw new RefusedJarException("the gateway's user may not read it");
            }
            bytes = Files.size(file);
        } catch (final NoSuchFileException e) {
            throw new RefusedJarException("it has just gone");
        }
        if (bytes > limits.mostBytes()) {
            throw tooLarge(bytes);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return store.take(in, limits.mostBytes());
        } catch (final BundleStore.TooLargeException e) {
            throw tooLarge(limits.mostBytes() + 1);
        }
    }

    /** The framework's cache and the models copy it as well, and what was there must fit in again. */
    private void requireRoom(final BundleStore.Half half, final JarFacts facts, final Optional<Bundle> target)
            throws RefusedJarException, IOException {
        final long jar = Files.size(half.file());
        final Optional<Path> previous = target.isPresent() ? CachedJar.of(cache, target.get().getBundleId())
                : Optional.empty();
        final long needed = jar + (facts.pack() ? facts.bytes() : 0)
                + (previous.isPresent() ? 2 * Files.size(previous.get()) : 0);
        final long free = Files.getFileStore(half.file()).getUsableSpace();
        if (free < needed) {
            throw new RefusedJarException("the disk of the data folder has " + (free >> MEGABYTE_BITS)
                    + " MB left, and this needs " + ((needed >> MEGABYTE_BITS) + 1) + " MB. Delete something");
        }
    }

    private RefusedJarException tooLarge(final long bytes) {
        return new RefusedJarException("it has " + bytes + " bytes or more; at most " + limits.mostBytes()
                + " are accepted (maxBundleMb of io.amarena.deploy)");
    }

    /** Those of that name, the highest version first. */
    private List<Bundle> namesakes(final String symbolicName) {
        return Stream.of(framework.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && symbolicName.equals(bundle.getSymbolicName()))
                .sorted(Comparator.comparing(Bundle::getVersion).reversed()).toList();
    }

    /** Which bundle is updated; a framework holds no two of the same name and version. */
    private static Optional<Bundle> target(final List<Bundle> namesakes, final JarFacts facts,
            final boolean parallel) {
        final Optional<Bundle> same =
                namesakes.stream().filter(bundle -> bundle.getVersion().equals(facts.version())).findFirst();
        return same.isPresent() || parallel ? same : namesakes.stream().findFirst();
    }

    private DeployReport put(final DeployRequest request, final JarFacts facts, final DeployReport known,
            final Optional<Bundle> target) throws IOException, InterruptedException {
        final Previous previous = target.isPresent() ? keep(target.get()) : Previous.NONE;
        final String location = target.map(Bundle::getLocation)
                .orElse("deploy:" + facts.symbolicName() + ':' + facts.version());
        recorder.begin(new Recorder.Underway(location, previous.digest(), request.who()));
        final DeployReport report = put(facts, known, target, location, previous);
        if (report.state() != State.UNDECIDED || !fates.isClosed()) {
            recorder.end();
        }
        return report;
    }

    private DeployReport put(final JarFacts facts, final DeployReport known, final Optional<Bundle> target,
            final String location, final Previous previous) throws IOException, InterruptedException {
        try {
            final Bundle bundle = install(location, target, known.digest());
            final boolean wanted = start(bundle, facts);
            if (!recorder.record()) {
                return putBack(known, bundle, previous, "the ledger cannot be written; the log says why");
            }
            return facts.pack() && wanted ? await(known, facts, bundle, previous) : done(known, facts, bundle);
        } catch (final BundleException e) {
            final Bundle bundle = framework.getBundle(location);
            return bundle == null
                    ? with(known, State.FAILED, facts + " cannot be installed: " + e.getMessage()
                            + ". Nothing was changed")
                    : putBack(known, bundle, previous, facts + " cannot be started: " + why(bundle, e));
        }
    }

    /**
     * What is put back.
     *
     * @param digest  of the jar in the store; empty when there was none
     * @param version of the bundle
     * @param started whether it was to start with the framework
     */
    private record Previous(String digest, String version, boolean started) {

        static final Previous NONE = new Previous("", "", false);
    }

    private Previous keep(final Bundle here) throws IOException {
        final Optional<Path> jar = CachedJar.of(cache, here.getBundleId());
        if (jar.isEmpty()) {
            throw new IOException("the framework has no copy of the jar of " + here.getSymbolicName() + ' '
                    + here.getVersion() + ", which could be put back if this deploy fails; uninstall it first");
        }
        return new Previous(store.put(jar.get()), here.getVersion().toString(), isStarted(here));
    }

    private Bundle install(final String location, final Optional<Bundle> target, final String digest)
            throws BundleException, IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(store.file(digest)))) {
            if (target.isEmpty()) {
                return framework.installBundle(location, in);
            }
            target.get().update(in);
            return target.get();
        }
    }

    /** Returns whether it runs; a fragment only attaches to its host. */
    private boolean start(final Bundle bundle, final JarFacts facts) throws BundleException {
        if (facts.fragment()) {
            framework.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
            return false;
        }
        bundle.start();
        return true;
    }

    private DeployReport await(final DeployReport known, final JarFacts facts, final Bundle bundle,
            final Previous previous) throws InterruptedException {
        final Optional<ModelFate> fate = fates.await(bundle.getBundleId(), limits.patience());
        if (fate.isPresent()) {
            return fate.get().good() ? with(known, State.DONE, fate.get().message())
                    : putBack(known, bundle, previous, fate.get().message());
        }
        return with(known, State.UNDECIDED, fates.isClosed()
                ? "the gateway is being stopped; at its next start, it goes on with what was there before"
                : facts + " is in, but after " + limits.patience().toSeconds() + " s it neither serves nor is refused."
                        + " amarena status shows what it waits for");
    }

    private DeployReport done(final DeployReport known, final JarFacts facts, final Bundle bundle) {
        if (facts.fragment()) {
            return with(known, State.DONE, facts + " is in; a fragment attaches when its host is refreshed, at the "
                    + "latest at the next start");
        }
        final boolean old = framework.getBundle(0).adapt(FrameworkWiring.class).getRemovalPendingBundles()
                .contains(bundle);
        return with(known, State.DONE, facts + " is active" + (old ? "; bundles that use its packages go on with the "
                + "previous ones until they are refreshed or the gateway is restarted" : ""));
    }

    private DeployReport putBack(final DeployReport known, final Bundle bundle, final Previous previous,
            final String why) {
        final String name = bundle.getSymbolicName();
        try {
            if (previous.digest().isEmpty()) {
                bundle.uninstall();
                return with(known, State.FAILED, why + ". It was taken out again");
            }
            if (!digest(bundle).equals(previous.digest())) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(store.file(previous.digest())))) {
                    bundle.update(in);
                }
            }
            if (previous.started()) {
                bundle.start();
            } else {
                bundle.stop();
            }
            return with(known, State.FAILED, why + ". " + name + ' ' + previous.version() + " was put back");
        } catch (final BundleException | IOException e) {
            return with(known, State.FAILED, why + ". AND " + name + ' ' + previous.version()
                    + " COULD NOT BE PUT BACK: " + e.getMessage() + ". Restart the gateway, or deploy another version");
        }
    }

    private String digest(final Bundle bundle) throws IOException {
        final Optional<Path> jar = CachedJar.of(cache, bundle.getBundleId());
        return jar.isPresent() ? BundleStore.digest(jar.get()) : "";
    }

    private static boolean isStarted(final Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private static String why(final Bundle bundle, final BundleException e) {
        if (bundle.getState() == Bundle.INSTALLED) {
            return ResolverReason.of(e.getMessage());
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == e ? e.getMessage() : e.getMessage() + ": " + root;
    }

    private static String reason(final IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static DeployReport with(final DeployReport known, final State state, final String message) {
        return new DeployReport(state, known.symbolicName(), known.version(), known.digest(), message);
    }
}
