/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {

    @TempDir
    private Path folder;

    private Processor read(final String architecture, final String... lines) throws IOException {
        return Processor.read(Files.write(folder.resolve("cpuinfo"), List.of(lines)), architecture);
    }

    @Test
    void model_and_noteworthy_extensions_of_an_x86_processor_are_described() throws IOException {
        final Processor processor = read("amd64", "processor\t: 0", "model name\t: Some Xeon @ 3.0GHz",
                "flags\t\t: fpu sse avx2 avx512f avx512_vnni amx_int8", "", "processor\t: 1", "model name\t: other");

        assertEquals("Some Xeon @ 3.0GHz, AVX2, AVX-512, AVX512-VNNI, AMX-INT8", processor.description());
        assertEquals(Set.of("fp32", "int8", "mixed"), processor.precisions());
    }

    @Test
    void an_arm_processor_without_a_model_name_is_described_by_its_architecture() throws IOException {
        final Processor processor = read("aarch64", "processor\t: 0", "Features\t: fp asimd asimdhp asimddp asimddp");

        assertEquals("aarch64, NEON, NEON-FP16, DOT-PRODUCT", processor.description());
        assertTrue(processor.precisions().contains("fp16"));
    }

    @Test
    void only_x86_without_vnni_saturates_int8() throws IOException {
        assertTrue(read("amd64", "flags : avx2").saturatesInt8());
        assertTrue(read("x86_64", "flags : avx2 avx512f").saturatesInt8());
        assertFalse(read("amd64", "flags : avx2 avx_vnni").saturatesInt8());
        assertFalse(read("amd64", "flags : avx2 avx512_vnni").saturatesInt8());
        assertFalse(read("aarch64", "Features : asimd").saturatesInt8());
    }

    @Test
    void a_processor_of_which_nothing_can_be_read_is_known_by_architecture_and_taken_for_one_that_saturates() {
        final Processor processor = Processor.read(folder.resolve("missing"), "amd64");

        assertEquals("amd64", processor.description());
        assertTrue(processor.saturatesInt8());
    }
}
