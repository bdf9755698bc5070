/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.api.backend.Backend;
import io.amarena.api.backend.Device;
import io.amarena.api.backend.DeviceKind;
import io.amarena.api.model.ModelId;
import io.amarena.engine.deployment.Ingredients;
import io.amarena.engine.pipeline.Budget;
import io.amarena.engine.supply.Supply;
import io.amarena.engine.version.LanePolicy;
import io.amarena.engine.version.LanePolicy.Build;
import io.amarena.engine.version.LanePolicy.Commit;
import io.amarena.engine.version.LanePolicy.Refusal;
import io.amarena.engine.version.LanePolicy.Return;
import io.amarena.engine.version.LanePolicy.RollBack;
import io.amarena.engine.version.LanePolicy.Step;
import io.amarena.engine.version.LanePolicy.Trial;
import io.amarena.engine.version.LanePolicy.Verdict;
import io.amarena.engine.version.LanePolicy.Wait;
import io.amarena.engine.version.LanePolicy.Withdraw;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

class LanePolicyTest {

    private static final long GRACE = 30_000;
    private static final long NOW = 100_000;
    private static final Step REST = new Wait("", Long.MAX_VALUE);

    private final Supply<Backend> backend = supply();
    private final Ingredients one = of("1.0.0", supply());
    private final Ingredients two = of("1.1.0", supply());
    private final Ingredients three = of("1.2.0", supply());

    // The situation, changed by each test.
    private List<Ingredients> candidates = List.of();
    private final Map<Ingredients, Refusal> refusals = new HashMap<>();
    private Ingredients serving;
    private String lost = "";
    private Trial trial;
    private Ingredients committed;
    private boolean building;
    private long without;

    private static <T> Supply<T> supply() {
        return new Supply<>("a bundle", Version.emptyVersion, 0, 1, Map.of(), () -> null, () -> { }, () -> { });
    }

    private Ingredients of(final String version, final Supply<io.amarena.api.stage.PreprocessorFactory> stage) {
        return new Ingredients(TestModel.adding(version, 1), backend, Device.of("cpu", DeviceKind.CPU), stage, supply(),
                List.of(), Optional.empty(), OptionalDouble.empty(), 1, 1, new Budget(0, 0));
    }

    /** The same version with another preprocessor. */
    private Ingredients restaged(final Ingredients like) {
        return new Ingredients(like.model(), backend, like.device(), supply(), like.postprocessor(), List.of(),
                Optional.empty(), OptionalDouble.empty(), 1, 1, new Budget(0, 0));
    }

    private Step decide() {
        return LanePolicy.decide(new LanePolicy.Situation(candidates, "install one", refusals,
                Optional.ofNullable(serving), lost, Optional.ofNullable(trial),
                Optional.ofNullable(committed).map(Ingredients::digest), building, without, GRACE, NOW));
    }

    private void onTrial(final Verdict verdict) {
        candidates = List.of(two, one);
        serving = two;
        committed = one;
        trial = new Trial(one, verdict, verdict == Verdict.WORSE ? "frames failed" : "");
    }

    @Test
    void nothing_there_is_waited_for_with_the_reason() {
        assertEquals(new Wait("install one", Long.MAX_VALUE), decide());
    }

    @Test
    void the_highest_version_is_built_first_on_a_new_gateway() {
        candidates = List.of(two, one);
        assertEquals(new Build(two), decide());
    }

    @Test
    void after_a_restart_the_committed_version_is_built_first_and_the_newer_one_then() {
        candidates = List.of(two, one);
        committed = one;
        assertEquals(new Build(one), decide());
        serving = one;
        assertEquals(new Build(two), decide());
    }

    @Test
    void a_committed_version_that_is_refused_does_not_hold_up_the_others() {
        candidates = List.of(two, one);
        committed = one;
        refusals.put(one, new Refusal("no memory", 1, Long.MAX_VALUE));
        assertEquals(new Build(two), decide());
    }

    @Test
    void what_is_best_and_serves_is_left_alone_and_so_is_a_building_site() {
        candidates = List.of(two, one);
        serving = two;
        assertEquals(REST, decide());
        serving = one;
        building = true;
        assertEquals(REST, decide());
    }

