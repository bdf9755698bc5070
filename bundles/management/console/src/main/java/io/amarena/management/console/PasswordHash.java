/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA-512 (RFC 8018), salted. Immutable; checking takes a good tenth of a
 * second on purpose.
 */
final class PasswordHash {

    static final int ITERATIONS = 210_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int MAX_ITERATIONS = 10_000_000;

    private final byte[] salt;
    private final int iterations;
    private final byte[] hash;

    /** Throws {@link IllegalArgumentException} where the values cannot have been made by {@link #of}. */
    PasswordHash(final byte[] salt, final int iterations, final byte[] hash) {
        if (salt.length < SALT_BYTES || hash.length < HASH_BITS / Byte.SIZE || iterations < 1
                || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("Not the hash of a password: " + salt.length + " bytes of salt, "
                    + iterations + " iterations, " + hash.length + " bytes of hash");
        }
        this.salt = salt.clone();
        this.iterations = iterations;
        this.hash = hash.clone();
    }

    static PasswordHash of(final char[] password, final int iterations, final SecureRandom random) {
        final byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(salt, iterations, derive(password, salt, iterations, HASH_BITS));
    }

    boolean matches(final char[] password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations, hash.length * Byte.SIZE));
    }

    byte[] salt() {
        return salt.clone();
    }

    int iterations() {
        return iterations;
    }

    byte[] hash() {
        return hash.clone();
    }

    private static byte[] derive(final char[] password, final byte[] salt, final int iterations, final int bits) {
        final PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, bits);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
            Arrays.fill(password, '\0');
        }
    }
}
