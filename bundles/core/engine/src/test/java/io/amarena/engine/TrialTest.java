/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.DeploymentView.State;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.manage.RefusedCommandException;
import io.amarena.api.publish.PipelineEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New versions on trial: with the real engine, the real journal, and a backend with faults. */
class TrialTest {

    private static final EngineSettings SETTINGS = new EngineSettings("test", 2, 1 << 20, 1_000_000, 15_000, 60_000,
            2_000);
    private static final TestModel ONE = TestModel.adding("1.0.0", 1);
    private static final TestModel TWO = TestModel.adding("1.1.0", 2);
    private static final TestModel THREE = TestModel.adding("1.2.0", 3);

    @TempDir
    private Path data;
    private TestGateway gateway;
    private TestPublisher results;

    private TestGateway start() {
        gateway = new TestGateway(SETTINGS, data);
        results = gateway.installPublisher("results");
        return gateway;
    }

    @AfterEach
    void everything_is_given_back() throws Exception {
        gateway.close();
        assertEquals(0, gateway.backend.closedInUse.get(), "a session was closed or used while it should not");
        assertEquals(gateway.backend.opened.get(), gateway.backend.closed.get(), "every session is closed once");
        assertEquals(0, gateway.bytes.open.get(), "every preprocessor is closed");
    }

    private void line(final int trialSeconds) throws Exception {
        gateway.pipeline("line", "trialSeconds", trialSeconds);
    }

    private void frames(final int count) throws Exception {
        for (int i = 0; i < count; i++) {
            gateway.mustTake("files", i % 50);
        }
    }

    private List<DeploymentView> deployments(final State state) {
        return gateway.views().deployments().stream().filter(view -> view.state() == state).toList();
    }

    private void awaitState(final State state, final String version) throws InterruptedException {
        gateway.await(version + " is " + state, () -> deployments(state).stream()
                .anyMatch(view -> view.version().equals(version)));
    }

    private List<String> history() {
        return gateway.views().history().stream().map(view -> view.event() + " " + view.version()).toList();
    }

    @Test
    void the_first_version_serves_for_good_and_an_update_is_on_trial_first() throws Exception {
        start().install(ONE);
        line(1);
        gateway.awaitServing("line", "1.0.0");
        assertEquals(List.of("COMMITTED 1.0.0"), history());
        gateway.install(TWO);
        awaitState(State.TRIAL, "1.1.0");
        assertEquals("1.0.0", deployments(State.TRIAL).get(0).trial().orElseThrow().fallback());
        assertEquals(0, gateway.backend.closed.get(), "the version before stays warm");
        awaitState(State.SERVING, "1.1.0");
        assertEquals(List.of("COMMITTED 1.0.0", "TRIAL_BEGUN 1.1.0", "COMMITTED 1.1.0"), history());
        gateway.await("the version before is closed", () -> gateway.backend.closed.get() == 1);
        gateway.await("publishers hear of it", () -> results.events.stream().anyMatch(event ->
                event.kind() == PipelineEvent.Kind.CHANGED && event.message().contains("serves for good")));
    }

    @Test
    void a_version_that_fails_on_frames_that_the_one_before_could_do_goes_back_in_one_step() throws Exception {
        start().install(ONE);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        frames(300);
        gateway.install(TWO);
        awaitState(State.TRIAL, "1.1.0");
        gateway.backend.failingOffset = 2;
        gateway.backend.failEvery = 5;
        frames(300);
        awaitState(State.ROLLED_BACK, "1.1.0");
        gateway.awaitServing("line", "1.0.0");
        final DeploymentView back = deployments(State.ROLLED_BACK).get(0);
        assertTrue(back.reason().contains("frames failed"), back.reason());
        assertEquals(2, gateway.backend.opened.get(), "the warm version serves again; nothing was loaded anew");
        gateway.await("publishers hear why", () -> results.events.stream().anyMatch(event ->
                event.message().contains("1.1.0 was rolled back")));
        assertEquals(List.of("COMMITTED 1.0.0", "TRIAL_BEGUN 1.1.0", "ROLLED_BACK 1.1.0"), history());
        frames(50);
        gateway.await("all are answered", () -> gateway.account("line").inFlight() == 0);
        assertTrue(gateway.account("line").balanced());
    }