    @Test
    void a_refused_update_leaves_what_serves_and_is_tried_again_when_that_may_help() {
        candidates = List.of(two, one);
        serving = one;
        committed = one;
        refusals.put(two, new Refusal("golden sample differs", 1, Long.MAX_VALUE));
        assertEquals(REST, decide());
        refusals.put(two, new Refusal("the backend went away", 1, NOW + 500));
        assertEquals(new Wait("", 501), decide());
        refusals.put(two, new Refusal("the backend went away", 1, NOW));
        assertEquals(new Build(two), decide());
    }

    @Test
    void a_stage_that_fails_with_the_serving_version_brings_no_lower_version_up() {
        final Ingredients next = restaged(two);
        candidates = List.of(next, one);
        serving = two;
        refusals.put(next, new Refusal("the factory throws", 1, Long.MAX_VALUE));
        assertEquals(REST, decide());
    }

    @Test
    void everything_refused_tells_the_first_reason() {
        candidates = List.of(two, one);
        refusals.put(two, new Refusal("no golden sample", 1, Long.MAX_VALUE));
        refusals.put(one, new Refusal("no memory", 1, NOW + 10));
        assertEquals(new Wait("no golden sample", 11), decide());
    }

    @Test
    void what_serves_goes_on_for_its_grace_when_everything_has_left() {
        serving = one;
        without = 1_000;
        assertEquals(new Wait("install one", GRACE - 1_000), decide());
        without = GRACE;
        assertEquals(new Withdraw("install one"), decide());
    }

    @Test
    void a_lost_session_is_withdrawn() {
        candidates = List.of(one);
        serving = one;
        lost = "the device has left";
        assertEquals(new Withdraw("the device has left"), decide());
    }

    @Test
    void an_open_trial_goes_on() {
        onTrial(Verdict.OPEN);
        assertEquals(REST, decide());
    }

    @Test
    void a_passed_trial_is_committed_even_while_the_next_version_is_being_built() {
        onTrial(Verdict.PASSED);
        building = true;
        assertEquals(new Commit(), decide());
    }

    @Test
    void a_trial_that_does_worse_or_loses_its_session_is_rolled_back_whatever_else_happens() {
        onTrial(Verdict.WORSE);
        candidates = List.of(three, two, one);
        building = true;
        assertEquals(new RollBack("frames failed"), decide());
        onTrial(Verdict.OPEN);
        lost = "the session was lost";
        assertEquals(new RollBack("the session was lost"), decide());
    }

    @Test
    void a_session_that_is_lost_because_its_device_has_left_is_not_held_against_the_version() {
        onTrial(Verdict.OPEN);
        candidates = List.of(one);
        lost = "the session was lost";
        assertEquals(new Return(), decide());
    }

    @Test
    void a_version_that_leaves_during_its_trial_is_swapped_back_without_a_verdict() {
        onTrial(Verdict.OPEN);
        candidates = List.of(one);
        assertEquals(new Return(), decide());
        candidates = List.of();
        assertEquals(new Return(), decide());
    }

    @Test
    void a_further_version_is_built_during_a_trial() {
        onTrial(Verdict.OPEN);
        candidates = List.of(three, two, one);
        assertEquals(new Build(three), decide());
    }

    @ParameterizedTest
    @CsvSource({
        // next, serving, on trial, denied; must it prove itself, when one and two served for good before?
        "three, two,   false, none,  true",
        "three, three, false, none,  false",
        "three, three, true,  none,  true",
        "four,  three, true,  none,  true",
        "one,   two,   false, none,  false",
        "one,   three, true,  none,  false",
        "three, two,   false, two,   false",
    })
    void a_version_proves_itself_unless_it_did_before_or_nothing_can_be_returned_to(final String next,
            final String serving, final boolean trial, final String denied, final boolean must) {
        assertEquals(must, LanePolicy.mustProveItself(next, serving, trial, Set.of(denied),
                List.of(new ModelId("adder", "2.0.0", "two"), new ModelId("adder", "1.0.0", "one"))));
    }

    @Test
    void when_what_serves_is_denied_the_committed_version_comes_before_newer_ones() {
        candidates = List.of(three, one);
        serving = two;
        committed = one;
        assertEquals(new Build(one), decide());
    }
}
