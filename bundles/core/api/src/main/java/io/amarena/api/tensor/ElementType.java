/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.tensor;

/** The type of a tensor's elements, with the names of the ONNX standard. */
public enum ElementType {
    FLOAT32(4), FLOAT64(8), FLOAT16(2), BFLOAT16(2), INT8(1), UINT8(1), INT16(2), UINT16(2), INT32(4), UINT32(4),
    INT64(8), UINT64(8), BOOL(1);

    private final int bytes;

    ElementType(final int bytes) {
        this.bytes = bytes;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }
}
