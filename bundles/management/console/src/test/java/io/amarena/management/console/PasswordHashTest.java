/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void only_the_same_password_matches() {
        final PasswordHash hash = PasswordHash.of("plum-tree".toCharArray(), 1000, RANDOM);

        assertTrue(hash.matches("plum-tree".toCharArray()));
        assertFalse(hash.matches("plum-Tree".toCharArray()));
        assertFalse(hash.matches(new char[0]));
    }

    @Test
    void the_same_password_hashes_differently_each_time() {
        final HexFormat hex = HexFormat.of();

        assertNotEquals(hex.formatHex(PasswordHash.of("a".toCharArray(), 1000, RANDOM).hash()),
                hex.formatHex(PasswordHash.of("a".toCharArray(), 1000, RANDOM).hash()));
    }

    @Test
    void the_password_is_wiped_after_use() {
        final char[] password = "plum-tree".toCharArray();
        PasswordHash.of(password, 1000, RANDOM);

        assertArrayEquals(new char[9], password);
    }

    @Test
    void what_cannot_be_a_hash_is_refused() {
        final byte[] enough = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

        assertThrows(IllegalArgumentException.class, () -> new PasswordHash(new byte[0], 1000, enough));
        assertThrows(IllegalArgumentException.class, () -> new PasswordHash(enough, 0, enough));
        assertThrows(IllegalArgumentException.class, () -> new PasswordHash(enough, Integer.MAX_VALUE, enough));
        assertThrows(IllegalArgumentException.class, () -> new PasswordHash(enough, 1000, new byte[4]));
    }
}
