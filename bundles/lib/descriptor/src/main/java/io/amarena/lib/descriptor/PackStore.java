/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the content of packs in folders named by its digest: SHA-256 over path, length and content of every file, in the
 * order of the paths. A folder appears as a whole or not at all. Not thread-safe.
 */
public final class PackStore {

    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final long mostBytes;
    private final int mostFiles;

    /**
     * A store.
     *
     * @param root      its folder; made when it is missing
     * @param mostBytes of one pack, unpacked
     * @param mostFiles of one pack
     */
    public PackStore(final Path root, final long mostBytes, final int mostFiles) {
        this.root = root.toAbsolutePath().normalize();
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
    }

    /** Opens the files of a pack. */
    @FunctionalInterface
    public interface Opener {

        InputStream open(String path) throws IOException;
    }

    /** A pack that is too large or names its files in a way that cannot be stored. */
    public static final class RefusedPackException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedPackException(final String message) {
            super(message);
        }
    }

    /**
     * Copies a pack.
     *
     * @param paths of its files, with slashes, without folders
     * @return the digest; the content lies in {@link #folder}
     * @throws RefusedPackException when the pack itself is at fault
     * @throws IOException          when the store cannot be written or the pack cannot be read
     */
    public String copy(final List<String> paths, final Opener pack) throws IOException {
        if (paths.size() > mostFiles) {
            throw new RefusedPackException("the pack has " + paths.size() + " files; at most " + mostFiles
                    + " are accepted");
        }
        Files.createDirectories(root);
        final Path half = Files.createTempDirectory(root, "half-");
        try {
            final String digest = copyInto(half, paths, pack);
            moveInto(half, folder(digest));
            return digest;
        } finally {
            delete(half);
        }
    }

    private String copyInto(final Path half, final List<String> paths, final Opener pack) throws IOException {
        final Map<String, byte[]> digests = new TreeMap<>();
        long total = 0;
        for (final String path : paths) {
            final Path target = half.resolve(path).normalize();
            if (!target.startsWith(half) || path.startsWith("/") || path.contains("\\")) {
                throw new RefusedPackException("the pack has a file named " + path + ", which lies outside of it");
            }
            if (isBelowFile(half, target) || Files.isDirectory(target)) {
                throw new RefusedPackException("the pack has a file and a folder of one name, at " + path);
            }
            Files.createDirectories(target.getParent());
            final MessageDigest digest = sha256();
            total += copyFile(path, target, pack, digest, mostBytes - total);
            digests.put(path, digest.digest());
        }
        final MessageDigest whole = sha256();
        digests.forEach((path, digest) -> {
            whole.update(path.getBytes(StandardCharsets.UTF_8));
            whole.update((byte) 0);
            whole.update(digest);
        });
        return HexFormat.of().formatHex(whole.digest());
    }

    private static boolean isBelowFile(final Path half, final Path target) {
        Path folder = target.getParent();
        while (!folder.equals(half) && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return Files.isRegularFile(folder);
    }

    private long copyFile(final String path, final Path target, final Opener pack, final MessageDigest digest,
            final long room) throws IOException {
        final byte[] buffer = new byte[BUFFER];
        long written = 0;
        try (InputStream in = pack.open(path); OutputStream out = Files.newOutputStream(target)) {
            int count = in.read(buffer);
            while (count >= 0) {
                written += count;
                if (written > room) {
                    throw new RefusedPackException("the pack has more than " + mostBytes
                            + " bytes when it is unpacked (at " + path + "); raise maxPackMb of io.amarena.models if it is"
                            + " meant to");
                }
                out.write(buffer, 0, count);
                digest.update(buffer, 0, count);
                count = in.read(buffer);
            }
        }
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return written;
    }

    private static void moveInto(final Path half, final Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (final DirectoryNotEmptyException | FileAlreadyExistsException meanwhile) {
            // The same content is there already.
            return;
        }
    }

    /** Where the content with a digest lies. */
    public Path folder(final String digest) {
        return root.resolve(digest);
    }

    /** Deletes everything but the content with these digests. */
    public void keepOnly(final Set<String> digests) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        final List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.collect(Collectors.toList());
        }
        for (final Path folder : folders) {
            if (!digests.contains(folder.getFileName().toString())) {
                delete(folder);
            }
        }
    }

    private static void delete(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        final List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        }
        for (final Path path : deepestFirst) {
            Files.deleteIfExists(path);
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
