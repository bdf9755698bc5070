/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.FrameworkCache.Opened;
import io.amarena.launcher.GatewayException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A running gateway: one framework on one data folder. Thread-safe; whoever started it stops it.
 *
 * <p>Tools that run their work inside a gateway reach it through {@link #service}: types of the JDK are the only ones
 * that both sides share.
 */
public final class Gateway implements AutoCloseable {

    /** A stopping gateway has this long; what still hangs then is told and left. */
    public static final Duration STOP_LIMIT = Duration.ofMillis(4500);

    private final GatewayOptions options;
    private final GatewayLock lock;
    private final SocketFolder socket;
    private final Framework framework;
    private final List<Problem> problems;

    private Gateway(final GatewayOptions options, final GatewayLock lock, final SocketFolder socket,
            final Framework framework, final List<Problem> problems) {
        this.options = options;
        this.lock = lock;
        this.socket = socket;
        this.framework = framework;
        this.problems = List.copyOf(problems);
    }

    /**
     * Starts a gateway and waits until all bundles were started.
     *
     * @throws GatewayException     when there is no gateway: nothing of it is left running
     * @throws InterruptedException when the thread was interrupted: nothing of it is left running
     */
    public static Gateway start(final GatewayOptions options) throws GatewayException, InterruptedException {
        if (!"1".equals(System.getenv("ORT_DISABLE_TELEMETRY"))) {
            options.notes().accept("The environment variable ORT_DISABLE_TELEMETRY is not 1: some builds of ONNX "
                    + "Runtime send data to their maker then. Start with bin/amarena, or set it before");
        }
        makeFolders(options);
        final GatewayLock lock = GatewayLock.take(options.data());
        SocketFolder socket = null;
        Framework framework = null;
        boolean started = false;
        try {
            final List<RepositoryBundle> wanted = new Repository(options.home().resolve("repository"))
                    .find(new FeatureFiles(options.home().resolve("features")).read(options.features()));
            socket = SocketFolder.open(options.data(), runtimeFolders());
            final Path cache = options.data().resolve("cache");
            final int lastStartLevel = wanted.stream().mapToInt(bundle -> bundle.wanted().startLevel())
                    .max().orElse(1);
            final Opened opened = new FrameworkCache(cache, options.notes())
                    .open(FrameworkProperties.of(options, cache, socket.socket(), lastStartLevel));
            framework = opened.framework();
            final AdministratorLedger administrator = new Provisioning(options, opened).bring(wanted);
            opened.log().starting(true);
            final List<Problem> problems = new ArrayList<>(startFramework(options, framework));
            opened.log().starting(false);
            problems.addAll(StartCheck.problems(framework.getBundleContext(), wanted, administrator));
            started = true;
            return new Gateway(options, lock, socket, framework, problems);
        } catch (final IOException e) {
            throw new GatewayException(Reason.ENVIRONMENT, "The data folder " + options.data() + " is not usable: "
                    + e + ". Check its permissions and free space", e);
        } finally {
            if (!started) {
                stopQuietly(framework);
                if (socket != null) {
                    socket.close();
                }
                lock.close();
            }
        }
    }

    private static void makeFolders(final GatewayOptions options) throws GatewayException {
        try {
            Files.createDirectories(options.data().resolve("launcher"));
            Files.createDirectories(options.configs());
            final Path secrets = options.data().resolve("secrets");
            if (!Files.exists(secrets)) {
                Files.createDirectory(secrets,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (final IOException e) {
            throw new GatewayException(Reason.ENVIRONMENT, "The data folder " + options.data()
                    + " cannot be written: " + e + ". Choose another one with --data", e);
        }
    }

    private static List<Path> runtimeFolders() {
        return Stream.of(System.getenv("XDG_RUNTIME_DIR"), "/tmp", System.getProperty("java.io.tmpdir"))
                .filter(name -> name != null && !name.isEmpty()).map(Path::of).toList();
    }

    /** Starts all bundles on a thread of its own, so that one that hangs is told instead of waited for. */
    private static List<Problem> startFramework(final GatewayOptions options, final Framework framework)
            throws GatewayException, InterruptedException {
        final BundleException[] failure = new BundleException[1];
        final Thread thread = new Thread(() -> {
            try {
                framework.start();
            } catch (final BundleException e) {
                failure[0] = e;
            }
        }, "amarena-start");
        thread.setDaemon(true);
        thread.start();
        thread.join(options.startLimit().toMillis());
        if (thread.isAlive()) {
            return List.of(new Problem("framework", true, "after " + options.startLimit().toSeconds()
                    + " s it still starts " + in(framework, Bundle.STARTING) + ". Remove or replace that bundle"));
        }
        if (failure[0] != null) {
            throw new GatewayException(Reason.FRAMEWORK, "The framework does not start: " + failure[0].getMessage(),
                    failure[0]);
        }
        return List.of();
    }

    private static String in(final Framework framework, final int state) {
        final BundleContext context = framework.getBundleContext();
        return context == null ? "itself" : String.join(", ", Stream.of(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && bundle.getState() == state)
                .map(Bundle::getSymbolicName).toList());
    }

    /** The framework as the system bundle sees it; null once it stopped. */
    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Bundles of features that should run and did not after the start. */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether everything runs without which there is no gateway. */
    public boolean coreStarted() {
        return problems.stream().noneMatch(Problem::core);
    }

    /**
     * A service of a bundle, waited for if needed.
     *
     * @param <S>    its type
     * @param type   a type of the JDK
     * @param filter on service properties, such as {@code (amarena.command=infer)}
     * @param atMost time to wait
     */
    public <S> Optional<S> service(final Class<S> type, final String filter, final Duration atMost)
            throws InterruptedException {
        final Filter all;
        try {
            all = FrameworkUtil.createFilter("(&(" + Constants.OBJECTCLASS + '=' + type.getName() + ')' + filter
                    + ')');
        } catch (final InvalidSyntaxException e) {
            throw new IllegalArgumentException("Not a filter: " + filter, e);
        }
        final BundleContext context = framework.getBundleContext();
        if (context == null) {
            return Optional.empty();
        }
        final ServiceTracker<S, S> tracker = new ServiceTracker<>(context, all, null);
        tracker.open();
        try {
            return Optional.ofNullable(tracker.waitForService(Math.max(1, atMost.toMillis())));
        } finally {
            tracker.close();
        }
    }

    /** Waits until the gateway was stopped, from here or from inside; a restart from inside is not an end. */
    public void awaitStop() throws InterruptedException {
        FrameworkEvent event = framework.waitForStop(0);
        while (event.getType() == FrameworkEvent.STOPPED_UPDATE
                || event.getType() == FrameworkEvent.STOPPED_BOOTCLASSPATH_MODIFIED) {
            try {
                framework.start();
            } catch (final BundleException e) {
                options.notes().accept("The framework does not start again: " + e.getMessage());
                return;
            }
            event = framework.waitForStop(0);
        }
    }

    /**
     * Stops all bundles and gives the data folder back. Idempotent.
     *
     * @return whether everything ended within {@link #STOP_LIMIT}; if not, the note says what hangs
     */
    public boolean stop() throws InterruptedException {
        boolean ended = true;
        try {
            framework.stop();
            final FrameworkEvent event = framework.waitForStop(STOP_LIMIT.toMillis());
            ended = event.getType() != FrameworkEvent.WAIT_TIMEDOUT;
            if (!ended) {
                options.notes().accept("After " + TimeUnit.MILLISECONDS.toSeconds(STOP_LIMIT.toMillis())
                        + " s these bundles had not stopped: " + in(framework, Bundle.STOPPING));
            }
        } catch (final BundleException e) {
            options.notes().accept("The framework does not stop: " + e.getMessage());
            ended = false;
        } finally {
            socket.close();
            lock.close();
        }
        return ended;
    }

    private static void stopQuietly(final Framework framework) throws InterruptedException {
        if (framework == null) {
            return;
        }
        try {
            framework.stop();
            framework.waitForStop(STOP_LIMIT.toMillis());
        } catch (final BundleException e) {
            // The reason why it did not start is on its way to the caller.
        }
    }

    /** Like {@link #stop()}. An interruption ends the waiting, not the stopping. */
    @Override
    public void close() {
        try {
            stop();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
