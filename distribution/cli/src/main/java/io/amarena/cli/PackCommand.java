/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.GatewayException;
import io.amarena.lib.pack.PackSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a model pack, or proposes the descriptor of one. */
@Command(name = "pack", mixinStandardHelpOptions = true, sortOptions = false,
        customSynopsis = {"amarena pack --model FILE --suggest [--labels FILE] > model.json",
            "       amarena pack --model FILE --descriptor FILE [--labels FILE] [--golden DIR] [-o JAR]"},
        description = {"", "Makes a model pack of an ONNX file and its descriptor, or says everything that is wrong"
            + " with them. The finished pack is opened as a gateway opens it before it gets its name: a pack that a"
            + " gateway would refuse is never written.", "",
            "With --suggest, proposes a descriptor from what the ONNX file tells, to standard output; what is guessed"
            + " or not known is listed in its key x-check and told on standard error.", ""},
        footer = {"", "Golden pictures are checked by every gateway before the model serves. DIR holds x.png or x.jpg"
            + " (made a PNG of the same pixels) and the right answer x.json. Where the answer is missing, the model's"
            + " own one is recorded, in the pack and beside the picture: look at it before you trust it.",
            "Every key of the descriptor is explained in docs/model-packs.md."})
final class PackCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model, an ONNX file")
    private Path model;

    @Option(names = "--descriptor", paramLabel = "FILE", description = "Its descriptor, see docs/model-packs.md")
    private Path descriptor;

    @Option(names = "--labels", paramLabel = "FILE",
            description = {"Class names, one per line (default: the file beside"
            + " the descriptor that it names, or the names within the ONNX file).",
            "With --suggest: where to write the names that the ONNX file brings; a file that is there is left alone"})
    private Path labels;

    @Option(names = "--golden", paramLabel = "DIR", description = "Golden pictures and their expectations")
    private Path golden;

    @Option(names = {"-o", "--output"}, paramLabel = "JAR",
            description = "The pack (default: NAME-VERSION.jar). One that is"
            + " there is replaced, but only by a good one")
    private Path output;

    @Option(names = "--suggest", description = "Proposes a descriptor")
    private boolean suggest;

    @Override
    public Integer call() throws EnvironmentException, GatewayException, InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        if (suggest && (descriptor != null || golden != null || output != null)) {
            throw wrong("--suggest goes with --model and --labels alone: write the descriptor first, then make the"
                    + " pack");
        }
        if (!suggest && descriptor == null) {
            throw wrong("Missing --descriptor. Propose one with: amarena pack --model " + model
                    + " --suggest > model.json");
        }
        requireFile("--model", model);
        if (suggest) {
            return DescriptorSuggestion.tell(model, Optional.ofNullable(labels), spec.commandLine().getOut(), err);
        }
        requireFile("--descriptor", descriptor);
        if (labels != null) {
            requireFile("--labels", labels);
        }
        if (golden != null && !Files.isDirectory(golden)) {
            throw new EnvironmentException("There is no folder " + golden + ". Correct --golden");
        }
        final PackSources sources = new PackSources(model, descriptor, Optional.ofNullable(labels),
                Optional.ofNullable(golden));
        try {
            return new Packing(sources, Optional.ofNullable(output), spec.commandLine().getOut(), err).run();
        } catch (final IOException failed) {
            throw new EnvironmentException("The pack cannot be made: " + Packing.reason(failed)
                    + ". Check the permissions and the free space there", failed);
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void requireFile(final String option, final Path file) throws EnvironmentException {
        if (!Files.isRegularFile(file)) {
            throw new EnvironmentException("There is no file " + file + ". Correct " + option);
        }
    }
}
