/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import ai.onnxruntime.OrtException;
import com.sun.management.ThreadMXBean;
import io.amarena.api.model.Model;
import io.amarena.api.model.Size;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import io.amarena.api.tensor.Shape;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Measures, alternating, so that a machine whose speed drifts does not favour anybody: bare ONNX Runtime; tensors through
 * the gateway; JPEG pictures through the gateway; and the stages one after the other on an idle gateway.
 */
final class Bench {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int ALONE = 24;
    /** How often bare runtime and gateway take turns within a round. */
    private static final int TURNS = 3;
    private static final double PACED_SHARE = 0.8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Model model;
    private final PackRun whole;
    private final PackRun tensors;
    private final Counter counter;
    private final long nanos;
    private final int rounds;
    private final PrintStream progress;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Figures figures = new Figures();

    Bench(final Model model, final PackRun whole, final PackRun tensors, final Counter counter, final double seconds,
            final int rounds, final PrintStream progress) {
        this.model = model;
        this.whole = whole;
        this.tensors = tensors;
        this.counter = counter;
        this.nanos = (long) (seconds * NANOS_PER_SECOND);
        this.rounds = rounds;
        this.progress = progress;
    }

    Figures run(final Size size) throws OrtException, IOException, InterruptedException {
        figures.note("model", model.id().toString());
        figures.note("input", size.toString());
        figures.note("device", tensors.deployment().orElseThrow().device());
        figures.note("cores", String.valueOf(cores));
        figures.note("pictures", BenchPictures.WIDTH + "x" + BenchPictures.HEIGHT + " JPEG");
        figures.note("cameras", String.valueOf(whole.sinks().size()));
        final List<byte[]> pictures = BenchPictures.of(model);
        final long[] shape = TensorStage.shape(Shape.of(-1, 3, -1, -1), size, 1);
        try (RawRuntime raw = new RawRuntime(model, shape)) {
            raw.run(cores, nanos / 2);
            feed(tensors, List.of(new byte[1]), nanos / 2);
            feed(whole, pictures, nanos);
            for (int round = 1; round <= rounds; round++) {
                progress.printf(Locale.ROOT, "amarena: round %d of %d, about %.0f s left%n", round, rounds,
                        (rounds - round + 1) * (4 * nanos / NANOS_PER_SECOND + 1));
                round(raw, pictures);
            }
        }
        figures.add("rss_mb", ResidentMemory.megabytes());
        return figures;
    }

    private void round(final RawRuntime raw, final List<byte[]> pictures)
            throws OrtException, IOException, InterruptedException {
        Window bare = Window.NONE;
        Window tensor = Window.NONE;
        long allocated = 0;
        long frames = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            bare = bare.plus(raw.run(cores, nanos / TURNS));
            final long bytes = workersAllocated();
            final long taken = counter.taken();
            tensor = tensor.plus(feed(tensors, List.of(new byte[1]), nanos / TURNS));
            allocated += workersAllocated() - bytes;
            frames += counter.taken() - taken;
        }
        figures.add("raw_fps", bare.framesPerSecond());
        figures.add("gateway_fps", tensor.framesPerSecond());
        figures.add("eta_infer", tensor.framesPerSecond() / bare.framesPerSecond());
        figures.add("raw_cpu_ms_per_frame", bare.cpuMillisPerFrame());
        figures.add("cpu_ms_per_frame", tensor.cpuMillisPerFrame());
        figures.add("overhead_cpu_ms_per_frame", tensor.cpuMillisPerFrame() - bare.cpuMillisPerFrame());
        figures.add("alloc_bytes_per_frame", (double) allocated / frames);
        pipeline(pictures);
    }

    private void pipeline(final List<byte[]> pictures) throws IOException, InterruptedException {
        final double ideal = cores / alone(pictures);
        final Window fed = feed(whole, pictures, nanos);
        figures.add("pipeline_fps", fed.framesPerSecond());
        figures.add("eta_pipeline", fed.framesPerSecond() / ideal);
        figures.add("pipeline_cpu_ms_per_frame", fed.cpuMillisPerFrame());
        paced(pictures, PACED_SHARE * fed.framesPerSecond());
    }

    /** Latencies mean something below saturation only; above it, they tell the length of the mailbox. */
    private void paced(final List<byte[]> pictures, final double framesPerSecond) throws InterruptedException {
        final Feeder feeder = new Feeder(whole.sinks());
        final long since = counter.taken();
        feeder.pace(pictures, nanos, framesPerSecond);
        awaitAnswers(feeder, since);
        figures.add("p50_ms", counter.percentile(0.5, since));
        figures.add("p99_ms", counter.percentile(0.99, since));
    }

    /** Seconds that the stages of one picture take alone, one picture at a time. */
    private double alone(final List<byte[]> pictures) throws IOException, InterruptedException {
        final Spread decode = new Spread();
        final Spread preprocess = new Spread();
        final Spread infer = new Spread();
        final Spread postprocess = new Spread();
        for (int i = 0; i < ALONE; i++) {
            final Result result = whole.run(pictures.get(i % pictures.size()), "alone");
            final Timings timings = result.timings();
            decode.add(timings.decoding() / NANOS_PER_MILLI);
            preprocess.add(timings.preprocessing() / NANOS_PER_MILLI);
            infer.add(timings.inference() / NANOS_PER_MILLI);
            postprocess.add(timings.postprocessing() / NANOS_PER_MILLI);
        }
        figures.add("decode_cpu_ms", decode.median());
        figures.add("preprocess_cpu_ms", preprocess.median());
        figures.add("infer_ms", infer.median());
        figures.add("postprocess_ms", postprocess.median());
        return (decode.median() + preprocess.median() + infer.median() + postprocess.median()) / 1e3;
    }

    /** Offers frames as fast as they are taken and looks for a time; then waits until all are answered. */
    private Window feed(final PackRun run, final List<byte[]> pictures, final long time) throws InterruptedException {
        final Feeder feeder = new Feeder(run.sinks());
        final long before = counter.taken();
        final Thread feeding = new Thread(() -> feeder.feed(pictures), "amarena-bench-feed");
        feeding.start();
        try {
            return Window.of(counter::taken, time);
        } finally {
            feeding.interrupt();
            feeding.join();
            awaitAnswers(feeder, before);
        }
    }

    private void awaitAnswers(final Feeder feeder, final long before) throws InterruptedException {
        final long end = System.nanoTime() + PATIENCE.toNanos();
        while (counter.taken() - before < feeder.accepted() && System.nanoTime() - end < 0) {
            feeder.pause();
        }
    }

    private long workersAllocated() {
        long bytes = 0;
        for (final Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("amarena-worker")) {
                bytes += threads.getThreadAllocatedBytes(thread.getId());
            }
        }
        return bytes;
    }
}
