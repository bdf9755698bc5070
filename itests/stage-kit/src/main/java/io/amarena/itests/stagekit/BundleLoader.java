/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class loader of a bundle that can go: its classes and resources come from a jar of its own, and from the moment
 * of {@link #leave()} it has none any more, as after an update with refresh. What it is asked for afterwards is kept.
 * The API, the framework's classes and the logger come from outside, as they do in a framework.
 */
public final class BundleLoader extends URLClassLoader {

    private static final List<String> IMPORTED = List.of("java.", "javax.", "jdk.", "sun.", "io.amarena.api.",
            "org.osgi.", "org.slf4j.", "org.junit.");

    private final Path jar;
    private final Set<String> content;
    private final List<String> lateClasses = new CopyOnWriteArrayList<>();
    private final List<String> lateResources = new CopyOnWriteArrayList<>();
    private volatile boolean gone;

    private BundleLoader(final Path jar, final Set<String> content) throws MalformedURLException {
        super(jar.getFileName().toString(), new URL[] {jar.toUri().toURL()}, BundleLoader.class.getClassLoader());
        this.jar = jar;
        this.content = content;
    }

    /** A bundle of everything that lies where these classes come from. */
    public static BundleLoader of(final Collection<Class<?>> classes) throws IOException {
        final Set<URI> places = new HashSet<>();
        for (final Class<?> one : classes) {
            try {
                places.add(one.getProtectionDomain().getCodeSource().getLocation().toURI());
            } catch (final URISyntaxException odd) {
                throw new IOException("cannot find where " + one + " comes from", odd);
            }
        }
        final Path jar = Files.createTempFile("stage-bundle", ".jar");
        final Set<String> content = new HashSet<>();
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
            for (final URI place : places) {
                final Path source = Path.of(place);
                if (Files.isDirectory(source)) {
                    addFolder(source, out, content);
                } else {
                    addJar(source, out, content);
                }
            }
        }
        return new BundleLoader(jar, content);
    }

    private static void addFolder(final Path folder, final JarOutputStream out, final Set<String> content)
            throws IOException {
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        for (final Path file : files) {
            final String name = folder.relativize(file).toString().replace('\\', '/');
            if (content.add(name)) {
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private static void addJar(final Path source, final JarOutputStream out, final Set<String> content)
            throws IOException {
        try (JarFile from = new JarFile(source.toFile())) {
            for (final JarEntry entry : from.stream().toList()) {
                if (!entry.isDirectory() && content.add(entry.getName())) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream in = from.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
    }

    /** Loads every class, as the engine does before it uses anything of a bundle. */
    public void preload() {
        for (final String name : content) {
            if (name.endsWith(".class") && !name.endsWith("-info.class") && !name.startsWith("META-INF/")) {
                try {
                    Class.forName(name.substring(0, name.length() - 6).replace('/', '.'), false, this);
                } catch (final ClassNotFoundException | LinkageError optional) {
                    // A class that cannot be loaded now is not needed, or will be found missing when it is used.
                    continue;
                }
            }
        }
    }

    /** The bundle goes: no class and no resource is found from now on, and its jar is no longer there. */
    public void leave() throws IOException {
        gone = true;
        close();
        Files.deleteIfExists(jar);
    }

    boolean owns(final URL url) {
        return url.toString().contains(jar.getFileName().toString());
    }

    /** Classes that it was asked for after it had gone. */
    public List<String> lateClasses() {
        return lateClasses;
    }

    /** Resources that it was asked for after it had gone. */
    public List<String> lateResources() {
        return lateResources;
    }

    /** Threads that are of a class from here, or run code from here. */
    public List<Thread> threads() {
        final List<Thread> threads = new ArrayList<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread != Thread.currentThread() && (thread.getClass().getClassLoader() == this
                    || Stream.of(stack).anyMatch(element -> getName().equals(element.getClassLoaderName())))) {
                threads.add(thread);
            }
        });
        return threads;
    }

    private boolean isOwn(final String className) {
        return IMPORTED.stream().noneMatch(className::startsWith)
                && content.contains(className.replace('.', '/') + ".class");
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            final Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            return isOwn(name) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Override
    protected Class<?> findClass(final String name) throws ClassNotFoundException {
        if (gone) {
            lateClasses.add(name);
            throw new ClassNotFoundException(name + " (the bundle has gone)");
        }
        return super.findClass(name);
    }

    @Override
    public URL getResource(final String name) {
        if (gone) {
            lateResources.add(name);
            return null;
        }
        return content.contains(name) ? findResource(name) : super.getResource(name);
    }

    @Override
    public InputStream getResourceAsStream(final String name) {
        if (gone) {
            lateResources.add(name);
            return null;
        }
        return super.getResourceAsStream(name);
    }
}
