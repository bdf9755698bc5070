/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.FrameId;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.publish.Answer;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.result.Result;
import io.amarena.api.result.Values;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {

    private final TestGateway gateway = new TestGateway();
    private final TestPublisher results = gateway.installPublisher("results");

    @AfterEach
    void everything_is_given_back() throws Exception {
        gateway.backend.hold.countDown();
        gateway.close();
        assertEquals(0, gateway.backend.closedInUse.get(), "a session was closed or used while it should not");
        assertEquals(gateway.backend.opened.get(), gateway.backend.closed.get(), "every session is closed once");
        assertEquals(0, gateway.bytes.open.get(), "every preprocessor is closed");
        assertEquals(0, gateway.engine.memory().view().used(), "no frame keeps its memory");
    }

    @Test
    void every_accepted_frame_gets_exactly_one_result_in_order() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 5)).pipeline("line").awaitServing("line", "1.0.0");
        for (int i = 0; i < 2_000; i++) {
            gateway.mustTake("files", i % 50);
        }
        awaitResults(2_000);
        for (int i = 0; i < 2_000; i++) {
            final Result result = results.results.get(i);
            assertEquals(i, result.frame().sequence());
            assertEquals(i % 50 + 5.0, value(result));
            assertEquals("1.0.0", result.model().orElseThrow().version());
            assertEquals("test/cpu", result.device());
        }
        final FrameAccount account = gateway.account("line");
        assertTrue(account.balanced(), account.toString());
        assertEquals(2_000, account.published());
    }

    @Test
    void a_new_model_version_takes_over_under_load_without_losing_a_frame() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line").awaitServing("line", "1.0.0");
        for (int round = 2; round <= 20; round++) {
            gateway.install(TestModel.adding("1.0." + round, round));
            for (int i = 0; i < 100; i++) {
                gateway.mustTake("files", 0);
            }
        }
        gateway.awaitServing("line", "1.0.20");
        gateway.mustTake("files", 0);
        awaitResults(1_901);
        long sequence = 0;
        for (final Result result : results.results) {
            assertEquals(sequence++, result.frame().sequence());
            final String version = result.model().orElseThrow().version();
            final int offset = version.equals("1.0.0") ? 1 : Integer.parseInt(version.substring(4));
            assertEquals(offset, value(result), "the result names the version that made it");
        }
        assertEquals(20.0, value(results.results.get(1_900)));
        assertEquals(1_901, gateway.account("line").published());
    }

    @Test
    void an_update_that_fails_its_golden_sample_leaves_the_old_version_serving() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1).expecting(TestStages.outcome(2))).pipeline("line")
                .awaitServing("line", "1.0.0");
        gateway.install(TestModel.adding("1.1.0", 3).expecting(TestStages.outcome(2)));
        gateway.await("1.1.0 is refused", () -> refused().isPresent());
        final DeploymentView refused = refused().orElseThrow();
        assertEquals("1.1.0", refused.version());
        assertTrue(refused.reason().contains("golden/one"), refused.reason());
        gateway.mustTake("files", 1);
        awaitResults(1);
        assertEquals("1.0.0", results.results.get(0).model().orElseThrow().version());
    }

    @Test
    void a_model_that_the_backend_refuses_blocks_the_pipeline_and_says_why() throws Exception {
        gateway.install(TestModel.adding("1.0.0", -1)).pipeline("line");
        gateway.await("the pipeline is blocked", () -> gateway.looks("line", view ->
                view.state() == PipelineView.State.BLOCKED && view.reason().contains("is not a model")));
        gateway.install(TestModel.adding("1.0.1", 1)).awaitServing("line", "1.0.1");
    }

    @Test
    void a_pipeline_without_its_model_says_what_to_install_and_starts_when_it_comes() throws Exception {
        gateway.pipeline("line");
        gateway.await("the reason is told", () -> gateway.looks("line", view -> view.reason().contains(
                "no model pack brings the model adder")));
        gateway.mustTake("files", 1);
        gateway.install(TestModel.adding("1.0.0", 1)).awaitServing("line", "1.0.0");
        awaitResults(1);
    }

    @Test
    void a_frame_that_fails_because_a_stage_was_replaced_runs_again_on_the_next_deployment() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line").awaitServing("line", "1.0.0");
        gateway.backend.hold = new CountDownLatch(1);
        gateway.mustTake("files", 7);
        final TestStages.Bytes next = new TestStages.Bytes();
        gateway.replacePreprocessor(next);
        gateway.backend.failRuns.set(true);
        gateway.await("the next deployment waits in its warm-up", () -> gateway.views().deployments().size() == 2);
        gateway.bytes.broken.set(true);
        gateway.backend.failRuns.set(false);
        gateway.mustTake("files", 8);
        gateway.backend.hold.countDown();
        awaitResults(2);
        assertEquals(List.of(8.0, 9.0), List.of(value(results.results.get(0)), value(results.results.get(1))));
        gateway.await("the old stage is closed", () -> gateway.bytes.open.get() == 0);
        assertEquals(1, gateway.backend.opened.get(), "a changed stage does not load the model again");
        gateway.remove("line");
        gateway.await("the next stage is closed too", () -> next.open.get() == 0);
    }

    @Test
    void a_frame_that_a_stage_cannot_use_fails_alone_and_is_published_as_failed() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line").awaitServing("line", "1.0.0");
        gateway.mustTake("files", 1);
        gateway.mustTake("files", TestStages.UNREADABLE);
        gateway.mustTake("files", 2);
        awaitResults(3);
        assertEquals("preprocess", results.results.get(1).failure().orElseThrow().code());
        assertEquals("the frame holds 99", results.results.get(1).failure().orElseThrow().message());
        assertEquals(3.0, value(results.results.get(2)));
        gateway.await("all are booked", () -> gateway.account("line").inFlight() == 0);
        assertEquals(1, gateway.account("line").failed());
        assertEquals(2, gateway.account("line").published());
    }

    @Test
    void a_frame_that_spoils_a_batch_does_not_take_its_neighbours_along() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1).withBatch(8)).pipeline("line", "batch", 8)
                .awaitServing("line", "1.0.0");
        gateway.backend.poison = 13;
        gateway.backend.hold = new CountDownLatch(1);
        for (int i = 0; i < 16; i++) {
            gateway.mustTake("files", i);
        }
        gateway.backend.hold.countDown();
        awaitResults(16);
        assertTrue(gateway.backend.largestBatch.get() > 1, "frames that waited ran together");
        for (int i = 0; i < 16; i++) {
            assertEquals(i == 13, results.results.get(i).failure().isPresent(), "frame " + i);
        }
    }

    @Test
    void newest_wins_drops_the_oldest_waiting_frame_and_counts_it() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("line", "source", "camera", "mailbox", 3)
                .awaitServing("line", "1.0.0");
        assertEquals("newest-wins", gateway.view("line").overload());
        gateway.backend.hold = new CountDownLatch(1);
        gateway.mustTake("camera", 1);
        gateway.mustTake("camera", 2);
        gateway.await("both workers are busy", () -> gateway.account("line").inFlight() == 2
                && gateway.engine.dispatcher().locked(() -> gateway.engine.pipelines().get("line").waiting()) == 0);
        final List<Long> shed = new CopyOnWriteArrayList<>();
        final CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            assertEquals(Admission.ACCEPTED, gateway.offer("camera", 3, new FrameCompletion() {

                @Override
                public void shed(final FrameId frame, final String pipeline) {
                    shed.add(frame.sequence());
                }

                @Override
                public void done() {
                    done.countDown();
                }
            }));
        }
        assertEquals(17, shed.size());
        assertEquals(17, gateway.account("line").shed());
        assertTrue(gateway.account("line").balanced());
        gateway.backend.hold.countDown();
        awaitResults(5);
        assertTrue(done.await(10, TimeUnit.SECONDS), "every frame is answered");
        assertEquals(21, results.results.get(4).frame().sequence(), "the newest frame was kept");
    }

    @Test
    void an_offer_is_refused_by_all_pipelines_when_one_of_them_has_no_room() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("narrow", "mailbox", 1).pipeline("wide", "mailbox", 50)
                .awaitServing("narrow", "1.0.0").awaitServing("wide", "1.0.0");
        gateway.backend.hold = new CountDownLatch(1);
        int accepted = 0;
        int refused = 0;
        while (refused < 5) {
            if (gateway.offer("files", 1, FrameCompletion.NONE).accepted()) {
                accepted++;
            } else {
                refused++;
            }
        }
        assertEquals(gateway.account("narrow").accepted(), gateway.account("wide").accepted());
        assertEquals(accepted, gateway.account("wide").accepted());
        assertEquals(5, gateway.account("wide").refused());
        assertTrue(gateway.account("narrow").balanced());
        gateway.backend.hold.countDown();
        awaitResults(2 * accepted);
    }

    @Test
    void a_refused_source_waits_until_there_is_room_and_is_not_woken_by_its_own_refusals() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("line", "mailbox", 1).awaitServing("line", "1.0.0");
        gateway.backend.hold = new CountDownLatch(1);
        gateway.await("both workers are busy and the mailbox is full", () -> {
            gateway.offer("files", 1, FrameCompletion.NONE);
            return gateway.account("line").inFlight() == 3;
        });
        final long before = gateway.account("line").refused();
        final FrameSink sink = gateway.sinks.get("files");
        while (sink.awaitCapacity(Duration.ofMillis(50))) {
            assertEquals(Admission.REFUSED_BUSY, gateway.offer("files", 1, FrameCompletion.NONE));
            assertTrue(gateway.account("line").refused() - before < 10, "every refusal wakes the source again");
        }
        gateway.backend.hold.countDown();
        assertTrue(sink.awaitCapacity(Duration.ofSeconds(20)));
    }

    @Test
    void pipelines_with_the_same_model_share_one_session_and_keep_their_own_settings() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("one").pipeline("two")
                .awaitServing("one", "1.0.0").awaitServing("two", "1.0.0");
        assertEquals(1, gateway.backend.opened.get());
        gateway.install(TestModel.adding("2.0.0", 1)).awaitServing("two", "2.0.0");
        gateway.pipeline("one", "version", "[1,2)").awaitServing("one", "1.0.0");
        assertEquals("2.0.0", gateway.view("two").serving());
        gateway.mustTake("files", 1);
        awaitResults(2);
        gateway.await("the account stays", () -> gateway.account("one").published() == 1);
    }

    @Test
    void results_wait_for_a_publisher_that_is_missing_and_reach_it_when_it_comes() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("line", "publishers", new String[] {"results", "late"})
                .awaitServing("line", "1.0.0");
        for (int i = 0; i < 10; i++) {
            gateway.mustTake("files", i);
        }
        awaitResults(10);
        assertEquals(10, gateway.account("line").inFlight());
        assertFalse(gateway.views().publishers().get(0).status().healthy());
        final TestPublisher late = gateway.installPublisher("late");
        gateway.await("all are delivered", () -> gateway.account("line").published() == 10);
        assertEquals(10, late.results.size());
        assertEquals(PipelineEvent.Kind.BORN, late.events.get(0).kind());
    }

    @Test
    void a_replaced_publisher_is_closed_after_its_last_result() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("line").awaitServing("line", "1.0.0");
        gateway.mustTake("files", 1);
        awaitResults(1);
        final TestPublisher next = gateway.installPublisher("results");
        gateway.await("the old one is closed", () -> results.closed.get() == 1);
        gateway.mustTake("files", 2);
        gateway.await("the next one gets the result", () -> next.results.size() == 1);
        assertEquals(2, gateway.account("line").published());
        assertEquals(2, gateway.views().publishers().get(0).account().taken(), "the account goes on");
    }

    @Test
    void what_all_publishers_filter_is_counted_as_filtered_and_what_they_drop_as_failed() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("line").awaitServing("line", "1.0.0");
        results.answer = Answer.FILTERED;
        gateway.mustTake("files", 1);
        gateway.await("it is filtered", () -> gateway.account("line").filtered() == 1);
        results.answer = Answer.DROPPED;
        gateway.mustTake("files", 1);
        gateway.await("it is failed", () -> gateway.account("line").failed() == 1);
        assertTrue(gateway.account("line").balanced());
    }

    @Test
    void a_removed_pipeline_answers_its_frames_before_it_goes() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("line").awaitServing("line", "1.0.0");
        gateway.backend.hold = new CountDownLatch(1);
        final int frames = 10;
        for (int i = 0; i < frames; i++) {
            gateway.mustTake("files", i);
        }
        gateway.remove("line");
        gateway.await("no frames are wanted", () -> gateway.sinks.isEmpty());
        gateway.backend.hold.countDown();
        awaitResults(frames);
        gateway.await("its end is told", () -> results.events.stream().anyMatch(event ->
                event.kind() == PipelineEvent.Kind.GONE));
        for (final Result result : results.results) {
            assertTrue(result.outcome().isPresent(), result.toString());
        }
    }

    @Test
    void frames_of_a_lost_session_run_on_the_next_device() throws Exception {
        final TestBackend npu = new TestBackend("npu");
        gateway.add(npu);
        gateway.install(TestModel.adding("1.0.0", 0)).pipeline("line");
        gateway.await("the accelerator serves", () -> gateway.looks("line", view ->
                view.device().equals("test/npu")));
        npu.loseSessions.set(true);
        for (int i = 0; i < 20; i++) {
            gateway.mustTake("files", i);
        }
        awaitResults(20);
        for (int i = 0; i < 20; i++) {
            assertEquals((double) i, value(results.results.get(i)));
        }
        assertEquals("test/cpu", gateway.view("line").device());
        npu.loseSessions.set(false);
        gateway.await("the accelerator is back", () -> gateway.looks("line", view ->
                view.device().equals("test/npu")));
        assertEquals(0, npu.closedInUse.get());
    }

    @Test
    void a_model_that_was_uninstalled_stops_serving_after_its_grace() throws Exception {
        try (TestGateway brief = new TestGateway(new EngineSettings("test", 2, 1 << 20, 1_000_000, 15_000, 200,
                2_000))) {
            brief.installPublisher("results");
            final TestModel model = TestModel.adding("1.0.0", 0);
            brief.install(model).pipeline("line").awaitServing("line", "1.0.0");
            brief.uninstall(model);
            brief.await("it stops", () -> brief.view("line").state() == PipelineView.State.BLOCKED);
            assertTrue(brief.view("line").reason().contains("install one"), brief.view("line").reason());
            brief.install(model).awaitServing("line", "1.0.0");
        }
    }

    @Test
    void a_tap_sees_results_with_their_frames() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line").awaitServing("line", "1.0.0");
        final List<String> seen = new CopyOnWriteArrayList<>();
        final AutoCloseable tap = gateway.engine.taps().open("line", 1e6, (frame, result) ->
                seen.add(frame.id() + " " + value(result)));
        gateway.mustTake("files", 4);
        gateway.await("it is seen", () -> seen.size() == 1);
        tap.close();
        assertTrue(seen.get(0).endsWith("-0 5.0"), seen.toString());
    }

    @Test
    void a_source_hears_when_its_frame_is_answered_by_every_pipeline() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("one").pipeline("two")
                .awaitServing("one", "1.0.0").awaitServing("two", "1.0.0");
        final List<String> heard = new ArrayList<>();
        final CountDownLatch done = new CountDownLatch(1);
        assertTrue(gateway.offer("files", 1, new FrameCompletion() {

            @Override
            public void completed(final Result result) {
                synchronized (heard) {
                    heard.add(result.pipeline());
                }
            }

            @Override
            public void done() {
                done.countDown();
            }
        }).accepted());
        assertTrue(done.await(10, TimeUnit.SECONDS));
        heard.sort(null);
        assertEquals(List.of("one", "two"), heard);
    }

    private void awaitResults(final int count) throws InterruptedException {
        gateway.await(count + " results", () -> results.results.size() >= count);
        assertEquals(count, results.results.size());
    }

    private Optional<DeploymentView> refused() {
        return gateway.views().deployments().stream()
                .filter(view -> view.state() == DeploymentView.State.REFUSED).findFirst();
    }

    private static double value(final Result result) {
        return (Double) ((Values) result.outcome().orElseThrow(() -> new AssertionError(result.toString())))
                .values().get("value");
    }
}
