/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputCheckTest {

    /** One output with given bits in each element. */
    private record Output(TensorSpec spec, Shape shape, ByteBuffer data) implements Tensors, Tensor {

        static Output of(final ElementType type, final Shape declared, final Shape actual, final long... bits) {
            final ByteBuffer data = ByteBuffer.allocateDirect(Math.max(1, type.bytes() * bits.length))
                    .order(ByteOrder.nativeOrder());
            for (int i = 0; i < bits.length; i++) {
                switch (type.bytes()) {
                    case 1 -> data.put(i, (byte) bits[i]);
                    case 2 -> data.putShort(2 * i, (short) bits[i]);
                    case 4 -> data.putInt(4 * i, (int) bits[i]);
                    default -> data.putLong(8 * i, bits[i]);
                }
            }
            return new Output(new TensorSpec("y", type, declared), actual, data);
        }

        @Override
        public List<TensorSpec> specs() {
            return List.of(spec);
        }

        @Override
        public Tensor get(final String name) {
            return this;
        }
    }

    private static Output values(final ElementType type, final long... bits) {
        return Output.of(type, Shape.of(-1), Shape.of(bits.length), bits);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 0x7fc00000", "FLOAT32, 0xff800000", "FLOAT64, 0x7ff8000000000000",
        "FLOAT64, 0x7ff0000000000000", "FLOAT16, 0x7e00", "FLOAT16, 0xfc00", "BFLOAT16, 0x7fc0", "BFLOAT16, 0x7f80"})
    void nan_and_infinity_are_found_in_every_float_type(final ElementType type, final String bits) {
        final Optional<String> found = OutputCheck.notFinite(values(type, 0, Long.decode(bits)));
        assertTrue(found.orElse("").startsWith("output y holds ") && found.get().contains("at element 1"),
                found.toString());
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 0x7f7fffff", "FLOAT64, 0x7fefffffffffffff", "FLOAT16, 0x7bff", "BFLOAT16, 0x7f7f",
        "INT32, 0x7fc00000", "UINT8, 0xff", "INT64, 0x7ff8000000000000"})
    void the_largest_floats_and_all_whole_numbers_are_finite(final ElementType type, final String bits) {
        assertEquals(Optional.empty(), OutputCheck.notFinite(values(type, Long.decode(bits))));
    }

    @Test
    void shapes_are_as_declared_where_they_are_fixed() {
        assertEquals("", misshapen(Shape.of(-1, 5, -1), Shape.of(1, 5, 77), 1));
        assertEquals("output y came with the shape [1, 6, 77], declared is [?, 5, ?]: export the model with the shapes"
                + " that it really gives", misshapen(Shape.of(-1, 5, -1), Shape.of(1, 6, 77), 1));
        assertTrue(misshapen(Shape.of(-1, 5), Shape.of(1, 5, 1), 1).contains("[1, 5, 1]"));
    }

    @Test
    void the_first_dimension_may_count_the_frames_that_ran() {
        assertEquals("", misshapen(Shape.of(1, 5), Shape.of(4, 5), 4));
        assertEquals("", misshapen(Shape.of(4, 5), Shape.of(4, 5), 1));
        assertTrue(misshapen(Shape.of(1, 5), Shape.of(3, 5), 4).contains("[3, 5]"));
    }

    @Test
    void nothing_is_expected_of_an_output_whose_rank_is_not_known() {
        assertEquals("", misshapen(Shape.of(), Shape.of(2, 3), 1));
    }

    private static String misshapen(final Shape declared, final Shape actual, final int frames) {
        return OutputCheck.misshapen(Output.of(ElementType.FLOAT32, declared, actual), frames).orElse("");
    }
}
