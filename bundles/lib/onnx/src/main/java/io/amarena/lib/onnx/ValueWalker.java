/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import io.amarena.lib.onnx.OnnxFormatException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code ValueInfoProto}: name, type and shape of a value. Not thread-safe. */
final class ValueWalker {

    private static final int MAX_RANK = 32;

    private final WireReader wire;
    private String name;
    private OnnxValue.Kind kind;
    private OnnxType type;
    private final List<OnnxDimension> shape = new ArrayList<>();

    ValueWalker(final WireReader wire) {
        this.wire = wire;
    }

    OnnxValue value() throws IOException {
        name = "";
        kind = OnnxValue.Kind.UNKNOWN;
        type = OnnxType.UNDEFINED;
        shape.clear();
        wire.message(() -> {
            while (wire.next()) {
                switch (wire.field()) {
                    case 1 -> name = wire.text();
                    case 2 -> wire.message(this::type);
                    default -> wire.skip();
                }
            }
        });
        return new OnnxValue(name, kind, type, shape);
    }

    private void type() throws IOException {
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> tensor(OnnxValue.Kind.TENSOR);
                case 8 -> tensor(OnnxValue.Kind.SPARSE_TENSOR);
                case 4 -> other(OnnxValue.Kind.SEQUENCE);
                case 5 -> other(OnnxValue.Kind.MAP);
                case 9 -> other(OnnxValue.Kind.OPTIONAL);
                default -> wire.skip();
            }
        }
    }

    private void other(final OnnxValue.Kind found) throws IOException {
        kind = found;
        wire.skip();
    }

    private void tensor(final OnnxValue.Kind found) throws IOException {
        kind = found;
        wire.message(() -> {
            while (wire.next()) {
                switch (wire.field()) {
                    case 1 -> type = OnnxType.of(wire.number());
                    case 2 -> wire.message(this::shape);
                    default -> wire.skip();
                }
            }
        });
    }

    private void shape() throws IOException {
        while (wire.next()) {
            if (wire.field() == 1) {
                wire.message(this::dimension);
            } else {
                wire.skip();
            }
        }
    }

    private void dimension() throws IOException {
        long size = OnnxDimension.FREE;
        String symbol = "";
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> size = wire.number();
                case 2 -> symbol = wire.text();
                default -> wire.skip();
            }
        }
        if (shape.size() == MAX_RANK || size < OnnxDimension.FREE) {
            throw new OnnxFormatException(Kind.DAMAGED, "is damaged: the value " + name
                    + " has a dimension of " + size + " as number " + (shape.size() + 1) + "; export it again");
        }
        shape.add(new OnnxDimension(size, symbol));
    }
}
