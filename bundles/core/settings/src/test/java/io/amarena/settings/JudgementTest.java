/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.settings.SettingsProblem;
import io.amarena.api.settings.SettingsValidator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgementTest {

    private static final Pid ONE = Pid.of("a.factory~one").orElseThrow();
    private static final Pid TWO = Pid.of("a.factory~two").orElseThrow();

    @TempDir
    private Path secrets;

    /** Ports must differ, and none may be 13. */
    private final SettingsValidator ports = configurations -> {
        final List<SettingsProblem> problems = new ArrayList<>();
        final Map<Object, String> taken = new HashMap<>();
        configurations.forEach((pid, values) -> {
            final Object port = values.get("port");
            if (Integer.valueOf(13).equals(port)) {
                problems.add(new SettingsProblem(pid, "port", "must not be 13"));
            }
            final String other = taken.putIfAbsent(port, pid);
            if (other != null) {
                problems.add(new SettingsProblem(pid, "port", "is that of " + other));
            }
        });
        return problems;
    };

    @Test
    void a_change_that_is_refused_leaves_what_was_in_force() {
        final Judgement.Verdict verdict = judge(Map.of(ONE, force(1)), Map.of(ONE, change(13)));
        assertEquals(1, verdict.inForce().get(ONE).values().get("port"));
        assertEquals("must not be 13", verdict.refused().get(ONE).get(0).message());
    }

    @Test
    void settings_are_judged_as_a_whole_and_only_the_change_is_refused() {
        final Judgement.Verdict verdict = judge(Map.of(ONE, force(1)), Map.of(TWO, change(1)));
        assertEquals(Set.of(ONE), verdict.inForce().keySet());
        assertTrue(verdict.refused().containsKey(TWO));
        assertFalse(verdict.refused().containsKey(ONE));
    }

    @Test
    void a_good_change_takes_effect_beside_a_bad_one() {
        final Judgement.Verdict verdict = judge(Map.of(ONE, force(1), TWO, force(2)),
                Map.of(ONE, change(5), TWO, change(13)));
        assertEquals(5, verdict.inForce().get(ONE).values().get("port"));
        assertEquals(2, verdict.inForce().get(TWO).values().get("port"));
    }

    @Test
    void a_deleted_configuration_goes() {
        assertTrue(judge(Map.of(ONE, force(1)), Map.of(ONE, Optional.empty())).inForce().isEmpty());
    }

    @Test
    void a_placeholder_that_cannot_be_filled_is_refused_and_one_that_can_is_not() throws Exception {
        final Optional<SettingValues> secret = Optional.of(SettingValues.of(Map.of("password", "$[secret:broker]")));
        final Judgement.Verdict without = judge(Map.of(), Map.of(ONE, secret));
        assertTrue(without.refused().get(ONE).get(0).message().contains("broker"), without.refused().toString());
        Files.writeString(secrets.resolve("broker"), "hidden");
        assertTrue(judge(Map.of(), Map.of(ONE, secret)).refused().isEmpty());
    }

    private Judgement.Verdict judge(final Map<Pid, InForce> before, final Map<Pid, Optional<SettingValues>> changes) {
        final Placeholders placeholders = new Placeholders(name -> null, name -> null, List.of(secrets));
        return Judgement.judge(before, changes, new Checks(Map.of(), placeholders,
                List.of(new Checks.Validation(Set.of("a.factory"), ports))));
    }

    private static InForce force(final int port) {
        return new InForce(SettingValues.of(Map.of("port", port)), true, true);
    }

    private static Optional<SettingValues> change(final int port) {
        return Optional.of(SettingValues.of(Map.of("port", port)));
    }
}
