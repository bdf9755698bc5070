/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges from its summary whether an ONNX file may be given to a runtime. Runtimes have had memory errors while they
 * loaded hostile models, so what is implausible never reaches one. Pure, except for {@link #checkFile}.
 *
 * <p>Every problem is a sentence about "the file", such as {@code is truncated: …}, with what to do about it.
 */
public final class OnnxPreCheck {

    private static final String STANDARD = "ai.onnx";
    private static final Set<String> DOMAINS = Set.of(STANDARD, "ai.onnx.ml", "com.microsoft");
    private static final int MAX_NAMED = 5;

    private OnnxPreCheck() {
    }

    /**
     * Checks the size of a file, reads its summary and judges it.
     *
     * @param inPack whether the pack has a file of that name beside the model
     * @return what is wrong, empty for a file that may be loaded
     * @throws IOException when the file cannot be read at all
     */
    public static List<String> checkFile(final Path file, final OnnxLimits limits, final Predicate<String> inPack)
            throws IOException {
        final List<String> tooLarge = new ArrayList<>();
        size(Files.size(file), limits, tooLarge);
        if (!tooLarge.isEmpty()) {
            return tooLarge;
        }
        try {
            return check(OnnxFile.read(file), limits, inPack);
        } catch (final OnnxFormatException wrong) {
            return List.of(wrong.getMessage());
        }
    }

    /**
     * Judges a summary.
     *
     * @param inPack whether the pack has a file of that name beside the model
     * @return what is wrong, empty for a file that may be loaded
     */
    public static List<String> check(final OnnxSummary summary, final OnnxLimits limits,
            final Predicate<String> inPack) {
        final List<String> problems = new ArrayList<>();
        size(summary.fileBytes(), limits, problems);
        graph(summary, limits, problems);
        opset(summary, limits, problems);
        operators(summary, limits, problems);
        memory(summary, limits, problems);
        externalFiles(summary, inPack, problems);
        if (summary.training()) {
            problems.add("contains instructions for training; export it for inference only");
        }
        for (final String contradiction : summary.contradictions()) {
            problems.add("is damaged: " + contradiction + "; copy or export it again");
        }
        return List.copyOf(problems);
    }

    private static void size(final long bytes, final OnnxLimits limits, final List<String> problems) {
        if (bytes > limits.maxFileBytes()) {
            problems.add(text("has %,d bytes, more than the limit of %,d; use a smaller or a quantized model, or raise"
                    + " the limit", bytes, limits.maxFileBytes()));
        }
    }

    private static void graph(final OnnxSummary summary, final OnnxLimits limits, final List<String> problems) {
        if (summary.operators().nodes() == 0) {
            problems.add("has no operators; export the model again");
        }
        if (summary.outputs().isEmpty()) {
            problems.add("has no outputs; export the model again");
        }
        if (summary.operators().depth() > limits.maxDepth()) {
            problems.add(text("holds graphs within graphs, %d levels deep, more than the limit of %d; export it"
                    + " without nested control flow", summary.operators().depth(), limits.maxDepth()));
        }
    }

    private static void opset(final OnnxSummary summary, final OnnxLimits limits, final List<String> problems) {
        final Long version = summary.opsets().get(STANDARD);
        if (version == null) {
            if (summary.operators().byDomain().containsKey(STANDARD) || summary.opsets().isEmpty()) {
                problems.add("is truncated or damaged: it does not say which version of the standard operators it"
                        + " uses; copy or export it again");
            }
        } else if (version < limits.minOpset() || version > limits.maxOpset()) {
            problems.add(text("uses version %d of the standard operators; versions %d to %d are supported, so export"
                    + " it with one of these", version, limits.minOpset(), limits.maxOpset()));
        }
    }

    private static void operators(final OnnxSummary summary, final OnnxLimits limits, final List<String> problems) {
        final FunctionExpansion functions = new FunctionExpansion(summary.functions());
        if (functions.depth() > FunctionExpansion.MAX_DEPTH) {
            problems.add("has local functions that call each other without end or more than "
                    + FunctionExpansion.MAX_DEPTH + " levels deep; export it with inlined functions");
        }
        long nodes = 0;
        for (final Map.Entry<String, Map<String, Long>> domain : summary.operators().byDomain().entrySet()) {
            final List<String> foreign = new ArrayList<>();
            for (final Map.Entry<String, Long> operator : domain.getValue().entrySet()) {
                nodes = Sizes.plus(nodes, Sizes.times(operator.getValue(),
                        functions.nodes(domain.getKey(), operator.getKey())));
                if (!DOMAINS.contains(domain.getKey()) && !functions.defines(domain.getKey(), operator.getKey())) {
                    foreign.add(operator.getKey());
                }
            }
            if (!foreign.isEmpty()) {
                problems.add("needs the custom operators " + some(foreign) + " of the domain " + domain.getKey()
                        + "; export it with operators of ai.onnx, ai.onnx.ml or com.microsoft only");
            }
        }
        if (nodes > limits.maxNodes()) {
            problems.add(text("has %,d operators with its functions expanded, more than the limit of %,d; use a"
                    + " smaller model or raise the limit", nodes, limits.maxNodes()));
        }
    }

    private static void memory(final OnnxSummary summary, final OnnxLimits limits, final List<String> problems) {
        final long weights = summary.weights().bytes();
        if (weights > limits.maxMemoryBytes()) {
            problems.add(text("declares constants of %s bytes, more than the limit of %,d; use a smaller model or"
                    + " raise the limit", amount(weights), limits.maxMemoryBytes()));
        }
        summary.largest().filter(value -> value.bytes() > limits.maxMemoryBytes()).ifPresent(value -> problems.add(
                text("declares the value %s of %s bytes, more than the limit of %,d; use a smaller input size or raise"
                        + " the limit", value, amount(value.bytes()), limits.maxMemoryBytes())));
    }

    private static void externalFiles(final OnnxSummary summary, final Predicate<String> inPack,
            final List<String> problems) {
        final List<String> outside = new ArrayList<>();
        for (final String location : summary.weights().externalFiles()) {
            if (location.isEmpty()) {
                problems.add("keeps weights in another file without naming it; save the model with all weights in"
                        + " one file");
            } else if (!plainName(location) || !inPack.test(location)) {
                outside.add(location);
            }
        }
        if (!outside.isEmpty()) {
            problems.add("keeps weights outside the pack: " + some(outside)
                    + "; save the model with all weights in one file");
        }
    }

    private static boolean plainName(final String location) {
        return !location.equals(".") && !location.equals("..")
                && location.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    }

    private static String some(final List<String> names) {
        final String shown = String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size())));
        return names.size() <= MAX_NAMED ? shown : shown + " and " + (names.size() - MAX_NAMED) + " more";
    }

    private static String amount(final long bytes) {
        return bytes == Long.MAX_VALUE ? "countless" : text("%,d", bytes);
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
