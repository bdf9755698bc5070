/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import io.amarena.lib.onnx.OnnxSummary;
import io.amarena.lib.onnx.OnnxType;
import java.util.HashMap;
import java.util.Map;

/** The precision of a model, by the memory that each type of weights takes. A pure function. */
final class WeightPrecision {

    /** Share of the weights from which they decide alone; what is left are scales, offsets and the last layer. */
    private static final double CLEAR = 0.75;
    private static final String MIXED = "mixed";

    private WeightPrecision() {
    }

    /** The value of {@code precision}: fp32, fp16, int8, int4 or mixed. */
    static String of(final OnnxSummary summary) {
        if (has(summary, "com.microsoft", "MatMulNBits")) {
            return "int4";
        }
        final Map<String, Double> shares = new HashMap<>();
        double total = 0;
        for (final Map.Entry<OnnxType, Long> entry : summary.weights().byType().entrySet()) {
            final String family = family(entry.getKey());
            if (!family.isEmpty()) {
                shares.merge(family, (double) entry.getValue(), Double::sum);
                total += entry.getValue();
            }
        }
        if (total == 0) {
            return "fp32";
        }
        for (final Map.Entry<String, Double> share : shares.entrySet()) {
            if (share.getValue() >= CLEAR * total) {
                return share.getKey();
            }
        }
        return MIXED;
    }

    private static boolean has(final OnnxSummary summary, final String domain, final String operator) {
        return summary.operators().byDomain().getOrDefault(domain, Map.of()).containsKey(operator);
    }

    /** Whole numbers of more bits are shapes, indices and biases. */
    private static String family(final OnnxType type) {
        return switch (type) {
            case FLOAT, DOUBLE -> "fp32";
            case FLOAT16, BFLOAT16 -> "fp16";
            case INT8, UINT8 -> "int8";
            case INT4, UINT4 -> "int4";
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT4E2M1, FLOAT8E8M0, UINT2, INT2 -> MIXED;
            default -> "";
        };
    }
}
