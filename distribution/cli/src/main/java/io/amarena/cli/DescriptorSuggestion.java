/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.lib.onnx.OnnxFile;
import io.amarena.lib.onnx.OnnxFormatException;
import io.amarena.lib.onnx.OnnxSummary;
import io.amarena.lib.pack.Remark;
import io.amarena.lib.pack.Suggestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells a suggested descriptor: the JSON to standard output, everything else to standard error. */
final class DescriptorSuggestion {

    private DescriptorSuggestion() {
    }

    /**
     * Proposes and tells.
     *
     * @param labels where the names of the classes are written, if the file brings any
     */
    static int tell(final Path model, final Optional<Path> labels, final PrintWriter out, final PrintWriter err)
            throws EnvironmentException {
        final OnnxSummary summary;
        try {
            summary = OnnxFile.read(model);
        } catch (final OnnxFormatException wrong) {
            err.println("amarena: " + model + " " + wrong.getMessage());
            return ExitCode.FAILURE;
        } catch (final IOException unreadable) {
            throw new EnvironmentException(model + " cannot be read: " + unreadable, unreadable);
        }
        final Suggestion suggestion = Suggestion.of(model.getFileName().toString(), summary);
        facts(model, summary, err);
        remarks("guessed, check it", Remark.Kind.GUESSED, suggestion, err);
        remarks("not known, write it yourself", Remark.Kind.UNKNOWN, suggestion, err);
        labels(model, suggestion.labels(), labels, err);
        out.print(suggestion.json());
        out.flush();
        return ExitCode.OK;
    }

    private static void facts(final Path model, final OnnxSummary summary, final PrintWriter err) {
        err.println("amarena: " + model + " tells:");
        summary.inputs().forEach(input -> err.println("  input   " + input));
        summary.outputs().forEach(output -> err.println("  output  " + output));
        err.println("  opset   " + summary.opsets().entrySet().stream().map(opset -> opset.getKey() + ' '
                + opset.getValue()).collect(Collectors.joining(", ")));
        err.println("  weights " + summary.weights().byType().entrySet().stream().map(type -> String.format(Locale.ROOT,
                "%,d bytes of %s", type.getValue(), type.getKey())).collect(Collectors.joining(", ")));
        if (!summary.producer().isEmpty()) {
            err.println("  made by " + summary.producer());
        }
    }

    private static void remarks(final String title, final Remark.Kind kind, final Suggestion suggestion,
            final PrintWriter err) {
        final List<Remark> remarks = suggestion.remarks().stream().filter(remark -> remark.kind() == kind).toList();
        if (!remarks.isEmpty()) {
            err.println("amarena: " + title + " (also in the key " + Suggestion.REMARKS + "):");
            remarks.forEach(remark -> err.println("  " + remark.pointer() + ": " + remark.text()));
        }
    }

    private static void labels(final Path model, final List<String> names, final Optional<Path> file,
            final PrintWriter err) throws EnvironmentException {
        if (names.isEmpty()) {
            file.ifPresent(path -> err.println("amarena: " + path + " is not written: " + model
                    + " does not name its classes"));
        } else if (file.isEmpty()) {
            err.println("amarena: the model names its " + names.size()
                    + " classes, and a pack takes them over; to see or change them, write them to a"
                    + " file with --labels " + Suggestion.LABELS);
        } else if (Files.exists(file.get())) {
            err.println("amarena: " + file.get() + " is there already and stays as it is");
        } else {
            try {
                Files.writeString(file.get(), String.join("\n", names) + '\n');
                err.println("amarena: the names of " + names.size() + " classes are in " + file.get());
            } catch (final IOException failed) {
                throw new EnvironmentException(file.get() + " cannot be written: " + failed
                        + ". Correct --labels", failed);
            }
        }
    }
}
