/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.GatewayException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures what the gateway costs beside bare ONNX Runtime. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = {"Measures a model pack in the gateway beside bare"
        + " ONNX Runtime, alternating, in one run.",
    "eta_infer: frames per second of tensors through the gateway, as a share of bare ONNX Runtime.",
    "eta_pipeline: frames per second of 1920x1080 JPEG pictures, as a share of what the stages alone would allow."})
final class BenchCommand implements Callable<Integer> {

    private static final int NAIVE_CAMERAS = 4;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PACK", description = "The model pack (default: the shipped one)")
    private Path pack;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "3",
            description = "Seconds per measurement (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
            description = "Rounds of all measurements (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--size", paramLabel = "WxH", description = "Input size; any that the model can run (default: its first)")
    private String size;

    @Option(names = "--cameras", paramLabel = "N", description = "Pipelines that share the model (default: 1, with"
            + " --naive 4)")
    private Integer cameras;

    @Option(names = "--naive", description = {"Compares with the loop that people write first (ImageIO, Graphics2D, nested"
            + " arrays, blocking publish, one thread per camera), each in a JVM of its own with the same heap"})
    private boolean naive;

    @Option(names = "--heap", paramLabel = "MB", defaultValue = "512", description = "Limit of the heap of both sides of"
            + " --naive; the default is what Java takes by itself on a box of 2 GB (default: ${DEFAULT-VALUE})")
    private int heap;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON")
    private Path json;

    @Override
    public Integer call() throws EnvironmentException, GatewayException, InterruptedException {
        final Map<String, Object> arguments = new HashMap<>();
        arguments.put("seconds", seconds);
        arguments.put("rounds", rounds);
        arguments.put("naive", naive);
        arguments.put("heap", heap);
        arguments.put("cameras", cameras != null ? cameras : naive ? NAIVE_CAMERAS : 1);
        if (pack != null) {
            arguments.put("pack", pack.toAbsolutePath().normalize().toString());
        }
        if (size != null) {
            arguments.put("size", size);
        }
        if (json != null) {
            arguments.put("json", json.toAbsolutePath().normalize().toString());
        }
        return Workbench.run("bench", arguments, spec.commandLine().getErr());
    }
}
