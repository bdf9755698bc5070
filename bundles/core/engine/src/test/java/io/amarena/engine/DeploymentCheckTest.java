/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amarena.api.backend.KernelCoverage;
import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.CheckReport.Check;
import io.amarena.api.manage.CheckReport.Finding;
import io.amarena.api.manage.CheckReport.Verdict;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the check before serving finds, and what it refuses while the old version goes on. */
class DeploymentCheckTest {

    private static final int MIB = 1 << 20;

    private final TestGateway gateway = new TestGateway();

    @BeforeEach
    void there_is_a_publisher() {
        gateway.installPublisher("results");
    }

    @AfterEach
    void everything_is_given_back() throws Exception {
        gateway.close();
        assertEquals(gateway.backend.opened.get(), gateway.backend.closed.get(), "every session is closed once");
        assertEquals(0, gateway.bytes.open.get(), "every preprocessor is closed");
    }

    @Test
    void what_serves_shows_everything_that_was_looked_at() throws Exception {
        gateway.backend.kernels = Optional.of(KernelCoverage.of(20, 9, 1, 1));
        gateway.backend.memory = OptionalLong.of(30 * MIB);
        gateway.install(TestModel.adding("1.0.0", 1).expecting(TestStages.outcome(2)))
                .pipeline("line", "maxLatencyMs", 2_000, "maxMemoryMb", 40).awaitServing("line", "1.0.0");
        final CheckReport report = view(DeploymentView.State.SERVING, "1.0.0").check();
        assertEquals(List.of(Check.LOAD, Check.KERNELS, Check.BATCH, Check.LATENCY, Check.OUTPUTS, Check.GOLDEN,
                Check.MEMORY), report.findings().stream().map(Finding::check).toList());
        final Finding kernels = report.of(Check.KERNELS).orElseThrow();
        assertEquals(Verdict.NOTED, kernels.verdict());
        assertTrue(kernels.text().startsWith("9 of 20 convolutions and 1 of 1 matrix products"), kernels.text());
        assertEquals(9, kernels.figures().get("quantizedConvolutions"));
        assertEquals(Verdict.PASSED, report.of(Check.LATENCY).orElseThrow().verdict());
        assertEquals(30, report.of(Check.MEMORY).orElseThrow().figures().get("mb"));
        assertEquals(40, report.of(Check.MEMORY).orElseThrow().figures().get("maxMb"));
        assertEquals(1, report.of(Check.GOLDEN).orElseThrow().figures().get("samples"));
    }