    @Test
    void what_was_rolled_back_does_not_serve_after_a_restart_until_it_is_promoted() throws Exception {
        a_version_that_fails_on_frames_that_the_one_before_could_do_goes_back_in_one_step();
        gateway.close();
        start().install(ONE).install(TWO);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        assertTrue(gateway.views().versions().stream().anyMatch(view -> view.version().equals("1.1.0")
                && view.denied().contains("frames failed")), gateway.views().versions().toString());
        assertEquals("adder 1.1.0 is no longer denied: it is checked and put on trial again",
                gateway.commands().promote("adder", "1.1.0"));
        awaitState(State.TRIAL, "1.1.0");
        assertEquals("adder 1.1.0 serves for good", gateway.commands().promote("adder", "1.1.0"));
        awaitState(State.SERVING, "1.1.0");
    }

    @Test
    void an_update_in_place_that_goes_back_leaves_the_version_before_serving_over_a_restart_too() throws Exception {
        start().install(ONE);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        gateway.update(ONE, TWO);
        awaitState(State.TRIAL, "1.1.0");
        gateway.commands().rollback("adder");
        gateway.awaitServing("line", "1.0.0");
        frames(20);
        assertEquals(State.SERVING, gateway.views().deployments().get(0).state());
        gateway.close();
        start().keepStored(ONE);
        gateway.install(TWO);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        assertEquals(-1, gateway.views().versions().stream().filter(view -> view.version().equals("1.0.0"))
                .findFirst().orElseThrow().bundleId());
    }

    @Test
    void an_update_in_place_that_fails_brings_no_version_up_that_is_older_than_the_one_that_serves() throws Exception {
        final TestModel broken = TestModel.adding("1.2.0", -1);
        start().install(ONE).install(TWO);
        line(60);
        gateway.awaitServing("line", "1.1.0");
        gateway.update(TWO, broken);
        awaitState(State.REFUSED, "1.2.0");
        gateway.update(broken, THREE);
        awaitState(State.TRIAL, "1.2.0");
        gateway.commands().rollback("adder");
        awaitState(State.SERVING, "1.1.0");
        frames(20);
        awaitState(State.SERVING, "1.1.0");
        assertEquals(2, gateway.backend.opened.get(), "1.0.0 was never loaded: " + history());
    }

    @Test
    void an_update_in_place_to_an_older_version_goes_back_on_purpose() throws Exception {
        start().install(TWO);
        line(60);
        gateway.awaitServing("line", "1.1.0");
        gateway.update(TWO, ONE);
        awaitState(State.TRIAL, "1.0.0");
    }

    @Test
    void a_pipeline_that_is_removed_during_a_trial_ends_it_undecided() throws Exception {
        start().install(ONE);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        gateway.install(TWO);
        awaitState(State.TRIAL, "1.1.0");
        gateway.remove("line");
        gateway.await("the trial has ended", () -> history().contains("TRIAL_ENDED 1.1.0"));
        gateway.await("both are closed", () -> gateway.backend.closed.get() == 2);
    }

    @Test
    void a_further_update_ends_the_trial_undecided_and_the_way_back_stays_the_last_committed_version()
            throws Exception {
        start().install(ONE);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        gateway.install(TWO);
        awaitState(State.TRIAL, "1.1.0");
        gateway.install(THREE);
        awaitState(State.TRIAL, "1.2.0");
        assertEquals("1.0.0", deployments(State.TRIAL).get(0).trial().orElseThrow().fallback());
        gateway.await("the one in between is closed", () -> gateway.backend.closed.get() == 1);
        assertEquals("adder 1.2.0 is denied: 1.0.0 serves again", gateway.commands().rollback("adder"));
        gateway.await("1.1.0 was not to blame and is tried again", () ->
                deployments(State.TRIAL).stream().anyMatch(view -> view.version().equals("1.1.0")));
    }

