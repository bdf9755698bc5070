/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.KernelCoverage;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.Slot;
import io.amarena.api.manage.CheckReport.Check;
import io.amarena.api.model.GoldenSample;
import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.result.Outcome;
import io.amarena.api.stage.StageException;
import io.amarena.engine.deployment.SampleRun.BrokenOutputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a deployment must pass before it serves, once it is loaded: kernels, cost of a run, outputs, golden samples,
 * memory. Runs on the thread that builds it; every finding goes into the report, and the first one that fails
 * refuses.
 */
final class DeploymentCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentCheck.class);

    /** What a run with a full batch may cost at most when the batch size is measured. */
    private static final long LATENCY_BUDGET_NANOS = 100_000_000L;
    private static final int TIMED_RUNS = 5;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MIB = 1 << 20;
    private static final Set<String> QUANTIZED = Set.of("int8", "int4", "mixed");

    private final Ingredients wanted;
    private final Session session;
    private final Stages stages;
    private final Findings findings;
    private final SampleRun samples;

    DeploymentCheck(final Ingredients wanted, final Session session, final Stages stages, final Findings findings,
            final long maxPixels) {
        this.wanted = wanted;
        this.session = session;
        this.stages = stages;
        this.findings = findings;
        this.samples = new SampleRun(wanted.model(), session, stages, maxPixels);
    }

    /** Notes which kernels a quantized model got. */
    void kernels() {
        findings.begin(Check.KERNELS);
        final Optional<KernelCoverage> kernels = session.kernels();
        if (kernels.isEmpty()) {
            if (QUANTIZED.contains(wanted.model().descriptor().precision())) {
                findings.skipped("the backend does not tell which kernels the quantized model got");
            }
            return;
        }
        final KernelCoverage found = kernels.get();
        final Map<String, Double> figures = Map.of("convolutions", (double) found.convolutions(),
                "quantizedConvolutions", (double) found.quantizedConvolutions(), "products",
                (double) found.products(), "quantizedProducts", (double) found.quantizedProducts());
        if (found.complete()) {
            findings.passed(found.toString(), figures);
        } else {
            findings.noted(found + " on this device, the others run in float: quantize again in the form that suits it,"
                    + " such as uint8 activations on x86", figures);
        }
    }

    /** Warms the model up and chooses how many frames run at once. */
    BatchLayout warmUp() throws BackendException, RefusedException {
        findings.begin(Check.BATCH);
        final ModelDescriptor descriptor = wanted.model().descriptor();
        final int most = wanted.batch() > 0 ? Math.min(wanted.batch(), descriptor.maxBatch()) : descriptor.maxBatch();
        if (wanted.batch() > 0) {
            final BatchLayout layout = stages.preprocessor().layout(most);
            final BatchSizing.Cost cost = measure(layout);
            findings.passed("one run costs " + cost + " (batch set to " + most + ")", figures(cost));
            checkLatency(cost);
            return layout;
        }
        final long budget = wanted.budget().latencyMs() == 0 ? LATENCY_BUDGET_NANOS
                : Math.min(LATENCY_BUDGET_NANOS, (long) (wanted.budget().latencyMs() * NANOS_PER_MILLI));
        final List<BatchSizing.Cost> costs = new ArrayList<>();
        costs.add(measure(stages.preprocessor().layout(1)));
        OptionalInt next = BatchSizing.next(costs, most, budget);
        while (next.isPresent()) {
            try {
                costs.add(measure(stages.preprocessor().layout(next.getAsInt())));
            } catch (final BackendException fixed) {
                LOG.debug("{} does not run with a batch of {}", wanted, next.getAsInt(), fixed);
                break;
            }
            next = BatchSizing.next(costs, most, budget);
        }
        final int chosen = BatchSizing.choose(costs, budget);
        final BatchSizing.Cost cost = costs.stream().filter(one -> one.batch() == chosen).findFirst().orElseThrow();
        findings.passed("one run costs " + BatchSizing.describe(costs) + "; batch of " + chosen + " chosen",
                figures(cost));
        checkLatency(cost);
        return stages.preprocessor().layout(chosen);
    }

    private static Map<String, Double> figures(final BatchSizing.Cost cost) {
        return Map.of("batch", (double) cost.batch(), "millis", cost.nanos() / NANOS_PER_MILLI);
    }

    private void checkLatency(final BatchSizing.Cost cost) throws RefusedException {
        final int most = wanted.budget().latencyMs();
        if (most == 0) {
            return;
        }
        findings.begin(Check.LATENCY);
        final double millis = cost.nanos() / NANOS_PER_MILLI;
        final Map<String, Double> figures = Map.of("millis", millis, "maxMillis", (double) most);
        if (millis > most) {
            throw findings.refuse(String.format(Locale.ROOT, "one run costs %.2f ms, more than the %d ms that"
                    + " maxLatencyMs of the pipeline allows: use a smaller model or input size, another device, or"
                    + " raise the limit", millis, most), figures, false);
        } else {
            findings.passed(String.format(Locale.ROOT, "one run costs %.2f of at most %d ms", millis, most), figures);
        }
    }

    /** The fastest of a few runs: on a busy box everything else measures the neighbours. */
    private BatchSizing.Cost measure(final BatchLayout layout) throws BackendException, RefusedException {
        final Slot slot = session.acquire(layout);
        try {
            slot.run(layout.capacity());
            final Optional<String> wrong = OutputCheck.misshapen(slot.outputs(), layout.capacity());
            if (wrong.isPresent()) {
                findings.begin(Check.OUTPUTS);
                throw findings.refuse(wrong.get(), Map.of(), true);
            }
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < TIMED_RUNS; i++) {
                final long start = System.nanoTime();
                slot.run(layout.capacity());
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
            return new BatchSizing.Cost(layout.capacity(), Math.max(1, fastest));
        } finally {
            slot.release();
        }
    }

    /** Brings one sample through all stages, so that nothing of them is left to be loaded later. */
    void rehearse() throws BackendException, StageException, IOException, RefusedException {
        final List<GoldenSample> golden = wanted.model().descriptor().golden();
        findings.begin(Check.OUTPUTS);
        try {
            if (!golden.isEmpty()) {
                samples.of(golden.get(0));
            } else if (wanted.size().isPresent()) {
                samples.ofGradient(wanted.size().get());
            }
        } catch (final BrokenOutputException broken) {
            throw findings.refuse(broken.getMessage(), Map.of(), true);
        }
    }

    /** Compares the answers to the pack's own samples, and looks at every value of the outputs on the way. */
    void samples() throws BackendException, StageException, IOException, InvalidModelException, RefusedException {
        findings.begin(Check.OUTPUTS);
        final ModelDescriptor descriptor = wanted.model().descriptor();
        final double threshold = descriptor.output().number("score", 0.5);
        final List<Outcome> answers = new ArrayList<>();
        try {
            for (final GoldenSample sample : descriptor.golden()) {
                answers.add(samples.of(sample));
            }
            outputsSeen(descriptor);
        } catch (final BrokenOutputException broken) {
            throw findings.refuse(broken.getMessage(), Map.of(), true);
        }
        findings.begin(Check.GOLDEN);
        for (int i = 0; i < answers.size(); i++) {
            final GoldenSample sample = descriptor.golden().get(i);
            final Optional<String> difference = GoldenCheck.difference(sample, answers.get(i), threshold);
            if (difference.isPresent()) {
                throw findings.refuse("golden sample " + sample.file() + " is not reproduced: " + difference.get(),
                        Map.of("samples", (double) answers.size()), true);
            }
        }
        if (answers.isEmpty()) {
            findings.skipped("the pack has no golden samples: nothing was compared");
        } else {
            findings.passed(answers.size() + " golden samples reproduced", Map.of("samples", (double) answers.size()));
        }
    }

    private void outputsSeen(final ModelDescriptor descriptor)
            throws BackendException, StageException, BrokenOutputException {
        if (descriptor.golden().isEmpty() && (wanted.size().isEmpty()
                || samples.ofGradient(wanted.size().get()).isEmpty())) {
            findings.skipped("outputs have the declared shapes; their values were not looked at, since the pack has no"
                    + " golden samples");
        } else {
            findings.passed("outputs have the declared shapes and finite values", Map.of());
        }
    }

    /**
     * Whether it takes more memory than it may: by the backend's own figure, or else by how much the native memory of
     * this process has grown since before it was loaded, see {@link NativeMemory}.
     *
     * @param before native memory before the session was opened; empty when it was open already or is not known
     * @param shared whether the session serves already
     */
    void memory(final OptionalLong before, final boolean shared) throws RefusedException {
        findings.begin(Check.MEMORY);
        final OptionalLong own = session.memoryBytes();
        final OptionalLong now = NativeMemory.now();
        if (own.isEmpty() && shared) {
            findings.skipped("the session serves already; its memory was measured when it was loaded");
            return;
        }
        if (own.isEmpty() && (before.isEmpty() || now.isEmpty())) {
            findings.skipped("neither the backend nor the operating system tells how much memory it takes");
            return;
        }
        final double bytes = own.isPresent() ? own.getAsLong() : Math.max(0, now.getAsLong() - before.getAsLong());
        final int most = wanted.budget().memoryMb();
        final Map<String, Double> figures = Map.of("mb", bytes / MIB, "maxMb", (double) most);
        if (most > 0 && bytes > most * MIB) {
            throw findings.refuse(String.format(Locale.ROOT, "it takes about %.0f MiB, more than the %d MiB that"
                    + " maxMemoryMb of the pipeline allows: use a smaller model, input size or batch, or raise the limit",
                    bytes / MIB, most), figures, true);
        }
        findings.passed(String.format(Locale.ROOT, "takes about %.0f%s MiB", bytes / MIB,
                most == 0 ? "" : " of at most " + most), figures);
    }
}
