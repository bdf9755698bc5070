/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.GatewayException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs pictures through a model pack, in a gateway of its own that is gone afterwards. */
@Command(name = "infer", mixinStandardHelpOptions = true, description = {"Runs pictures through a model pack: the same"
        + " bundles as in the gateway, from decoding to results.", "A folder stands for the pictures in it."})
final class InferCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PACK", description = "The model pack, a jar")
    private Path pack;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "Pictures (JPEG, PNG) or folders")
    private List<Path> images;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all results as a JSON list")
    private Path json;

    @Option(names = "--draw", paramLabel = "DIR", description = "Writes annotated pictures into this folder")
    private Path draw;

    @Option(names = "--size", paramLabel = "WxH", description = "Input size, one of the model's (default: its first)")
    private String size;

    @Option(names = "--threshold", paramLabel = "SCORE", description = "Least score that is shown (default: the model's)")
    private Double threshold;

    @Override
    public Integer call() throws EnvironmentException, GatewayException, InterruptedException {
        final Map<String, Object> arguments = new HashMap<>();
        arguments.put("pack", absolute(pack));
        arguments.put("images", images.stream().map(InferCommand::absolute).toList());
        put(arguments, "json", json == null ? null : absolute(json));
        put(arguments, "draw", draw == null ? null : absolute(draw));
        put(arguments, "size", size);
        put(arguments, "threshold", threshold);
        return Workbench.run("infer", arguments, spec.commandLine().getErr());
    }

    private static void put(final Map<String, Object> arguments, final String key, final Object value) {
        if (value != null) {
            arguments.put(key, value);
        }
    }

    private static String absolute(final Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
