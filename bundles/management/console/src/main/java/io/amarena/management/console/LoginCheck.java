/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decides whether credentials are the administrator's. Those that were right once are recognised quickly, because a
 * browser sends them with every picture of a page; all others cost a slow hash, one at a time, and are throttled by
 * address. Thread-safe.
 */
final class LoginCheck {

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final PasswordHash hash;
    private final LoginThrottle throttle;
    private final byte[] key = new byte[KEY_BYTES];
    private volatile byte[] known;

    /** What became of an attempt. */
    enum Answer {
        /** The administrator. */
        WELCOME,
        /** Not the administrator, or no credentials at all. */
        WRONG,
        /** Not even looked at, because of the attempts before. */
        TOO_MANY
    }

    LoginCheck(final PasswordHash hash, final LoginThrottle throttle, final SecureRandom random) {
        this.hash = hash;
        this.throttle = throttle;
        random.nextBytes(key);
    }

    Answer check(final Optional<BasicCredentials> credentials, final String address) {
        if (credentials.isEmpty()) {
            return Answer.WRONG;
        }
        final byte[] fingerprint = fingerprint(credentials.get());
        final byte[] right = known;
        if (right != null && MessageDigest.isEqual(right, fingerprint)) {
            return Answer.WELCOME;
        }
        return slowly(credentials.get(), fingerprint, address);
    }

    private synchronized Answer slowly(final BasicCredentials credentials, final byte[] fingerprint,
            final String address) {
        if (!wait(address).isZero()) {
            return Answer.TOO_MANY;
        }
        // The hash is computed for wrong names too, so that the time of the answer does not tell names.
        final boolean password = hash.matches(credentials.password().toCharArray());
        if (password && credentials.user().equals(AdministratorFile.USER)) {
            known = fingerprint;
            throttle.succeeded(address);
            return Answer.WELCOME;
        }
        throttle.failed(address);
        return Answer.WRONG;
    }

    /** How long an address has to wait before its next attempt is looked at. */
    Duration wait(final String address) {
        return throttle.wait(address);
    }

    private byte[] fingerprint(final BasicCredentials credentials) {
        try {
            final Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            mac.update(credentials.user().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(credentials.password().getBytes(StandardCharsets.UTF_8));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + MAC, e);
        }
    }
}