    @Test
    void full_kernel_coverage_passes_and_a_backend_that_does_not_tell_is_passed_over() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line", "trialSeconds", 0).awaitServing("line", "1.0.0");
        assertEquals(Optional.empty(), view(DeploymentView.State.SERVING, "1.0.0").check().of(Check.KERNELS));
        gateway.backend.kernels = Optional.of(KernelCoverage.of(3, 3, 0, 0));
        gateway.install(TestModel.adding("1.0.1", 1)).awaitServing("line", "1.0.1");
        assertEquals(Verdict.PASSED, view(DeploymentView.State.SERVING, "1.0.1").check().of(Check.KERNELS)
                .orElseThrow().verdict());
    }

    @Test
    void a_model_with_another_contract_is_refused_before_it_is_loaded() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line").awaitServing("line", "1.0.0");
        gateway.install(TestModel.adding("2.0.0", 1).following("other/1"));
        assertRefused("2.0.0", Check.CONTRACT, "its contract is other/1, but adder 1.0.0");
        assertEquals(1, gateway.backend.opened.get());
    }

    @Test
    void labels_may_be_added_but_not_taken_away_except_on_the_way_back() throws Exception {
        final TestModel narrow = TestModel.adding("1.0.0", 1).labelled("dent,crack");
        final TestModel wide = TestModel.adding("1.1.0", 1).labelled("crack,dent,stain");
        gateway.install(narrow).pipeline("line", "trialSeconds", 0).awaitServing("line", "1.0.0");
        gateway.install(wide).awaitServing("line", "1.1.0");
        gateway.install(TestModel.adding("1.2.0", 1).labelled("dent,scratch,stain"));
        assertRefused("1.2.0", Check.CONTRACT, "lacks the labels crack of adder 1.1.0");
        gateway.uninstall(wide);
        gateway.awaitServing("line", "1.0.0");
    }

    @Test
    void outputs_of_another_shape_than_declared_are_refused() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line").awaitServing("line", "1.0.0");
        gateway.backend.actualShape = Shape.of(1, 2);
        gateway.install(TestModel.adding("1.1.0", 1));
        assertRefused("1.1.0", Check.OUTPUTS, "output y came with the shape [1, 2], declared is [?, 1]");
    }

    @Test
    void outputs_that_are_no_numbers_are_refused() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line").awaitServing("line", "1.0.0");
        gateway.backend.added = Float.NEGATIVE_INFINITY;
        gateway.install(TestModel.adding("1.1.0", 1).expecting(TestStages.outcome(2)));
        assertRefused("1.1.0", Check.OUTPUTS, "output y holds -Infinity at element 0");
    }

    @Test
    void a_run_above_the_latency_budget_is_refused_with_both_numbers() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line", "maxLatencyMs", 100)
                .awaitServing("line", "1.0.0");
        gateway.backend.runNanos = Duration.ofMillis(150).toNanos();
        gateway.install(TestModel.adding("1.1.0", 1));
        final Finding finding = assertRefused("1.1.0", Check.LATENCY, "more than the 100 ms that maxLatencyMs");
        assertTrue(finding.figures().get("millis") >= 150, finding.toString());
        gateway.backend.runNanos = 0;
    }

    @Test
    void a_backend_that_tells_more_memory_than_allowed_is_refused_with_both_numbers() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line", "maxMemoryMb", 50)
                .awaitServing("line", "1.0.0");
        gateway.backend.memory = OptionalLong.of(51 * MIB);
        gateway.install(TestModel.adding("1.1.0", 1));
        assertRefused("1.1.0", Check.MEMORY, "about 51 MiB, more than the 50 MiB that maxMemoryMb");
    }

    @Test
    void memory_of_this_process_is_measured_where_the_backend_does_not_tell() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "SKIPPED: this system does not tell resident memory");
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line", "maxMemoryMb", 100)
                .awaitServing("line", "1.0.0");
        gateway.backend.ballastBytes = 200 * MIB;
        gateway.install(TestModel.adding("1.1.0", 1));
        final Finding finding = assertRefused("1.1.0", Check.MEMORY, "more than the 100 MiB that maxMemoryMb");
        assertEquals(200, finding.figures().get("mb"), 60, finding.toString());
    }

    @Test
    void a_stage_whose_factory_throws_is_refused_and_the_other_stage_is_closed() throws Exception {
        gateway.install(TestModel.adding("1.0.0", 1)).pipeline("line").awaitServing("line", "1.0.0");
        gateway.replacePostprocessor(context -> {
            throw new IllegalStateException("built with the wrong library");
        });
        gateway.await("it is refused", () -> gateway.views().deployments().stream().anyMatch(view ->
                view.state() == DeploymentView.State.REFUSED));
        final DeploymentView refused = view(DeploymentView.State.REFUSED, "1.0.0");
        assertTrue(refused.reason().contains("built with the wrong library"), refused.reason());
        assertEquals(Verdict.FAILED, refused.check().of(Check.LOAD).orElseThrow().verdict());
        gateway.mustTake("files", 1);
        gateway.await("the old stage answers", () -> gateway.account("line").published() == 1);
    }

    private Finding assertRefused(final String version, final Check check, final String because) throws Exception {
        gateway.await(version + " is refused", () -> gateway.views().deployments().stream().anyMatch(view ->
                view.version().equals(version) && view.state() == DeploymentView.State.REFUSED));
        final DeploymentView refused = view(DeploymentView.State.REFUSED, version);
        assertTrue(refused.reason().contains(because), refused.reason());
        final Finding last = refused.check().findings().get(refused.check().findings().size() - 1);
        assertEquals(Verdict.FAILED, last.verdict(), last.toString());
        assertEquals(check, last.check(), last.toString());
        assertEquals(refused.reason(), last.text());
        assertTrue(gateway.views().deployments().stream().anyMatch(view -> view.state() == DeploymentView.State.SERVING
                && !view.version().equals(version)), "the old version goes on serving");
        gateway.mustTake("files", 1);
        gateway.await("frames are answered", () -> gateway.account("line").published() == 1);
        return last;
    }

    private DeploymentView view(final DeploymentView.State state, final String version) {
        return gateway.views().deployments().stream().filter(view -> view.state() == state
                && view.version().equals(version)).findFirst().orElseThrow();
    }
}
