/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.amarena.management.console.LoginCheck.Answer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginCheckTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private long now;
    private final LoginCheck login = new LoginCheck(PasswordHash.of("plum-tree".toCharArray(), 1000, RANDOM),
            new LoginThrottle(() -> now), RANDOM);

    private Answer attempt(final String user, final String password) {
        return login.check(Optional.of(new BasicCredentials(user, password)), "a");
    }

    @Test
    void the_administrator_gets_in() {
        assertEquals(Answer.WELCOME, attempt("admin", "plum-tree"));
        assertEquals(Answer.WELCOME, attempt("admin", "plum-tree"));
    }

    @Test
    void nobody_else_does() {
        assertEquals(Answer.WRONG, attempt("admin", "admin"));
        assertEquals(Answer.WRONG, attempt("root", "plum-tree"));
        assertEquals(Answer.WRONG, attempt("", ""));
        assertEquals(Answer.WRONG, login.check(Optional.empty(), "a"));
    }

    @Test
    void a_request_without_credentials_is_no_failed_attempt() {
        for (int time = 0; time < 20; time++) {
            login.check(Optional.empty(), "a");
        }

        assertEquals(Answer.WELCOME, attempt("admin", "plum-tree"));
    }

    @Test
    void guessing_is_slowed_down_and_the_right_password_has_to_wait_too() {
        for (int time = 0; time < 5; time++) {
            assertEquals(Answer.WRONG, attempt("admin", "guess-" + time));
        }

        assertEquals(Answer.TOO_MANY, attempt("admin", "plum-tree"));
        now += Duration.ofSeconds(1).toNanos();
        assertEquals(Answer.WELCOME, attempt("admin", "plum-tree"));
    }

    @Test
    void an_administrator_who_is_in_stays_in_while_others_guess_from_his_address() {
        attempt("admin", "plum-tree");
        for (int time = 0; time < 10; time++) {
            attempt("admin", "guess-" + time);
        }

        assertEquals(Answer.TOO_MANY, attempt("admin", "guess"));
        assertEquals(Answer.WELCOME, attempt("admin", "plum-tree"));
    }

    @Test
    void credentials_are_read_from_the_header() {
        final String header = "basic " + Base64.getEncoder()
                .encodeToString("admin:a:b \u00e4".getBytes(StandardCharsets.UTF_8));

        assertEquals(Optional.of(new BasicCredentials("admin", "a:b \u00e4")), BasicCredentials.of(header));
        assertFalse(BasicCredentials.of(header).orElseThrow().toString().contains("a:b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Bearer YWRtaW46eA==", "Basic YWRtaW4="})
    void other_headers_hold_no_credentials(final String header) {
        assertEquals(Optional.empty(), BasicCredentials.of(header));
        assertEquals(Optional.empty(), BasicCredentials.of(null));
        assertEquals(Optional.empty(), BasicCredentials.of("Basic " + "A".repeat(1 << 20)));
    }
}
