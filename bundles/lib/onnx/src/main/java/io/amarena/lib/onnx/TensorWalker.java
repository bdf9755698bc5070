/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the messages that hold constants, {@code TensorProto} and {@code SparseTensorProto}, without their data, and
 * compares the size of the data with what the shape promises. Not thread-safe.
 */
final class TensorWalker {

    private static final int EXTERNAL = 1;
    private static final long ABSENT = -1;

    private final WireReader wire;
    private final SummaryBuilder summary;

    TensorWalker(final WireReader wire, final SummaryBuilder summary) {
        this.wire = wire;
        this.summary = summary;
    }

    /** Reads one tensor and returns its name. */
    String tensor() throws IOException {
        final Tensor tensor = new Tensor();
        wire.message(() -> read(tensor));
        final long bytes = declaredBytes(tensor.name, tensor.dimensions, tensor.type);
        summary.weights(tensor.type, bytes, tensor.raw == ABSENT ? tensor.typed : tensor.raw + tensor.typed);
        if (tensor.external) {
            summary.externalFile(tensor.location);
        } else if (tensor.type != OnnxType.UNDEFINED && tensor.dimensions.sensible()) {
            compare(tensor, bytes);
        }
        return tensor.name;
    }

    /** Reads one sparse tensor, which needs the memory of a dense one in a runtime, and returns its name. */
    String sparseTensor() throws IOException {
        final Dimensions dimensions = new Dimensions();
        final String[] name = {""};
        final OnnxType[] type = {OnnxType.FLOAT};
        wire.message(() -> {
            while (wire.next()) {
                switch (wire.field()) {
                    case 1 -> {
                        final Tensor values = new Tensor();
                        wire.message(() -> read(values));
                        name[0] = values.name;
                        type[0] = values.type;
                        external(values);
                    }
                    case 2 -> {
                        final Tensor indices = new Tensor();
                        wire.message(() -> read(indices));
                        external(indices);
                    }
                    case 3 -> wire.numbers(dimensions::add);
                    default -> wire.skip();
                }
            }
        });
        summary.weights(type[0], declaredBytes(name[0], dimensions, type[0]), 0);
        return name[0];
    }

    private void external(final Tensor tensor) throws IOException {
        if (tensor.external) {
            summary.externalFile(tensor.location);
        }
    }

    private void read(final Tensor tensor) throws IOException {
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> wire.numbers(tensor.dimensions::add);
                case 2 -> tensor.type = OnnxType.of(wire.number());
                case 4, 5, 6, 7, 10, 11 -> tensor.typed += wire.skip();
                case 8 -> tensor.name = wire.text();
                case 9 -> tensor.raw = wire.skip();
                case 13 -> {
                    tensor.external = true;
                    wire.message(() -> location(tensor));
                }
                case 14 -> tensor.external |= wire.number() == EXTERNAL;
                default -> wire.skip();
            }
        }
    }

    private void location(final Tensor tensor) throws IOException {
        String key = "";
        String value = "";
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> key = wire.text();
                case 2 -> value = wire.text();
                default -> wire.skip();
            }
        }
        if (key.equals("location")) {
            tensor.location = value;
        }
    }

    private long declaredBytes(final String name, final Dimensions dimensions, final OnnxType type) {
        if (type == OnnxType.UNDEFINED) {
            summary.contradiction("the constant " + name + " has an element type that is not known");
        }
        if (!dimensions.sensible()) {
            summary.contradiction("the constant " + name + " has the impossible shape " + dimensions);
            return 0;
        }
        return type.bytes(dimensions.elements());
    }

    private void compare(final Tensor tensor, final long bytes) {
        final boolean plain = tensor.type == OnnxType.FLOAT || tensor.type == OnnxType.DOUBLE;
        final long stored = tensor.raw == ABSENT ? tensor.typed : tensor.raw;
        final boolean exact = tensor.raw != ABSENT || plain;
        final boolean wrong = exact ? stored != bytes : stored == 0 && bytes > 0;
        if (wrong && tensor.type != OnnxType.STRING) {
            summary.contradiction("the constant " + tensor.name + " holds " + stored + " bytes, but its shape "
                    + tensor.dimensions + " of " + tensor.type + " needs " + bytes);
        }
    }

    /** What is known of a tensor while its fields are read. */
    private static final class Tensor {
        private final Dimensions dimensions = new Dimensions();
        private OnnxType type = OnnxType.UNDEFINED;
        private String name = "";
        private long typed;
        private long raw = ABSENT;
        private boolean external;
        private String location = "";
    }

    /** The dimensions of a constant: a bounded number of them. */
    private static final class Dimensions {

        private static final int MAX_RANK = 32;

        private long[] sizes = new long[4];
        private int rank;
        private boolean sensible = true;

        void add(final long size) {
            if (rank == MAX_RANK || size < 0) {
                sensible = false;
            }
            if (rank < MAX_RANK) {
                if (rank == sizes.length) {
                    sizes = Arrays.copyOf(sizes, 2 * rank);
                }
                sizes[rank++] = size;
            }
        }

        boolean sensible() {
            return sensible;
        }

        long elements() {
            long elements = 1;
            for (int i = 0; i < rank; i++) {
                elements = Sizes.times(elements, sizes[i]);
            }
            return elements;
        }

        @Override
        public String toString() {
            return Arrays.toString(Arrays.copyOf(sizes, rank));
        }
    }
}
