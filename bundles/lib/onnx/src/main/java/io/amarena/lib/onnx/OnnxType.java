/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

/** Types of tensor elements, by the codes of {@code TensorProto.DataType} in onnx.proto. */
public enum OnnxType {
    UNDEFINED(0), FLOAT(32), UINT8(8), INT8(8), UINT16(16), INT16(16), INT32(32), INT64(64),
    /** Counted with the 32 bytes that a runtime spends on an empty string. */
    STRING(256),
    BOOL(8), FLOAT16(16), DOUBLE(64), UINT32(32), UINT64(64), COMPLEX64(64), COMPLEX128(128), BFLOAT16(16),
    FLOAT8E4M3FN(8), FLOAT8E4M3FNUZ(8), FLOAT8E5M2(8), FLOAT8E5M2FNUZ(8), UINT4(4), INT4(4), FLOAT4E2M1(4),
    FLOAT8E8M0(8), UINT2(2), INT2(2);

    private static final OnnxType[] BY_CODE = values();

    private final int bits;

    OnnxType(final int bits) {
        this.bits = bits;
    }

    /** The type with that code; {@link #UNDEFINED} for codes that are not known here. */
    static OnnxType of(final long code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[(int) code] : UNDEFINED;
    }

    /** Bytes of that many elements, rounded up; {@link Long#MAX_VALUE} for more than a long can say. */
    long bytes(final long elements) {
        final long allBits = Sizes.times(elements, bits);
        return allBits == Long.MAX_VALUE ? Long.MAX_VALUE : allBits / 8 + (allBits % 8 == 0 ? 0 : 1);
    }
}