    @Test
    void a_version_that_is_uninstalled_during_its_trial_leaves_without_a_verdict() throws Exception {
        start().install(ONE).install(TWO);
        gateway.uninstall(TWO);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        gateway.install(TWO);
        awaitState(State.TRIAL, "1.1.0");
        gateway.uninstall(TWO);
        awaitState(State.SERVING, "1.0.0");
        assertEquals(List.of("COMMITTED 1.0.0", "TRIAL_BEGUN 1.1.0", "TRIAL_ENDED 1.1.0"), history());
        assertEquals(2, gateway.backend.opened.get());
    }

    @Test
    void after_a_restart_the_committed_version_serves_first_and_the_newer_one_is_on_trial_again() throws Exception {
        start().install(ONE);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        gateway.install(TWO);
        awaitState(State.TRIAL, "1.1.0");
        gateway.close();
        start().install(TWO).install(ONE);
        line(60);
        awaitState(State.TRIAL, "1.1.0");
        assertEquals("1.0.0", deployments(State.TRIAL).get(0).trial().orElseThrow().fallback());
        assertEquals("TRIAL_ENDED 1.1.0", history().get(2));
    }

    @Test
    void a_pack_that_was_uninstalled_is_not_returned_to_and_another_one_serves_at_once() throws Exception {
        start().install(ONE);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        gateway.remove("line");
        gateway.await("the pipeline is gone", () -> gateway.views().pipelines().isEmpty());
        gateway.uninstall(ONE);
        gateway.await("it is retired", () -> history().contains("RETIRED 1.0.0"));
        gateway.install(TWO);
        line(60);
        awaitState(State.SERVING, "1.1.0");
        assertEquals(List.of("COMMITTED 1.0.0", "RETIRED 1.0.0", "COMMITTED 1.1.0"), history());
    }

    @Test
    void a_pack_that_comes_back_within_the_grace_serves_for_good_as_before() throws Exception {
        start().install(ONE);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        gateway.uninstall(ONE);
        gateway.await("it is retired", () -> history().contains("RETIRED 1.0.0"));
        gateway.install(ONE);
        gateway.await("it is committed again", () -> history().size() == 3);
        assertEquals("COMMITTED 1.0.0", history().get(2));
        assertEquals(1, gateway.backend.opened.get());
    }

    @Test
    void without_a_trial_an_update_serves_for_good_at_once() throws Exception {
        start().install(ONE);
        line(0);
        gateway.awaitServing("line", "1.0.0");
        gateway.install(TWO).awaitServing("line", "1.1.0");
        assertEquals(List.of("COMMITTED 1.0.0", "COMMITTED 1.1.0"), history());
        gateway.await("the version before is closed", () -> gateway.backend.closed.get() == 1);
    }

    @Test
    void an_administrator_rolls_back_to_what_served_before_and_is_told_when_there_is_nothing() throws Exception {
        start().install(ONE);
        line(0);
        gateway.awaitServing("line", "1.0.0");
        final RefusedCommandException nothing = assertThrows(RefusedCommandException.class,
                () -> gateway.commands().rollback("adder"));
        assertTrue(nothing.getMessage().contains("nothing to roll adder 1.0.0 back to"), nothing.getMessage());
        gateway.install(TWO).awaitServing("line", "1.1.0");
        assertEquals("adder 1.1.0 is denied: 1.0.0 is prepared and takes over", gateway.commands().rollback("adder"));
        gateway.awaitServing("line", "1.0.0");
        assertEquals("ROLLED_BACK 1.1.0", history().get(2));
    }

