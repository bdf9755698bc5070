/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.util.List;
import java.util.Objects;

/**
 * What the file declares about an input, an output or a value between two operators. Immutable.
 *
 * @param name  in the graph
 * @param kind  tensor or something else
 * @param type  of the elements; undefined for what is no tensor
 * @param shape outermost dimension first; empty for scalars and where the file declares none
 */
public record OnnxValue(String name, Kind kind, OnnxType type, List<OnnxDimension> shape) {

    /** Kinds of values, by the cases of {@code TypeProto} in onnx.proto. */
    public enum Kind {
        TENSOR, SPARSE_TENSOR, SEQUENCE, MAP, OPTIONAL, UNKNOWN
    }

    public OnnxValue {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(type, "type");
        shape = List.copyOf(shape);
    }

    /** Memory that it needs at least, free dimensions counted as 1; {@link Long#MAX_VALUE} when too large to say. */
    public long bytes() {
        long elements = 1;
        for (final OnnxDimension dimension : shape) {
            elements = Sizes.times(elements, dimension.free() ? 1 : dimension.size());
        }
        return type.bytes(elements);
    }

    @Override
    public String toString() {
        return name + ' ' + (kind == Kind.TENSOR ? type.toString() + shape : kind.toString());
    }
}
