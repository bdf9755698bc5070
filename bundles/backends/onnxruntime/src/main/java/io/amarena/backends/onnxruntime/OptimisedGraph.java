/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.backend.KernelCoverage;
import io.amarena.lib.onnx.OnnxFile;
import io.amarena.lib.onnx.OnnxOperators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graph as ONNX Runtime runs it, which it can write to a file while it loads a model: a temporary one, read once
 * and deleted. Only there it shows which operators became quantized kernels.
 *
 * <p>Writing costs about as much as the copy of the file, weights included, and as much memory for a moment. So it is
 * done for models that say that they are quantized, up to a size.
 */
final class OptimisedGraph implements AutoCloseable {

    /** Larger files are not written out again: what it costs grows with them, see the README. */
    static final long LARGEST = 128L << 20;

    /** Of the temporary file. */
    static final String PREFIX = "amarena-graph-" + ProcessHandle.current().pid() + '-';

    private static final Logger LOG = LoggerFactory.getLogger(OptimisedGraph.class);
    private static final Set<String> QUANTIZED = Set.of("int8", "int4", "mixed");

    private static final Set<String> CONVOLUTIONS = Set.of("Conv", "FusedConv", "NhwcConv", "NhwcFusedConv",
            "ConvTranspose");
    private static final Set<String> QUANTIZED_CONVOLUTIONS = Set.of("QLinearConv", "ConvInteger");
    private static final Set<String> PRODUCTS = Set.of("MatMul", "FusedMatMul", "Gemm", "FusedGemm");
    private static final Set<String> QUANTIZED_PRODUCTS = Set.of("QLinearMatMul", "MatMulInteger",
            "MatMulIntegerToFloat", "DynamicQuantizeMatMul", "QGemm", "MatMulNBits", "MatMulBnb4");

    private final Path file;

    private OptimisedGraph(final Path file) {
        this.file = file;
    }

    /** Whether it is worth writing for a model of that precision and that many bytes. */
    static boolean isWorthIt(final String precision, final long bytes) {
        return QUANTIZED.contains(precision) && bytes <= LARGEST;
    }

    /** An empty file to be written, or nothing when there is no place for it: then the coverage is not known. */
    static Optional<OptimisedGraph> file() {
        try {
            return Optional.of(new OptimisedGraph(Files.createTempFile(PREFIX, ".onnx")));
        } catch (final IOException noPlace) {
            LOG.warn("Which kernels a quantized model gets is not looked at: no temporary file ({})",
                    noPlace.toString());
            return Optional.empty();
        }
    }

    Path path() {
        return file;
    }

    /** Reads what ONNX Runtime wrote; empty when that cannot be read. */
    Optional<KernelCoverage> coverage() {
        try {
            return Optional.of(coverage(OnnxFile.read(file).operators()));
        } catch (final IOException unreadable) {
            LOG.warn("Which kernels a quantized model got is not known: {}", unreadable.toString());
            return Optional.empty();
        }
    }

    static KernelCoverage coverage(final OnnxOperators operators) {
        final int quantizedConvolutions = count(operators, QUANTIZED_CONVOLUTIONS);
        final int quantizedProducts = count(operators, QUANTIZED_PRODUCTS);
        return KernelCoverage.of(count(operators, CONVOLUTIONS) + quantizedConvolutions, quantizedConvolutions,
                count(operators, PRODUCTS) + quantizedProducts, quantizedProducts);
    }

    /** In all domains: the runtime has the same operators in domains of its own, for other orders of the channels. */
    private static int count(final OnnxOperators operators, final Set<String> names) {
        long count = 0;
        for (final Map<String, Long> domain : operators.byDomain().values()) {
            for (final String name : names) {
                count += domain.getOrDefault(name, 0L);
            }
        }
        return Math.toIntExact(count);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException left) {
            LOG.warn("The temporary file {} could not be deleted: {}", file, left.toString());
        }
    }
}
