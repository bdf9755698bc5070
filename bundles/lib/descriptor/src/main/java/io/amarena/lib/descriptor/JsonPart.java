/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A JSON object of a descriptor, read key by key; what is wrong is noted with its pointer and reading goes on. */
final class JsonPart {

    private final JsonObject json;
    private final String pointer;
    private final Problems problems;

    JsonPart(final JsonObject json, final String pointer, final Problems problems) {
        this.json = json;
        this.pointer = pointer;
        this.problems = problems;
    }

    String pointer() {
        return pointer;
    }

    Set<String> keys() {
        return json.keySet();
    }

    boolean has(final String key) {
        return json.containsKey(key);
    }

    void problem(final String key, final String text) {
        problems.add(pointer + '/' + key, text);
    }

    /** Refuses every other key, except {@code x-…}. */
    void allowOnly(final String... known) {
        final Set<String> allowed = Set.of(known);
        for (final String key : json.keySet()) {
            if (!allowed.contains(key) && !key.startsWith("x-")) {
                problem(key, "unknown key; known are " + String.join(", ", new TreeSet<>(allowed))
                        + ", and keys of your own that begin with x-");
            }
        }
    }

    /** A required text that matches a pattern; empty when it does not. */
    String text(final String key, final String pattern, final String expected) {
        final JsonValue value = json.get(key);
        if (value == null) {
            problem(key, "is missing; it must be " + expected);
            return "";
        }
        if (!(value instanceof JsonString) || !((JsonString) value).getString().matches(pattern)) {
            problem(key, "must be " + expected + ", not " + shortened(value));
            return "";
        }
        return ((JsonString) value).getString();
    }

    /** A number in a range, or the default when it is missing. */
    double number(final String key, final double otherwise, final double least, final double most) {
        final JsonValue value = json.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonNumber)) {
            problem(key, "must be a number from " + plain(least) + " to " + plain(most) + ", not " + shortened(value));
            return otherwise;
        }
        final double number = ((JsonNumber) value).doubleValue();
        if (!(number >= least && number <= most)) {
            problem(key, "must be from " + plain(least) + " to " + plain(most) + ", not " + value);
            return otherwise;
        }
        return number;
    }

    /** A part; a missing one is a problem when it is required. */
    Optional<JsonPart> part(final String key, final boolean required) {
        final JsonValue value = json.get(key);
        if (value == null) {
            if (required) {
                problem(key, "is missing");
            }
            return Optional.empty();
        }
        if (value.getValueType() != JsonValue.ValueType.OBJECT) {
            problem(key, "must be an object, not " + shortened(value));
            return Optional.empty();
        }
        return Optional.of(new JsonPart(value.asJsonObject(), pointer + '/' + key, problems));
    }

    /** The parts of a list; empty when it is missing. */
    List<JsonPart> parts(final String key) {
        final List<JsonPart> parts = new ArrayList<>();
        final List<JsonValue> values = list(key);
        for (int i = 0; i < values.size(); i++) {
            final JsonValue value = values.get(i);
            if (value.getValueType() == JsonValue.ValueType.OBJECT) {
                parts.add(new JsonPart(value.asJsonObject(), pointer + '/' + key + '/' + i, problems));
            } else {
                problem(key + '/' + i, "must be an object, not " + shortened(value));
            }
        }
        return parts;
    }

    /** A list; empty when it is missing. */
    List<JsonValue> list(final String key) {
        final JsonValue value = json.get(key);
        if (value == null) {
            return List.of();
        }
        if (value.getValueType() != JsonValue.ValueType.ARRAY) {
            problem(key, "must be a list, not " + shortened(value));
            return List.of();
        }
        return value.asJsonArray();
    }

    /** All keys but some, as plain values: texts, numbers as {@code Double}, truth values, lists and maps. */
    Map<String, Object> values(final String... without) {
        final Set<String> left = Set.of(without);
        final Map<String, Object> values = new LinkedHashMap<>();
        json.forEach((key, value) -> {
            if (!left.contains(key)) {
                values.put(key, plain(value));
            }
        });
        return values;
    }

    private static Object plain(final JsonValue value) {
        switch (value.getValueType()) {
            case STRING:
                return ((JsonString) value).getString();
            case NUMBER:
                return ((JsonNumber) value).doubleValue();
            case TRUE:
                return Boolean.TRUE;
            case FALSE:
                return Boolean.FALSE;
            case ARRAY:
                final List<Object> list = new ArrayList<>();
                ((JsonArray) value).forEach(element -> list.add(plain(element)));
                return list;
            case OBJECT:
                final Map<String, Object> map = new LinkedHashMap<>();
                value.asJsonObject().forEach((key, element) -> map.put(key, plain(element)));
                return map;
            default:
                return "null";
        }
    }

    private static String plain(final double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static String shortened(final JsonValue value) {
        final String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
