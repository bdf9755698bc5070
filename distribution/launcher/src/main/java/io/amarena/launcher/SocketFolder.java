/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The short folder of the control socket, open to its owner alone. The file {@code control} in the data folder says
 * where the socket is.
 *
 * <p>It does not lie in the data folder because the path of a Unix domain socket ends at 108 bytes. Where the usual
 * folder exists and belongs to someone else, another one with an unpredictable name is made.
 */
final class SocketFolder implements AutoCloseable {

    /** Name of the file in the data folder that holds the path of the socket. */
    static final String POINTER = "control";

    private static final String SOCKET = "control.sock";
    private static final int LONGEST_PATH = 100;
    private static final int FINGERPRINT_BYTES = 6;
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final Path pointer;

    private SocketFolder(final Path folder, final Path pointer) {
        this.folder = folder;
        this.pointer = pointer;
    }

    /**
     * Makes the folder and the pointer to it.
     *
     * @param data  the data folder
     * @param bases where it may lie, best first; those that cannot be used are passed over
     * @throws IOException where none can be used
     */
    static SocketFolder open(final Path data, final List<Path> bases) throws IOException {
        final String name = "amarena-" + fingerprint(data.toRealPath().toString());
        for (final Path base : bases) {
            if (Files.isDirectory(base) && Files.isWritable(base)
                    && bytes(base.resolve(name + "1234567890123456789").resolve(SOCKET)) <= LONGEST_PATH) {
                final Path folder = folder(base, name);
                final Path pointer = data.resolve(POINTER);
                Files.writeString(pointer, folder.resolve(SOCKET) + "\n", StandardCharsets.UTF_8);
                return new SocketFolder(folder, pointer);
            }
        }
        throw new IOException("None of the folders " + bases + " can hold the control socket: it needs a writable "
                + "folder with a short path. Set XDG_RUNTIME_DIR to one");
    }

    private static Path folder(final Path base, final String name) throws IOException {
        final Path usual = base.resolve(name);
        try {
            return Files.createDirectory(usual, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        } catch (final FileAlreadyExistsException e) {
            return ours(usual, base) ? usual : Files.createTempDirectory(base, name);
        }
    }

    private static boolean ours(final Path folder, final Path base) throws IOException {
        final PosixFileAttributes found =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory() || !found.permissions().equals(OWNER_ALONE)) {
            return false;
        }
        final Path probe = Files.createTempFile(base, "amarena-", null);
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS).equals(found.owner());
        } finally {
            Files.delete(probe);
        }
    }

    private static String fingerprint(final String path) throws IOException {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (final NoSuchAlgorithmException e) {
            throw new IOException("This Java has no SHA-256", e);
        }
    }

    private static int bytes(final Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    Path socket() {
        return folder.resolve(SOCKET);
    }

    /** Removes socket, folder and pointer; what cannot be removed stays, harmless. */
    @Override
    public void close() {
        for (final Path path : List.of(pointer, socket(), folder)) {
            try {
                Files.deleteIfExists(path);
            } catch (final IOException e) {
                // The next gateway on the data folder takes it over.
            }
        }
    }
}
