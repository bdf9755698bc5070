/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import static io.amarena.launcher.PlanSamples.DIGEST;
import static io.amarena.launcher.PlanSamples.ID;
import static io.amarena.launcher.PlanSamples.MODIFIED;
import static io.amarena.launcher.PlanSamples.NAME;
import static io.amarena.launcher.PlanSamples.cached;
import static io.amarena.launcher.PlanSamples.decided;
import static io.amarena.launcher.PlanSamples.left;
import static io.amarena.launcher.PlanSamples.uploaded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.launcher.AdministratorLedger.Decision;
import io.amarena.launcher.AdministratorLedger.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class AdministratorActsTest {

    private static final AdministratorLedger NOBODY = AdministratorLedger.EMPTY;
    private static final Function<CachedBundle, String> ANOTHER_JAR = cached -> "another";
    private static final LongPredicate WHOLE = number -> false;
    private static final LongPredicate LOST = number -> number == ID;

    private static AdministratorLedger seen(final AdministratorLedger before, final LongPredicate lost,
            final CachedBundle... cached) {
        return AdministratorActs.seen(before, left("1.0.0", DIGEST), List.of(cached), lost, List.of(), ANOTHER_JAR);
    }

    @Test
    void nothing_happened_when_the_cache_is_as_the_launcher_left_it() {
        assertEquals(NOBODY, seen(NOBODY, WHOLE, cached("1.0.0", MODIFIED, true)));
    }

    @Test
    void a_missing_bundle_was_removed() {
        assertTrue(seen(NOBODY, WHOLE).says(NAME, Kind.REMOVED));
    }

    @Test
    void a_held_bundle_that_is_missing_was_removed_too() {
        assertTrue(seen(decided(Decision.of(Kind.HELD)), WHOLE).says(NAME, Kind.REMOVED));
    }

    @Test
    void a_bundle_that_the_cache_lost_was_not_removed() {
        assertEquals(NOBODY, seen(NOBODY, LOST));
    }

    @Test
    void a_replacement_that_the_cache_lost_is_forgotten() {
        assertEquals(NOBODY, seen(decided(Decision.replaced(new Version("1.0.1"), new Version("1.0.0"))), LOST));
    }

    @Test
    void a_bundle_with_another_version_was_replaced() {
        assertEquals(Decision.replaced(new Version("0.9.0"), new Version("1.0.0")),
                seen(NOBODY, WHOLE, cached("0.9.0", 2000, true)).about(NAME).orElseThrow());
    }

    @Test
    void a_bundle_updated_with_the_same_version_was_replaced() {
        assertTrue(seen(NOBODY, WHOLE, cached("1.0.0", 2000, true)).says(NAME, Kind.REPLACED));
    }

    @Test
    void a_bundle_of_the_same_name_in_place_of_a_removed_one_is_a_replacement() {
        assertEquals(Decision.replaced(new Version("1.0.1"), new Version("1.0.0")),
                seen(NOBODY, WHOLE, uploaded("1.0.1")).about(NAME).orElseThrow());
    }

    @Test
    void a_second_replacement_remembers_what_the_first_one_replaced() {
        final AdministratorLedger before =
                decided(Decision.replaced(new Version("1.0.0"), new Version("0.5.0")));

        assertEquals(Decision.replaced(new Version("1.2.0"), new Version("0.5.0")),
                seen(before, WHOLE, cached("1.2.0", 2000, true)).about(NAME).orElseThrow());
    }

    @Test
    void a_bundle_that_does_not_start_with_the_framework_any_more_was_stopped() {
        assertTrue(seen(NOBODY, WHOLE, cached("1.0.0", MODIFIED, false)).says(NAME, Kind.STOPPED));
    }

    @Test
    void a_stopped_bundle_that_was_started_again_is_ours_again() {
        assertEquals(NOBODY, seen(decided(Decision.of(Kind.STOPPED)), WHOLE, cached("1.0.0", MODIFIED, true)));
    }

    @Test
    void a_removed_bundle_that_was_installed_again_is_a_replacement() {
        final AdministratorLedger ledger = AdministratorActs.seen(decided(Decision.of(Kind.REMOVED)),
                new InstalledLedger(Map.of()), List.of(uploaded("1.0.0")), WHOLE, List.of(), ANOTHER_JAR);

        assertTrue(ledger.says(NAME, Kind.REPLACED));
    }

    @Test
    void ledgers_survive_their_json() {
        final AdministratorLedger ledger = decided(Decision.replaced(new Version("1.0.1"), new Version("1.0.0")))
                .with("other", Decision.of(Kind.STOPPED));

        assertEquals(ledger, AdministratorLedger.fromJson(ledger.toJson()));
        assertEquals(left("1.0.0", DIGEST), InstalledLedger.fromJson(left("1.0.0", DIGEST).toJson()));
    }
}
