/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import io.amarena.itests.stagekit.StageRule.Breach;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;

/**
 * The life of a stage around the update of its bundle, as the engine leads it: all classes are loaded, one instance is
 * made, used and closed as a rehearsal, a second one is made and used; then the bundle goes, and the instance is used
 * by several threads, closed, and closed again.
 */
public final class UpdateWindow {

    private static final int THREADS = 4;
    private static final int RUNS = 5;
    private static final long THREAD_PATIENCE_MILLIS = 5_000;

    private final StageCase path;
    private final BundleLoader loader;
    private final List<Breach> breaches = new ArrayList<>();

    private UpdateWindow(final StageCase path, final BundleLoader loader) {
        this.path = path;
        this.loader = loader;
    }

    /**
     * Leads one path of a stage through the update of its bundle.
     *
     * @param factory class of the factory, with a constructor without parameters or with a bundle context
     * @param bundle  classes of the other places whose content the bundle embeds
     * @return the rules that it broke, in the order in which that showed
     * @throws Exception when the stage does not even work while its bundle is there
     */
    public static List<Breach> check(final Class<?> factory, final Collection<Class<?>> bundle, final StageCase path)
            throws Exception {
        final List<Class<?>> all = new ArrayList<>(bundle);
        all.add(factory);
        final BundleLoader loader = BundleLoader.of(all);
        try {
            return new UpdateWindow(path, loader).run(factory.getName());
        } finally {
            loader.leave();
        }
    }

    private List<Breach> run(final String name) throws Exception {
        loader.preload();
        final Object factory = make(Class.forName(name, true, loader));
        final List<ByteBuffer> input = path.read();
        final AutoCloseable rehearsed = path.create(factory, path.context(Map.of()));
        path.use(rehearsed);
        rehearsed.close();
        final AutoCloseable instance = path.create(factory, path.context(Map.of()));
        final Object answer = path.use(instance);
        breaches.addAll(KeptObjects.of(instance, factory, loader));
        loader.leave();
        useWithoutBundle(instance, answer);
        close(instance);
        if (!input.equals(path.read())) {
            broken(StageRule.INPUTS_ARE_NOT_CHANGED, "the frame or the outputs differ from what they were");
        }
        threadsThatStay();
        return List.copyOf(breaches);
    }

    static Object make(final Class<?> factory) throws ReflectiveOperationException {
        for (final Constructor<?> constructor : factory.getDeclaredConstructors()) {
            constructor.setAccessible(true);
            if (constructor.getParameterCount() == 0) {
                return constructor.newInstance();
            }
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == BundleContext.class) {
                return constructor.newInstance(context());
            }
        }
        throw new NoSuchMethodException(factory + " has no constructor without parameters or with a bundle context");
    }

    /** A bundle context that is not valid any more, as it is once the bundle has stopped. */
    private static BundleContext context() {
        final InvocationHandler invalid = (proxy, method, arguments) -> switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            case "toString" -> "a bundle context";
            default -> throw new IllegalStateException("Invalid BundleContext");
        };
        return (BundleContext) Proxy.newProxyInstance(UpdateWindow.class.getClassLoader(),
                new Class<?>[] {BundleContext.class}, invalid);
    }

    private void useWithoutBundle(final AutoCloseable instance, final Object answer) throws InterruptedException {
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            final List<Future<Object>> answers = new ArrayList<>();
            for (int i = 0; i < THREADS * RUNS; i++) {
                answers.add(threads.submit(() -> path.use(instance)));
            }
            for (final Future<Object> later : answers) {
                if (!answer.equals(later.get())) {
                    broken(StageRule.ANSWERS_STAY_THE_SAME, "another answer than before the bundle went");
                    return;
                }
            }
        } catch (final ExecutionException failed) {
            blame(StageRule.ANSWERS_STAY_THE_SAME, failed.getCause());
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(THREAD_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        late();
    }

    private void close(final AutoCloseable instance) {
        for (final String which : List.of("the first close", "the second close")) {
            final int known = loader.lateClasses().size() + loader.lateResources().size();
            try {
                instance.close();
            } catch (final Exception | LinkageError failed) {
                broken(StageRule.CLOSE_WORKS_WITHOUT_THE_BUNDLE, which + ": " + failed);
                return;
            }
            if (loader.lateClasses().size() + loader.lateResources().size() > known) {
                broken(StageRule.CLOSE_WORKS_WITHOUT_THE_BUNDLE, which + " asks for " + loader.lateClasses()
                        + loader.lateResources());
                return;
            }
        }
    }

    private void blame(final StageRule rule, final Throwable failed) {
        late();
        if (breaches.isEmpty()) {
            broken(rule, failed.toString());
        }
    }

    private void late() {
        if (!loader.lateResources().isEmpty()) {
            broken(StageRule.RESOURCES_ARE_READ_IN_CREATE, "asks for " + new HashSet<>(loader.lateResources()));
        }
        if (!loader.lateClasses().isEmpty()) {
            broken(StageRule.CLASSES_ARE_THERE, "asks for " + new HashSet<>(loader.lateClasses()));
        }
    }

    private void threadsThatStay() throws InterruptedException {
        for (final Thread thread : loader.threads()) {
            thread.join(THREAD_PATIENCE_MILLIS);
            if (thread.isAlive()) {
                broken(StageRule.THREADS_END_IN_CLOSE, thread.getName());
            }
        }
    }

    private void broken(final StageRule rule, final String how) {
        final Breach breach = new Breach(rule, how);
        if (!breaches.contains(breach)) {
            breaches.add(breach);
        }
    }
}
