/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Jars by the SHA-256 of their bytes. A jar is there as a whole, on the disk, or not at all. Thread-safe as long as no
 * jar is asked for while {@link #tidy} may delete it.
 */
public final class BundleStore {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final String SUFFIX = ".jar";
    private static final String HALF = "half-";

    private final Path folder;

    /**
     * A store.
     *
     * @param folder made when it is missing
     */
    public BundleStore(final Path folder) {
        this.folder = folder;
    }

    /** More bytes came than are accepted. */
    public static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException(final long mostBytes) {
            super("it has more than " + mostBytes + " bytes");
        }
    }

    /**
     * A jar that lies in the store's folder without being in the store yet.
     *
     * @param file   the jar
     * @param digest SHA-256, hexadecimal
     */
    public record Half(Path file, String digest) implements AutoCloseable {

        /** Deletes the jar, if it has not been put into the store. */
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Copies bytes next to the store. Nothing is left behind when it throws.
     *
     * @throws TooLargeException when there are more than {@code mostBytes}
     */
    public Half take(final InputStream in, final long mostBytes) throws IOException {
        Files.createDirectories(folder);
        final Path file = Files.createTempFile(folder, HALF, SUFFIX);
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            final MessageDigest sha256 = sha256();
            final byte[] buffer = new byte[BUFFER_BYTES];
            long total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                total += count;
                if (total > mostBytes) {
                    throw new TooLargeException(mostBytes);
                }
                sha256.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
            whole = true;
            return new Half(file, HexFormat.of().formatHex(sha256.digest()));
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Puts a copied jar into the store: from then on it survives a power cut. */
    public void put(final Half half) throws IOException {
        final Path target = file(half.digest());
        if (Files.exists(target)) {
            Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
            return;
        }
        DurableFiles.force(half.file());
        DurableFiles.rename(half.file(), target);
    }

    /** Copies a jar into the store. Returns its digest. */
    public String put(final Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(jar); Half half = take(in, Long.MAX_VALUE)) {
            put(half);
            return half.digest();
        }
    }

    /** Where the jar with a digest lies, whether it is there or not. */
    public Path file(final String digest) {
        return folder.resolve(digest + SUFFIX);
    }

    /** The jar with a digest, if it is there and its bytes are still those. */
    public Optional<Path> find(final String digest) throws IOException {
        final Path file = file(digest);
        return !digest.isEmpty() && Files.isRegularFile(file) && digest(file).equals(digest)
                ? Optional.of(file) : Optional.empty();
    }

    /** SHA-256 of a file, hexadecimal. */
    public static String digest(final Path file) throws IOException {
        final MessageDigest sha256 = sha256();
        final byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /**
     * Deletes what is not needed: what interrupted copies left, all but the newest jars of each symbolic name, and of
     * those the oldest while the store is larger than it should be.
     *
     * @param needed    digests that are never deleted
     * @param previous  how many jars of each symbolic name are kept beside those
     * @param mostBytes how large the store should be
     * @return bytes of what is left
     */
    public synchronized long tidy(final Set<String> needed, final int previous, final long mostBytes)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long total = 0;
        final List<Stored> spare = new ArrayList<>();
        for (final Path file : list()) {
            final String name = file.getFileName().toString();
            final String digest = name.substring(0, name.length() - SUFFIX.length());
            if (!needed.contains(digest)) {
                spare.add(new Stored(file, symbolicName(file), Files.size(file), Files.getLastModifiedTime(file)));
            }
            total += Files.size(file);
        }
        spare.sort(Comparator.comparing(Stored::time).reversed());
        final Map<String, Integer> kept = new HashMap<>();
        final List<Stored> oldestLast = new ArrayList<>();
        for (final Stored one : spare) {
            if (one.symbolicName().isEmpty() || kept.merge(one.symbolicName(), 1, Integer::sum) > previous) {
                Files.delete(one.file());
                total -= one.bytes();
            } else {
                oldestLast.add(one);
            }
        }
        for (int at = oldestLast.size() - 1; at >= 0 && total > mostBytes; at--) {
            Files.delete(oldestLast.get(at).file());
            total -= oldestLast.get(at).bytes();
        }
        return total;
    }

    /** Deletes what interrupted copies left. Nobody may be copying. */
    public void sweep() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (final Path file : files.filter(one -> one.getFileName().toString().startsWith(HALF)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)
                    && !file.getFileName().toString().startsWith(HALF)).toList();
        }
    }

    /** A jar that nothing refers to. */
    private record Stored(Path file, String symbolicName, long bytes, FileTime time) {
    }

    private static String symbolicName(final Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            final Manifest manifest = jar.getManifest();
            final String name = manifest == null ? null
                    : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
            return name == null ? "" : name.split(";", 2)[0].strip();
        } catch (final IOException | RuntimeException e) {
            return "";
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
