/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {

    @Test
    void inputs_that_are_initializers_are_not_inputs() throws Exception {
        final OnnxSummary conv = Samples.summary("conv");
        assertEquals("[images FLOAT[1, 3, 8, 8]]", conv.inputs().toString());
        assertEquals("[scores FLOAT[1, 2, 8, 8]]", conv.outputs().toString());
        assertEquals(1, conv.weights().overridable());
    }

    @Test
    void the_head_of_the_file_is_read() throws Exception {
        final OnnxSummary conv = Samples.summary("conv");
        assertEquals(8, conv.irVersion());
        assertEquals("make_models 1", conv.producer());
        assertEquals(Map.of("ai.onnx", 13L), conv.opsets());
        assertEquals(Samples.bytes("conv").length, conv.fileBytes());
        assertFalse(conv.training());
    }

    @Test
    void operators_and_weights_are_counted() throws Exception {
        final OnnxSummary conv = Samples.summary("conv");
        assertEquals(2, conv.operators().nodes());
        assertEquals(Map.of("ai.onnx", Map.of("Conv", 1L, "Relu", 1L)), conv.operators().byDomain());
        assertEquals(1, conv.weights().tensors());
        assertEquals(2 * 3 * 3 * 3 * 4, conv.weights().bytes());
        assertEquals(Map.of(OnnxType.FLOAT, 2L * 3 * 3 * 3 * 4), conv.weights().byType());
        assertEquals(2 * 3 * 3 * 3 * 4, conv.weights().storedBytes());
    }

    @Test
    void free_dimensions_keep_their_symbols() throws Exception {
        final OnnxSummary dynamic = Samples.summary("dynamic");
        assertEquals(List.of(new OnnxDimension(OnnxDimension.FREE, "batch"), new OnnxDimension(3, ""),
                new OnnxDimension(OnnxDimension.FREE, "height"), new OnnxDimension(OnnxDimension.FREE, "width")),
                dynamic.inputs().get(0).shape());
        assertEquals("[batch, 2, ?, ?]", dynamic.outputs().get(0).shape().toString());
    }

    @Test
    void the_exporters_properties_are_read() throws Exception {
        assertEquals(Map.of("task", "detect", "stride", "32", "imgsz", "[640, 640]",
                "names", "{0: 'scratch', 1: 'dent'}"), Samples.summary("dynamic").metadata());
    }

    @Test
    void the_largest_declared_value_is_found() throws Exception {
        final OnnxValue largest = Samples.summary("dynamic").largest().orElseThrow();
        assertEquals("features", largest.name());
        assertEquals(2L * 640 * 640 * 4, largest.bytes());
    }

    @Test
    void operators_in_nested_graphs_count() throws Exception {
        final OnnxOperators nested = Samples.summary("nested").operators();
        assertEquals(3, nested.depth());
        assertEquals(Map.of("ai.onnx", Map.of("If", 2L, "Abs", 1L, "Neg", 1L, "Constant", 1L)), nested.byDomain());
    }

    @Test
    void constants_in_attributes_of_nested_graphs_count_as_weights() throws Exception {
        assertEquals(8, Samples.summary("nested").weights().bytes());
    }

    @Test
    void external_files_are_named() throws Exception {
        final OnnxWeights weights = Samples.summary("external-outside").weights();
        assertEquals(Set.of("../../etc/passwd"), weights.externalFiles());
        assertEquals(216, weights.bytes());
        assertEquals(0, weights.storedBytes());
    }

    @Test
    void local_functions_and_their_calls_are_read() throws Exception {
        final OnnxSummary model = Samples.summary("function");
        assertEquals(List.of(new OnnxFunction("local", "Double", 1, Map.of("ai.onnx\nAdd", 1L))), model.functions());
        assertEquals(Map.of("ai.onnx", Map.of("Add", 1L), "local", Map.of("Double", 1L)),
                model.operators().byDomain());
    }

    @Test
    void training_information_is_noticed() throws Exception {
        assertTrue(OnnxFile.read(Proto.model().message(7, Proto.message()).message(20, Proto.message()).buffer())
                .training());
    }

    @Test
    void a_second_graph_field_is_merged_as_protocol_buffers_do_and_cannot_hide_operators() throws Exception {
        final Proto hidden = Proto.message().message(1, Proto.message().text(4, "Evil").text(7, "com.acme"));
        final OnnxSummary model = OnnxFile.read(
                Proto.model().message(7, Proto.message()).message(7, hidden).buffer());
        assertEquals(Map.of("com.acme", Map.of("Evil", 1L)), model.operators().byDomain());
    }

    @Test
    void dimensions_may_be_packed() throws Exception {
        final Proto packed = Proto.message().bytes(1, new byte[] {2, 3}).number(2, 1).bytes(9, new byte[24]);
        final OnnxSummary model = OnnxFile.read(Proto.model().message(7, Proto.message().message(5, packed)).buffer());
        assertEquals(24, model.weights().bytes());
        assertEquals(List.of(), model.contradictions());
    }

    @Test
    void a_constant_with_more_or_less_data_than_its_shape_needs_is_a_contradiction() throws Exception {
        final Proto tensor = Proto.message().number(1, 1000).number(2, 1).text(8, "w").bytes(9, new byte[12]);
        final OnnxSummary model = OnnxFile.read(Proto.model().message(7, Proto.message().message(5, tensor)).buffer());
        assertEquals(List.of("the constant w holds 12 bytes, but its shape [1000] of FLOAT needs 4000"),
                model.contradictions());
    }

    @Test
    void sizes_that_overflow_stay_at_the_largest_number() throws Exception {
        final Proto tensor = Proto.message().number(1, Long.MAX_VALUE).number(1, 4).number(2, 1).text(8, "w");
        final OnnxSummary model = OnnxFile.read(
                Proto.model().message(7, Proto.message().message(5, tensor).message(5, tensor)).buffer());
        assertEquals(Long.MAX_VALUE, model.weights().bytes());
    }

    @Test
    void a_file_larger_than_the_window_gives_the_same_summary_as_a_buffer(@TempDir final Path folder)
            throws Exception {
        final Proto graph = Proto.message();
        for (int i = 0; i < 20_000; i++) {
            graph.message(1, Proto.message().text(3, "node " + i).text(4, i % 3 == 0 ? "Conv" : "Relu"));
        }
        graph.message(12, Proto.message().text(1, "out"));
        final ByteBuffer bytes = Proto.model().message(7, graph).buffer();
        final Path file = folder.resolve("large.onnx");
        Files.write(file, bytes.array());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            assertEquals(OnnxFile.read(bytes), OnnxFile.read(channel));
        }
        assertTrue(bytes.limit() > 4 * 65_536, "the file spans several windows");
    }

    @Test
    void the_position_of_a_buffer_stays() throws Exception {
        final ByteBuffer bytes = ByteBuffer.wrap(Samples.bytes("conv"));
        OnnxFile.read(bytes);
        assertEquals(0, bytes.position());
    }

    @Test
    void an_unreadable_file_is_an_io_error_and_no_format_error(@TempDir final Path folder) {
        assertThrows(java.nio.file.NoSuchFileException.class, () -> OnnxFile.read(folder.resolve("none.onnx")));
    }
}
