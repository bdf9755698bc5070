/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxPreCheckTest {

    private static final Predicate<String> NOTHING_ELSE = name -> false;

    @ParameterizedTest
    @ValueSource(strings = {"conv", "dynamic", "nested", "function"})
    void a_usable_model_has_no_problems(final String name) throws Exception {
        assertEquals(List.of(), problems(name, OnnxLimits.DEFAULT, NOTHING_ELSE));
    }

    @Test
    void a_custom_operator_is_named_with_its_domain() throws Exception {
        assertEquals(List.of("needs the custom operators Secret of the domain com.acme; export it with operators of "
                + "ai.onnx, ai.onnx.ml or com.microsoft only"), problems("custom", OnnxLimits.DEFAULT, NOTHING_ELSE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"opset6", "opset99"})
    void operators_of_another_age_are_refused(final String name) throws Exception {
        assertEquals(List.of("uses version " + name.substring(5) + " of the standard operators; versions 7 to 30 are "
                + "supported, so export it with one of these"), problems(name, OnnxLimits.DEFAULT, NOTHING_ELSE));
    }

    @Test
    void weights_outside_the_pack_are_refused_even_when_such_a_file_exists() throws Exception {
        assertEquals(List.of("keeps weights outside the pack: ../../etc/passwd; save the model with all weights in "
                + "one file"), problems("external-outside", OnnxLimits.DEFAULT, name -> true));
    }

    @Test
    void weights_in_a_file_beside_the_model_are_accepted_only_when_the_file_is_there() throws Exception {
        assertEquals(List.of(), problems("external", OnnxLimits.DEFAULT, "weights.bin"::equals));
        assertEquals(1, problems("external", OnnxLimits.DEFAULT, NOTHING_ELSE).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "..", ".", "a/b", "a\\b", "C:x", "a\u0000b", "*/_ORT_MEM_ADDR_/*"})
    void only_plain_file_names_are_inside_the_pack(final String location) throws Exception {
        final Proto tensor = Proto.message().number(2, 1).number(14, 1)
                .message(13, Proto.message().text(1, "location").text(2, location));
        assertProblem(Proto.message().message(5, tensor), "keeps weights outside the pack: " + location);
    }

    @Test
    void external_weights_in_a_nested_attribute_are_found() throws Exception {
        final Proto tensor = Proto.message().number(2, 1)
                .message(13, Proto.message().text(1, "location").text(2, "../x"));
        final Proto sparse = Proto.message().message(2, tensor);
        assertProblem(Proto.message().message(1, Proto.message().message(5, Proto.message().message(10, tensor))),
                "keeps weights outside the pack: ../x");
        assertProblem(Proto.message().message(15, sparse), "keeps weights outside the pack: ../x");
    }

    @Test
    void external_weights_without_a_place_are_refused() throws Exception {
        assertProblem(Proto.message().message(5, Proto.message().number(2, 1).number(14, 1)),
                "keeps weights in another file without naming it");
    }

    @Test
    void more_operators_than_allowed_are_refused() throws Exception {
        assertProblem(problems("conv", OnnxLimits.DEFAULT.with(1 << 20, 1, 1 << 20), NOTHING_ELSE),
                "has 2 operators with its functions expanded, more than the limit of 1");
    }

    @Test
    void deeper_graphs_than_allowed_are_refused() throws Exception {
        assertProblem(problems("nested", new OnnxLimits(1 << 20, 100, 2, 1 << 20, 7, 30), NOTHING_ELSE),
                "holds graphs within graphs, 3 levels deep, more than the limit of 2");
    }

    @Test
    void constants_and_values_larger_than_the_memory_budget_are_refused() throws Exception {
        final List<String> problems = problems("dynamic", OnnxLimits.DEFAULT.with(1 << 20, 100, 200), NOTHING_ELSE);
        assertProblem(problems, "declares constants of 216 bytes, more than the limit of 200");
        assertProblem(problems, "declares the value features FLOAT[batch, 2, 640, 640] of 3,276,800 bytes");
    }

    @Test
    void dimensions_whose_product_overflows_are_refused() throws Exception {
        final Proto tensor = Proto.message().number(1, 1L << 40).number(1, 1L << 40).number(2, 1).text(8, "w");
        assertProblem(Proto.message().message(5, tensor), "declares constants of countless bytes");
        final Proto dimension = Proto.message().number(1, 1L << 40);
        final Proto shape = Proto.message().message(1, dimension).message(1, dimension);
        final Proto type = Proto.message().message(1, Proto.message().number(1, 1).message(2, shape));
        assertProblem(Proto.message().message(13, Proto.message().text(1, "v").message(2, type)),
                "declares the value v FLOAT[1099511627776, 1099511627776] of countless bytes");
    }

    @Test
    void sparse_constants_count_with_the_memory_of_dense_ones() throws Exception {
        final Proto sparse = Proto.message().message(1, Proto.message().number(2, 1)).number(3, 1L << 40);
        assertProblem(Proto.message().message(15, sparse), "declares constants of 4,398,046,511,104 bytes");
    }

    @Test
    void functions_that_double_at_every_call_are_refused_by_what_they_become() throws Exception {
        final Proto model = Proto.model().message(7, Proto.message().message(1, call("f0"))
                .message(12, Proto.message().text(1, "out")));
        for (int i = 0; i < 30; i++) {
            model.message(25, Proto.message().text(1, "f" + i).text(10, "local").message(7, call("f" + (i + 1)))
                    .message(7, call("f" + (i + 1))));
        }
        model.message(25, Proto.message().text(1, "f30").text(10, "local").message(7, Proto.message().text(4, "Add")));
        assertProblem(OnnxPreCheck.check(OnnxFile.read(model.buffer()), OnnxLimits.DEFAULT, NOTHING_ELSE),
                "operators with its functions expanded, more than the limit of 100,000");
    }

    @Test
    void functions_that_call_each_other_in_circles_are_refused() throws Exception {
        final Proto model = Proto.model().message(7, Proto.message().message(1, call("a"))
                .message(12, Proto.message().text(1, "out")));
        for (final String name : List.of("a", "b", "c")) {
            model.message(25, Proto.message().text(1, name).text(10, "local").message(7, call("a"))
                    .message(7, call("b")).message(7, call("c")));
        }
        assertProblem(OnnxPreCheck.check(OnnxFile.read(model.buffer()), OnnxLimits.DEFAULT, NOTHING_ELSE),
                "has local functions that call each other without end");
    }

    @Test
    void training_instructions_and_contradictions_are_refused() throws Exception {
        final Proto tensor = Proto.message().number(1, 3).number(2, 1).text(8, "w").bytes(9, new byte[4]);
        final Proto model = Proto.model().message(7, Proto.message().message(5, tensor)).message(20, Proto.message());
        final List<String> problems = OnnxPreCheck.check(OnnxFile.read(model.buffer()), OnnxLimits.DEFAULT,
                NOTHING_ELSE);
        assertProblem(problems, "contains instructions for training");
        assertProblem(problems, "is damaged: the constant w holds 4 bytes, but its shape [3] of FLOAT needs 12");
        assertProblem(problems, "has no operators");
        assertProblem(problems, "has no outputs");
    }

    @Test
    void a_file_that_is_too_large_is_refused_without_being_read(@TempDir final Path folder) throws Exception {
        final Path file = Files.write(folder.resolve("m.onnx"), new byte[101]);
        assertEquals(List.of("has 101 bytes, more than the limit of 100; use a smaller or a quantized model, or raise "
                + "the limit"), OnnxPreCheck.checkFile(file, OnnxLimits.DEFAULT.with(100, 1, 1), NOTHING_ELSE));
    }

    @Test
    void a_file_of_something_else_is_one_problem(@TempDir final Path folder) throws Exception {
        final Path file = Files.writeString(folder.resolve("m.onnx"), "this is a text");
        final List<String> problems = OnnxPreCheck.checkFile(file, OnnxLimits.DEFAULT, NOTHING_ELSE);
        assertEquals(1, problems.size());
        assertProblem(problems, "is not an ONNX file");
    }

    private static Proto call(final String function) {
        return Proto.message().text(4, function).text(7, "local");
    }

    private static List<String> problems(final String name, final OnnxLimits limits, final Predicate<String> inPack)
            throws OnnxFormatException {
        return OnnxPreCheck.check(Samples.summary(name), limits, inPack);
    }

    private static void assertProblem(final Proto graph, final String expected) throws OnnxFormatException {
        assertProblem(OnnxPreCheck.check(OnnxFile.read(Proto.model().message(7, graph).buffer()), OnnxLimits.DEFAULT,
                name -> true), expected);
    }

    private static void assertProblem(final List<String> problems, final String expected) {
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(expected)), problems::toString);
    }
}
