/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import static io.amarena.launcher.PlanSamples.DIGEST;
import static io.amarena.launcher.PlanSamples.ID;
import static io.amarena.launcher.PlanSamples.LOCATION;
import static io.amarena.launcher.PlanSamples.MODIFIED;
import static io.amarena.launcher.PlanSamples.NAME;
import static io.amarena.launcher.PlanSamples.cached;
import static io.amarena.launcher.PlanSamples.decided;
import static io.amarena.launcher.PlanSamples.left;
import static io.amarena.launcher.PlanSamples.plan;
import static io.amarena.launcher.PlanSamples.uploaded;
import static io.amarena.launcher.PlanSamples.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.launcher.AdministratorLedger.Decision;
import io.amarena.launcher.AdministratorLedger.Kind;
import io.amarena.launcher.InstallPlan.Install;
import io.amarena.launcher.InstallPlan.Keep;
import io.amarena.launcher.InstallPlan.Uninstall;
import io.amarena.launcher.InstallPlan.Update;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class InstallPlanTest {

    private static final AdministratorLedger NOBODY = AdministratorLedger.EMPTY;

    @Test
    void a_bundle_that_the_cache_lacks_is_installed_and_started() {
        final RepositoryBundle wanted = wanted("1.0.0", DIGEST);

        assertEquals(List.of(new Install(wanted, true)),
                plan(wanted, List.of(), InstalledLedger.EMPTY, NOBODY).steps());
    }

    @Test
    void a_fragment_is_installed_and_never_started() {
        final RepositoryBundle fragment = wanted(NAME, "1.0.0", DIGEST, true);

        assertEquals(List.of(new Install(fragment, false)),
                plan(fragment, List.of(), InstalledLedger.EMPTY, NOBODY).steps());
    }

    @Test
    void the_same_content_is_left_alone() {
        final RepositoryBundle wanted = wanted("1.0.0", DIGEST);
        final CachedBundle here = cached("1.0.0", MODIFIED, true);

        final InstallPlan plan = plan(wanted, List.of(here), left("1.0.0", DIGEST), NOBODY);

        assertEquals(List.of(new Keep(here, wanted, true, true)), plan.steps());
        assertTrue(plan.notes().isEmpty());
    }

    @Test
    void a_higher_version_is_raised() {
        final RepositoryBundle wanted = wanted("1.1.0", "bb");
        final CachedBundle here = cached("1.0.0", MODIFIED, true);

        assertEquals(List.of(new Update(here, wanted, true)),
                plan(wanted, List.of(here), left("1.0.0", DIGEST), NOBODY).steps());
    }

    @Test
    void a_rebuilt_snapshot_of_the_same_version_reaches_the_cache() {
        final RepositoryBundle wanted = wanted("1.0.0.SNAPSHOT", "bb");
        final CachedBundle here = cached("1.0.0.SNAPSHOT", MODIFIED, true);

        assertEquals(List.of(new Update(here, wanted, true)),
                plan(wanted, List.of(here), left("1.0.0.SNAPSHOT", DIGEST), NOBODY).steps());
    }

    @Test
    void a_lower_version_is_not_installed_over_a_higher_one_and_that_is_told() {
        final RepositoryBundle wanted = wanted("1.0.0", "bb");
        final CachedBundle here = cached("1.1.0", MODIFIED, true);

        final InstallPlan plan = plan(wanted, List.of(here), left("1.1.0", DIGEST), NOBODY);

        assertEquals(List.of(new Keep(here, wanted, true, true)), plan.steps());
        assertTrue(plan.notes().get(0).contains("engine 1.1.0 stays"), plan.notes().toString());
    }

    @Test
    void a_cached_bundle_without_a_record_is_brought_to_the_feature_unless_it_is_newer() {
        final RepositoryBundle wanted = wanted("1.0.0", DIGEST);
        final CachedBundle same = cached("1.0.0", MODIFIED, true);
        final CachedBundle newer = cached("2.0.0", MODIFIED, true);

        assertEquals(List.of(new Update(same, wanted, true)),
                plan(wanted, List.of(same), InstalledLedger.EMPTY, NOBODY).steps());
        assertEquals(List.of(new Keep(newer, wanted, true, true)),
                plan(wanted, List.of(newer), InstalledLedger.EMPTY, NOBODY).steps());
    }

    @Test
    void what_an_administrator_removed_is_not_installed_again_not_even_in_a_higher_version() {
        final InstallPlan plan = plan(wanted("9.0.0", "bb"), List.of(), InstalledLedger.EMPTY,
                decided(Decision.of(Kind.REMOVED)));

        assertTrue(plan.steps().isEmpty());
        assertTrue(plan.administrator().says(NAME, Kind.REMOVED));
        assertTrue(plan.notes().get(0).contains("an administrator removed it"), plan.notes().toString());
    }

    @Test
    void what_an_administrator_stopped_is_raised_and_stays_stopped() {
        final RepositoryBundle wanted = wanted("1.1.0", "bb");
        final CachedBundle here = cached("1.0.0", MODIFIED, false);

        assertEquals(List.of(new Update(here, wanted, false)),
                plan(wanted, List.of(here), left("1.0.0", DIGEST), decided(Decision.of(Kind.STOPPED))).steps());
    }

    @Test
    void what_an_administrator_holds_is_not_touched() {
        final RepositoryBundle wanted = wanted("1.1.0", "bb");
        final CachedBundle here = cached("1.0.0", MODIFIED, true);

        assertEquals(List.of(new Keep(here, wanted, false, false)),
                plan(wanted, List.of(here), left("1.0.0", DIGEST), decided(Decision.of(Kind.HELD))).steps());
    }

    @Test
    void a_replacement_stays_while_the_feature_brings_what_it_replaced() {
        final RepositoryBundle wanted = wanted("1.0.0", DIGEST);
        final CachedBundle older = cached("0.9.0", 2000, true);

        final InstallPlan plan = plan(wanted, List.of(older), left("1.0.0", DIGEST),
                decided(Decision.replaced(new Version("0.9.0"), new Version("1.0.0"))));

        assertEquals(List.of(new Keep(older, wanted, false, false)), plan.steps());
        assertTrue(plan.notes().get(0).contains("administrator.json"), plan.notes().toString());
    }

    @Test
    void a_replacement_gives_way_to_a_version_higher_than_both() {
        final RepositoryBundle wanted = wanted("1.1.0", "bb");
        final CachedBundle older = cached("0.9.0", 2000, true);

        final InstallPlan plan = plan(wanted, List.of(older), left("1.0.0", DIGEST),
                decided(Decision.replaced(new Version("0.9.0"), new Version("1.0.0"))));

        assertEquals(List.of(new Update(older, wanted, true)), plan.steps());
        assertFalse(plan.administrator().says(NAME, Kind.REPLACED));
        assertTrue(plan.notes().get(0).contains("gives way"), plan.notes().toString());
    }

    @Test
    void a_replacement_higher_than_the_feature_stays() {
        final RepositoryBundle wanted = wanted("1.1.0", "bb");
        final CachedBundle newer = cached("1.2.0", 2000, true);

        assertEquals(List.of(new Keep(newer, wanted, false, false)), plan(wanted, List.of(newer),
                left("1.0.0", DIGEST), decided(Decision.replaced(new Version("1.2.0"), new Version("1.0.0"))))
                        .steps());
    }

    @Test
    void a_replacement_under_another_location_is_recognised_by_its_name() {
        final RepositoryBundle wanted = wanted("1.0.0", DIGEST);
        final CachedBundle uploaded = uploaded("1.0.1");

        assertEquals(List.of(new Keep(uploaded, wanted, false, false)), plan(wanted, List.of(uploaded),
                left("1.0.0", DIGEST), decided(Decision.replaced(new Version("1.0.1"), new Version("1.0.0"))))
                        .steps());
    }

    @Test
    void a_replacement_whose_entry_was_deleted_goes_back_to_the_feature_even_to_a_lower_version() {
        final RepositoryBundle wanted = wanted("1.0.0", DIGEST);
        final CachedBundle newer = cached("1.2.0", MODIFIED, true);

        assertEquals(List.of(new Update(newer, wanted, true)),
                plan(wanted, List.of(newer), left("1.2.0", ""), NOBODY).steps());
    }

    @Test
    void a_bundle_that_a_bundle_of_the_same_name_was_installed_beside_is_still_ours() {
        final RepositoryBundle wanted = wanted("1.0.0", DIGEST);
        final CachedBundle here = cached("1.0.0", MODIFIED, true);

        assertEquals(List.of(new Keep(here, wanted, true, true)),
                plan(wanted, List.of(here, uploaded("2.0.0")), left("1.0.0", DIGEST), NOBODY).steps());
    }

    @Test
    void what_no_feature_lists_any_more_is_uninstalled_but_only_if_the_launcher_put_it_there() {
        final CachedBundle here = cached("1.0.0", MODIFIED, true);
        final CachedBundle foreign = new CachedBundle(9, "inputstream:tool.jar", "tool", new Version("1.0.0"), 1, true);

        assertEquals(List.of(new Uninstall(here)),
                InstallPlan.of(List.of(), List.of(here, foreign), left("1.0.0", DIGEST), NOBODY).steps());
        assertEquals(List.of(), InstallPlan.of(List.of(), List.of(here), left("1.0.0", DIGEST),
                decided(Decision.replaced(new Version("1.0.0"), new Version("0.9.0")))).steps());
    }

    @Test
    void steps_come_in_the_order_of_the_features() {
        final RepositoryBundle first = wanted("first", "1.0.0", "cc", false);
        final RepositoryBundle second = wanted("1.0.0", DIGEST);

        assertEquals(List.of(new Install(first, true), new Install(second, true)), InstallPlan.of(
                List.of(first, second), List.of(), new InstalledLedger(Map.of(NAME,
                        new InstalledLedger.Entry(ID, LOCATION, "1.0.0", DIGEST, MODIFIED, true))), NOBODY).steps());
    }
}