    @Test
    void commands_say_what_is_wrong() throws Exception {
        start().install(ONE).install(TWO);
        line(0);
        gateway.awaitServing("line", "1.1.0");
        assertRefused("There is no model doubler; there are [adder]",
                () -> gateway.commands().promote("doubler", "1.0.0"));
        assertRefused("No installed pack brings adder 3.0.0; there are [1.0.0, 1.1.0]",
                () -> gateway.commands().promote("adder", "3.0.0"));
        assertRefused("adder 1.0.0 is neither on trial nor denied", () -> gateway.commands().promote("adder", "1.0.0"));
        assertRefused("No pipeline is served by a model doubler", () -> gateway.commands().rollback("doubler"));
        assertRefused("There is no pipeline lane; there are [line]", () -> gateway.commands().pin("lane", "1.0.0"));
        assertRefused("No installed pack brings adder 9.0.0", () -> gateway.commands().pin("line", "9.0.0"));
    }

    private static void assertRefused(final String message, final org.junit.jupiter.api.function.Executable command) {
        final String told = assertThrows(RefusedCommandException.class, command).getMessage();
        assertTrue(told.contains(message), told);
    }

    @Test
    void a_pinned_pipeline_is_served_by_that_version_and_says_so_when_it_is_uninstalled() throws Exception {
        start().install(ONE).install(TWO);
        line(0);
        gateway.awaitServing("line", "1.1.0");
        assertEquals("Pipeline line is pinned to adder 1.0.0", gateway.commands().pin("line", "1.0.0"));
        gateway.awaitServing("line", "1.0.0");
        assertEquals("Pipeline line follows the latest good version", gateway.commands().pin("line", ""));
        gateway.awaitServing("line", "1.1.0");
    }

    @Test
    void frames_are_answered_while_the_pinned_version_is_being_prepared() throws Exception {
        start().install(ONE).install(TWO);
        line(60);
        gateway.awaitServing("line", "1.1.0");
        gateway.backend.holdOpen = new CountDownLatch(1);
        gateway.commands().pin("line", "1.0.0");
        awaitState(State.LOADING, "1.0.0");
        frames(20);
        gateway.await("they are answered", () -> results.results.size() == 20);
        assertEquals("1.1.0", results.results.get(19).model().orElseThrow().version());
        gateway.backend.holdOpen.countDown();
        gateway.awaitServing("line", "1.0.0");
        gateway.await("the borrowed one is closed", () -> gateway.backend.closed.get() == 1);
        assertEquals(List.of("COMMITTED 1.1.0", "COMMITTED 1.0.0"), history());
    }

    @Test
    void a_pipeline_whose_pinned_version_is_refused_says_so_and_waits() throws Exception {
        start().install(TestModel.adding("1.0.0", -1)).install(TWO);
        line(60);
        gateway.awaitServing("line", "1.1.0");
        gateway.commands().pin("line", "1.0.0");
        gateway.await("it says so", () -> gateway.looks("line", view -> view.state() == PipelineView.State.BLOCKED
                && view.reason().contains("is not a model")));
        gateway.commands().pin("line", "");
        gateway.awaitServing("line", "1.1.0");
    }

    @Test
    void another_model_borrows_nothing() throws Exception {
        start().install(ONE);
        line(60);
        gateway.awaitServing("line", "1.0.0");
        gateway.pipeline("line", "model", "doubler");
        gateway.await("it says what is missing", () -> gateway.looks("line", view ->
                view.state() == PipelineView.State.BLOCKED && view.reason().contains("no model pack brings")));
    }

    @Test
    void a_pipeline_that_is_pinned_to_a_version_that_is_not_there_says_what_to_do() throws Exception {
        start().install(TWO);
        gateway.pipeline("line", "version", "[1.0.0,1.0.0]");
        gateway.await("it says so", () -> gateway.looks("line", view -> view.state() == PipelineView.State.BLOCKED
                && view.reason().contains("1.1.0 is outside of [1.0.0,1.0.0]")));
    }
}
