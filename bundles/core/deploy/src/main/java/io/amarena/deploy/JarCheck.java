/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * Looks at the form of a jar before a framework gets to see it: a whole zip file of bounded size, whose entries stay
 * within it, with the manifest of a bundle. Every entry is unpacked once, so that a jar cannot lie about its size.
 *
 * @param mostEntries files and folders in one jar
 * @param mostBytes   of all entries, unpacked
 */
record JarCheck(int mostEntries, long mostBytes) {

    private static final String SYMBOLIC_NAME = "[A-Za-z0-9_.-]{1,200}";
    private static final String PACK_HEADER = "Amarena-Model";
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Checks a jar.
     *
     * @throws RefusedJarException when something is wrong with it
     * @throws IOException         when the file cannot be read
     */
    JarFacts read(final Path file) throws RefusedJarException, IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            final long bytes = checkEntries(jar);
            final Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new RefusedJarException("it has no META-INF/MANIFEST.MF, so it is no bundle");
            }
            return facts(manifest.getMainAttributes(), bytes);
        } catch (final ZipException e) {
            throw new RefusedJarException("it is no jar, or not a whole one (" + e.getMessage() + ')');
        }
    }

    /** Returns how many bytes they have, unpacked. */
    private long checkEntries(final JarFile jar) throws RefusedJarException, IOException {
        if (jar.size() > mostEntries) {
            throw new RefusedJarException("it has " + jar.size() + " entries; at most " + mostEntries
                    + " are accepted (maxEntries of io.amarena.deploy)");
        }
        final Set<String> names = new HashSet<>();
        final byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        for (final JarEntry entry : Collections.list(jar.entries())) {
            final String name = entry.getName();
            if (leavesTheJar(name)) {
                throw new RefusedJarException("its entry " + name + " would lie outside of it when it is unpacked");
            }
            if (!names.add(name)) {
                throw new RefusedJarException("it has two entries " + name);
            }
            final CRC32 crc = new CRC32();
            try (InputStream in = jar.getInputStream(entry)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    total += count;
                    crc.update(buffer, 0, count);
                    if (total > mostBytes) {
                        throw new RefusedJarException("unpacked, it has more than " + mostBytes
                                + " bytes (maxUnpackedMb of io.amarena.deploy)");
                    }
                }
            } catch (final ZipException | java.io.EOFException e) {
                throw new RefusedJarException("its entry " + name + " cannot be unpacked (" + e.getMessage() + ')');
            }
            if (entry.getCrc() >= 0 && entry.getCrc() != crc.getValue()) {
                throw new RefusedJarException("its entry " + name + " is damaged: the checksum is wrong");
            }
        }
        return total;
    }

    private static boolean leavesTheJar(final String name) {
        if (name.startsWith("/") || name.contains("\\") || name.indexOf('\0') >= 0
                || name.matches("[A-Za-z]:.*")) {
            return true;
        }
        for (final String part : name.split("/")) {
            if (part.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static JarFacts facts(final Attributes headers, final long bytes) throws RefusedJarException {
        final String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || !"2".equals(strip(headers.getValue(Constants.BUNDLE_MANIFESTVERSION)))) {
            throw new RefusedJarException("its manifest lacks " + (name == null ? Constants.BUNDLE_SYMBOLICNAME
                    : Constants.BUNDLE_MANIFESTVERSION + ": 2") + ", so it is no bundle");
        }
        final String symbolicName = name.split(";", 2)[0].strip();
        if (!symbolicName.matches(SYMBOLIC_NAME)) {
            throw new RefusedJarException("its " + Constants.BUNDLE_SYMBOLICNAME + " \"" + symbolicName
                    + "\" is none: letters, digits, dot, hyphen and underscore are");
        }
        final String version = strip(headers.getValue(Constants.BUNDLE_VERSION));
        if (version.isEmpty()) {
            throw new RefusedJarException("its manifest lacks " + Constants.BUNDLE_VERSION);
        }
        try {
            return new JarFacts(symbolicName, new Version(version),
                    headers.getValue(Constants.FRAGMENT_HOST) != null, headers.getValue(PACK_HEADER) != null, bytes);
        } catch (final IllegalArgumentException e) {
            throw new RefusedJarException("its " + Constants.BUNDLE_VERSION + " \"" + version
                    + "\" is none: write it like 1.2.3");
        }
    }

    private static String strip(final String value) {
        return value == null ? "" : value.strip();
    }
}
