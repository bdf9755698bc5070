/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.KernelCoverage;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Three convolutions and one matrix product, quantized with uint8 and with int8 activations. */
class KernelCoverageTest {

    private static final OnnxRuntimeBackend BACKEND = TestBackends.withDefaults();

    private static Optional<KernelCoverage> kernels(final Model model) throws BackendException {
        try (Session session = BACKEND.open(model, BACKEND.devices().get(0), SessionOptions.forCallers(1))) {
            return session.kernels();
        }
    }

    @Test
    void with_uint8_activations_everything_gets_a_quantized_kernel_on_x86() throws BackendException {
        final KernelCoverage found = kernels(TestBackends.model("uint8-activations").withPrecision("int8"))
                .orElseThrow();
        assertEquals(3, found.convolutions());
        assertEquals(1, found.products());
        onX86();
        assertTrue(found.complete(), found::toString);
    }

    @Test
    void with_int8_activations_around_zero_the_convolutions_run_in_float_on_x86() throws BackendException {
        final KernelCoverage found = kernels(TestBackends.model("int8-activations").withPrecision("int8"))
                .orElseThrow();
        assertEquals(3, found.convolutions());
        assertEquals(1, found.products());
        onX86();
        assertFalse(found.complete());
        assertEquals("0 of 3 convolutions and 1 of 1 matrix products have quantized kernels", found.toString());
    }

    @Test
    void of_models_that_are_not_quantized_nothing_is_told_and_nothing_is_written() throws BackendException {
        assertEquals(Optional.empty(), kernels(TestBackends.model("uint8-activations")));
        assertFalse(OptimisedGraph.isWorthIt("fp32", 1));
        assertTrue(OptimisedGraph.isWorthIt("int8", OptimisedGraph.LARGEST));
        assertFalse(OptimisedGraph.isWorthIt("int8", OptimisedGraph.LARGEST + 1));
    }

    @Test
    void the_temporary_file_is_gone_when_the_model_is_open_and_when_it_is_refused() throws Exception {
        kernels(TestBackends.model("int8-activations").withPrecision("int8"));
        try {
            kernels(TestBackends.model("unknown-operator").withPrecision("int8"));
        } catch (final BackendException refused) {
            assertTrue(refused.getMessage().contains("Levitate"), refused::getMessage);
        }
        assertEquals(List.of(), graphs());
    }

    private static List<Path> graphs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(OptimisedGraph.PREFIX)).sorted()
                    .toList();
        }
    }

    private static void onX86() {
        assumeTrue(Processor.ofThisMachine().isX86(), "SKIPPED: which kernels exist is known for x86 alone, not for "
                + System.getProperty("os.arch"));
    }
}
