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
import java.util.ArrayList;
import java.util.List;

/** The fields of one JSON object, read by type; every refusal names the whole path of the key. */
final class JsonFields {

    private static final int SHOWN = 40;

    private final JsonObject json;
    private final String path;

    private JsonFields(final JsonObject json, final String path) {
        this.json = json;
        this.path = path;
    }

    static JsonFields of(final JsonObject json) {
        return new JsonFields(json, "");
    }

    String text(final String key) {
        return textOf(key, json.get(key));
    }

    /** A number, or NaN where there is {@code null}. */
    double number(final String key) {
        return numberOf(key, json.get(key), "a number");
    }

    int whole(final String key, final int ifMissing) {
        return json.containsKey(key) ? wholeOf(key, 0, "a whole number from 0") : ifMissing;
    }

    int positive(final String key) {
        return wholeOf(key, 1, "a whole number from 1");
    }

    JsonObject object(final String key) {
        final JsonValue value = json.get(key);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong(key, "an object", describe(value));
    }

    List<JsonFields> objects(final String key) {
        final JsonArray array = array(key, "a list of objects");
        final List<JsonFields> objects = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            final String place = key + '[' + i + ']';
            if (!(array.get(i) instanceof JsonObject object)) {
                throw wrong(place, "an object", describe(array.get(i)));
            }
            objects.add(new JsonFields(object, path + place + '.'));
        }
        return objects;
    }

    List<String> texts(final String key) {
        final JsonArray array = array(key, "a list of texts");
        final List<String> texts = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            texts.add(textOf(key + '[' + i + ']', array.get(i)));
        }
        return texts;
    }

    double[] numbers(final String key, final int count, final String meaning) {
        final String expected = count + " numbers " + meaning;
        final JsonArray array = array(key, expected);
        if (array.size() != count) {
            throw wrong(key, expected, array.size() + " values");
        }
        final double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = numberOf(key + '[' + i + ']', array.get(i), "a number");
        }
        return numbers;
    }

    IllegalArgumentException wrong(final String key, final String expected, final String found) {
        return new IllegalArgumentException(path + key + ": expected " + expected + ", found " + found);
    }

    private JsonArray array(final String key, final String expected) {
        final JsonValue value = json.get(key);
        if (value instanceof JsonArray array) {
            return array;
        }
        throw wrong(key, expected, describe(value));
    }

    private String textOf(final String key, final JsonValue value) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw wrong(key, "a text", describe(value));
    }

    private double numberOf(final String key, final JsonValue value, final String expected) {
        if (value instanceof JsonNumber number) {
            return number.doubleValue();
        }
        if (value == JsonValue.NULL) {
            return Double.NaN;
        }
        throw wrong(key, expected, describe(value));
    }

    private int wholeOf(final String key, final int least, final String expected) {
        final JsonValue value = json.get(key);
        if (value instanceof JsonNumber number) {
            try {
                final int whole = number.intValueExact();
                if (whole >= least) {
                    return whole;
                }
            } catch (final ArithmeticException notWhole) {
                throw wrong(key, expected, describe(value));
            }
        }
        throw wrong(key, expected, describe(value));
    }

    private static String describe(final JsonValue value) {
        if (value == null) {
            return "nothing (the key is missing)";
        }
        return switch (value.getValueType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            default -> {
                final String text = value.toString();
                yield text.length() <= SHOWN ? text : text.substring(0, SHOWN) + '…';
            }
        };
    }
}
