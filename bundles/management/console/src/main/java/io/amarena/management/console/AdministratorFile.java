/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The administrator's account on disk: {@code administrator.json} with the salted hash of the password, and, until the
 * first login, {@code one-time-password} with the password itself. Both are readable by their owner alone.
 */
final class AdministratorFile {

    /** The only user. */
    static final String USER = "admin";

    static final String ACCOUNT = "administrator.json";
    static final String PASSWORD = "one-time-password";

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 5;
    private static final int GROUP_LETTERS = 4;

    private final Path folder;
    private final SecureRandom random;
    private final int iterations;

    AdministratorFile(final Path folder, final SecureRandom random, final int iterations) {
        this.folder = folder;
        this.random = random;
        this.iterations = iterations;
    }

    /** File that holds the first password until it was used. */
    Path passwordFile() {
        return folder.resolve(PASSWORD);
    }

    /**
     * Reads the account, or makes one with a password that nobody has seen yet.
     *
     * @throws IOException where the file cannot be read, understood or made; nobody can log in then
     */
    PasswordHash open() throws IOException {
        final Path file = folder.resolve(ACCOUNT);
        return Files.exists(file) ? read(file) : make(file);
    }

    /** The first password was used: its plain text goes. */
    void forgetPassword() throws IOException {
        Files.deleteIfExists(passwordFile());
    }

    private static PasswordHash read(final Path file) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            final JsonObject json = reader.readObject();
            final HexFormat hex = HexFormat.of();
            return new PasswordHash(hex.parseHex(json.getString("salt")), json.getInt("iterations"),
                    hex.parseHex(json.getString("hash")));
        } catch (final RuntimeException e) {
            throw new IOException(file + " does not hold an account (" + e.getMessage()
                    + "). Delete it and restart the gateway: a new password is made then", e);
        }
    }

    private PasswordHash make(final Path file) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        final String password = password();
        final PasswordHash hash = PasswordHash.of(password.toCharArray(), iterations, random);
        final HexFormat hex = HexFormat.of();
        // The password first: an account whose password nobody can know would lock everyone out.
        write(passwordFile(), password + '\n');
        write(file, Json.createObjectBuilder()
                .add("user", USER)
                .add("salt", hex.formatHex(hash.salt()))
                .add("iterations", hash.iterations())
                .add("hash", hex.formatHex(hash.hash()))
                .build() + "\n");
        return hash;
    }

    private String password() {
        final StringBuilder password = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            if (group > 0) {
                password.append('-');
            }
            for (int letter = 0; letter < GROUP_LETTERS; letter++) {
                password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return password.toString();
    }

    private static void write(final Path file, final String text) throws IOException {
        final Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(next, text, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
