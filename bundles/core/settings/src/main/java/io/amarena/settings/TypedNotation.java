/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.cm.json.io.Configurations;

/**
 * The notation of the OSGi Configurator, one entry at a time: {@code "port:Integer": 8080} or, untyped,
 * {@code "folder": "in"}. Conversions that would lose a part of the number are refused.
 */
final class TypedNotation {

    private TypedNotation() {
    }

    /** The name of the setting in a key such as {@code port:Integer}. */
    static String name(final String key) {
        final int colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }

    private static String type(final String key) {
        final int colon = key.indexOf(':');
        return colon < 0 ? "" : key.substring(colon + 1);
    }

    /**
     * The value of one entry.
     *
     * @throws IllegalArgumentException when it has none; the message says why
     */
    static Object read(final String key, final JsonValue json) {
        wrongShape(key, json).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        final Object value = convert(key, json);
        if (!keepsNumbers(json, value)) {
            throw new IllegalArgumentException("the number " + json + " does not fit the type " + type(key));
        }
        return value;
    }

    private static Optional<String> wrongShape(final String key, final JsonValue json) {
        if (type(key).startsWith("binary")) {
            return Optional.of("the type " + type(key) + " is only known in bundles; refer to the file by its path");
        }
        if (json.getValueType() == JsonValue.ValueType.NULL) {
            return Optional.of("null is no value; give it one or delete the key");
        }
        if (json instanceof JsonArray list) {
            final long kinds = list.stream().map(TypedNotation::kind).distinct().count();
            if (kinds > 1) {
                return Optional.of("the list " + shown(json) + " mixes several types");
            }
            if (!list.isEmpty() && (list.get(0) instanceof JsonArray || list.get(0) == JsonValue.NULL)) {
                return Optional.of("the list " + shown(json) + " holds lists or nulls; values are texts, numbers,"
                        + " true or false");
            }
        }
        return Optional.empty();
    }

    private static JsonValue.ValueType kind(final JsonValue json) {
        final JsonValue.ValueType kind = json.getValueType();
        return kind == JsonValue.ValueType.FALSE ? JsonValue.ValueType.TRUE : kind;
    }

    private static Object convert(final String key, final JsonValue json) {
        final JsonObject single = Json.createObjectBuilder().add(key, json).build();
        try {
            final Object value = Configurations.buildReader().build(single).readConfiguration().get(name(key));
            if (value == null) {
                throw new IllegalArgumentException("the value " + shown(json) + " is empty");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException("the value " + shown(json) + " is not of the type " + type(key)
                    + ", or there is no such type", e);
        }
    }

    private static boolean keepsNumbers(final JsonValue json, final Object value) {
        if (json instanceof JsonNumber number) {
            return keepsNumber(number, value instanceof Collection<?> one && one.size() == 1
                    ? one.iterator().next() : value);
        }
        if (json instanceof JsonArray list) {
            final List<?> items = items(value);
            for (int i = 0; i < list.size() && i < items.size(); i++) {
                if (list.get(i) instanceof JsonNumber number && !keepsNumber(number, items.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<?> items(final Object value) {
        if (value instanceof Collection<?> several) {
            return new ArrayList<>(several);
        }
        final List<Object> items = new ArrayList<>();
        for (int i = 0; value.getClass().isArray() && i < Array.getLength(value); i++) {
            items.add(Array.get(value, i));
        }
        return items;
    }

    private static boolean keepsNumber(final JsonNumber json, final Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return json.bigDecimalValue().compareTo(new BigDecimal(value.toString())) == 0;
        }
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    /** At most the beginning of a value, for messages. */
    static String shown(final Object value) {
        final String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    /**
     * Values with their typed keys: setting name to its one key and JSON value, in the order of the values.
     *
     * @throws IllegalArgumentException when a value has no notation
     */
    static Map<String, Map.Entry<String, JsonValue>> write(final SettingValues values) {
        final StringWriter text = new StringWriter();
        final JsonObject written;
        try {
            Configurations.buildWriter().build(text).writeConfiguration(values.toDictionary());
        } catch (IOException | NumberFormatException e) {
            throw new IllegalArgumentException("has a value that JSON cannot hold: " + e.getMessage(), e);
        }
        try (JsonReader reader = Json.createReader(new StringReader(text.toString()))) {
            written = reader.readObject();
        }
        final Map<String, Map.Entry<String, JsonValue>> byName = new LinkedHashMap<>();
        written.forEach((key, json) -> byName.put(name(key), Map.entry(key, json)));
        return byName;
    }
}
