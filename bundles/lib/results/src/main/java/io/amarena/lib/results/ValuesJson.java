/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The open values of a vendor's outcome: texts, numbers, truth values, lists and maps. A whole number is read as
 * {@code Long}, another one as {@code Double}, {@code null} as NaN; an object of another type is written as its text.
 */
final class ValuesJson {

    /** Deeper nesting is refused, so that a value that contains itself cannot exhaust the stack. */
    static final int MAX_DEPTH = 32;

    private static final int LONG_DIGITS = 19;

    private ValuesJson() {
    }

    static void write(final JsonGenerator json, final Map<String, Object> values) {
        writeValue(json, values, 1);
    }

    static Map<String, Object> read(final JsonObject values) {
        return readObject(values, 1);
    }

    private static void writeValue(final JsonGenerator json, final Object value, final int depth) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.write(truth.booleanValue());
        } else if (value instanceof Double || value instanceof Float) {
            RoundedNumber.writeExact(json, ((Number) value).doubleValue());
        } else if (value instanceof Long || value instanceof Integer || value instanceof Short
                || value instanceof Byte) {
            json.write(((Number) value).longValue());
        } else if (value instanceof Map<?, ?> map) {
            checkDepth(depth);
            json.writeStartObject();
            map.forEach((key, inner) -> {
                json.writeKey(String.valueOf(key));
                writeValue(json, inner, depth + 1);
            });
            json.writeEnd();
        } else if (value instanceof List<?> list) {
            checkDepth(depth);
            json.writeStartArray();
            list.forEach(inner -> writeValue(json, inner, depth + 1));
            json.writeEnd();
        } else {
            json.write(value.toString());
        }
    }

    private static Map<String, Object> readObject(final JsonObject object, final int depth) {
        checkDepth(depth);
        final Map<String, Object> map = new LinkedHashMap<>();
        object.forEach((key, value) -> map.put(key, readValue(value, depth + 1)));
        return map;
    }

    private static Object readValue(final JsonValue value, final int depth) {
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> Double.NaN;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> readNumber(((JsonNumber) value).bigDecimalValue());
            case OBJECT -> readObject(value.asJsonObject(), depth);
            case ARRAY -> readArray(value.asJsonArray(), depth);
        };
    }

    private static List<Object> readArray(final JsonArray array, final int depth) {
        checkDepth(depth);
        final List<Object> list = new ArrayList<>(array.size());
        array.forEach(value -> list.add(readValue(value, depth + 1)));
        return list;
    }

    private static Object readNumber(final BigDecimal number) {
        final boolean whole = number.scale() <= 0 && (long) number.precision() - number.scale() <= LONG_DIGITS;
        if (whole && number.toBigInteger().bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number.doubleValue();
    }

    private static void checkDepth(final int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("values: expected at most " + MAX_DEPTH
                    + " levels of lists and maps, found more");
        }
    }
}
