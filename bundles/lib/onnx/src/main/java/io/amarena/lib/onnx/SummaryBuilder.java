/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import io.amarena.lib.onnx.OnnxFormatException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Gathers what the walkers find, and refuses to keep more text than a summary should hold. Not thread-safe. */
final class SummaryBuilder {

    private static final String STANDARD = "ai.onnx";
    private static final long MAX_KEPT = 8L << 20;
    private static final int COST_OF_A_TEXT = 64;
    private static final int MAX_CONTRADICTIONS = 10;

    private final Map<String, Long> opsets = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final List<OnnxValue> outputs = new ArrayList<>();
    private final Set<String> initializers = new HashSet<>();
    private final Set<String> externalFiles = new LinkedHashSet<>();
    private final Map<String, Map<String, Long>> operators = new TreeMap<>();
    private final List<OnnxFunction> functions = new ArrayList<>();
    private final List<String> contradictions = new ArrayList<>();
    private final Map<OnnxType, Long> weightTypes = new EnumMap<>(OnnxType.class);
    private final long fileBytes;
    private long kept;
    private long irVersion;
    private String producerName = "";
    private String producerVersion = "";
    private long nodes;
    private int depth;
    private long tensors;
    private long weightBytes;
    private long storedBytes;
    private OnnxValue largest;
    private boolean training;

    SummaryBuilder(final long fileBytes) {
        this.fileBytes = fileBytes;
    }

    /** The name by which a domain is known here: the standard domain may also be written as an empty text. */
    static String domain(final String written) {
        return written.isEmpty() ? STANDARD : written;
    }

    void irVersion(final long version) {
        irVersion = version;
    }

    /** Whether the file began as ONNX files do, with a sensible version of the format. */
    boolean begun() {
        return irVersion > 0 && irVersion < 1000;
    }

    void producerName(final String name) throws OnnxFormatException {
        producerName = keep(name);
    }

    void producerVersion(final String version) throws OnnxFormatException {
        producerVersion = keep(version);
    }

    void opset(final String written, final long version) throws OnnxFormatException {
        opsets.merge(keep(domain(written)), version, Math::max);
    }

    void metadata(final String key, final String value) throws OnnxFormatException {
        metadata.put(keep(key), keep(value));
    }

    void training() {
        training = true;
    }

    void graph(final int nesting) {
        depth = Math.max(depth, nesting);
    }

    void node(final String written, final String operator) throws OnnxFormatException {
        nodes++;
        count(operators.computeIfAbsent(domain(written), fresh -> new TreeMap<>()), operator);
    }

    /** Counts an operator in a map of operators, whose keys are kept. */
    void count(final Map<String, Long> operatorCounts, final String operator) throws OnnxFormatException {
        if (operatorCounts.merge(operator, 1L, Long::sum) == 1) {
            keep(operator);
        }
    }

    void function(final OnnxFunction function) throws OnnxFormatException {
        keep(function.domain());
        keep(function.name());
        functions.add(function);
    }

    void input(final OnnxValue value) throws OnnxFormatException {
        inputs.add(keep(value));
    }

    void output(final OnnxValue value) throws OnnxFormatException {
        outputs.add(keep(value));
    }

    /** Any value with a declared shape, also those that are not kept. */
    void declared(final OnnxValue value) {
        if (largest == null || value.bytes() > largest.bytes()) {
            largest = value;
        }
    }

    void initializer(final String name) throws OnnxFormatException {
        if (initializers.add(name)) {
            keep(name);
        }
    }

    void weights(final OnnxType type, final long bytes, final long stored) {
        tensors++;
        weightTypes.merge(type, bytes, Sizes::plus);
        weightBytes = Sizes.plus(weightBytes, bytes);
        storedBytes = Sizes.plus(storedBytes, stored);
    }

    void externalFile(final String location) throws OnnxFormatException {
        if (externalFiles.add(location)) {
            keep(location);
        }
    }

    void contradiction(final String text) {
        if (contradictions.size() < MAX_CONTRADICTIONS) {
            contradictions.add(text);
        }
    }

    OnnxSummary build() {
        final List<OnnxValue> free = inputs.stream().filter(value -> !initializers.contains(value.name())).toList();
        return new OnnxSummary(fileBytes, irVersion, (producerName + ' ' + producerVersion).strip(),
                Collections.unmodifiableMap(opsets), free, List.copyOf(outputs),
                Collections.unmodifiableMap(metadata),
                new OnnxOperators(nodes, depth, Collections.unmodifiableMap(operators)),
                new OnnxWeights(tensors, weightBytes, Collections.unmodifiableMap(weightTypes), storedBytes,
                        Collections.unmodifiableSet(externalFiles), inputs.size() - free.size()),
                Optional.ofNullable(largest), List.copyOf(functions), training, List.copyOf(contradictions));
    }

    private OnnxValue keep(final OnnxValue value) throws OnnxFormatException {
        keep(value.name());
        for (final OnnxDimension dimension : value.shape()) {
            keep(dimension.symbol());
        }
        return value;
    }

    private String keep(final String text) throws OnnxFormatException {
        kept += text.length() + COST_OF_A_TEXT;
        if (kept > MAX_KEPT) {
            throw new OnnxFormatException(Kind.TOO_LARGE, "has more names and texts than the " + (MAX_KEPT >> 20)
                    + " MiB that a model may bring; export it without debugging information");
        }
        return text;
    }
}
