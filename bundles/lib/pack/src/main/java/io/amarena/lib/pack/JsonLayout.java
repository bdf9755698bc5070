/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Iterator;
import java.util.Map;

/** Writes JSON as people write descriptors: one key per line, and lists of numbers on one line. */
final class JsonLayout {

    private static final String STEP = "  ";

    private JsonLayout() {
    }

    /** The text, with a line break at its end. */
    static String text(final JsonObject json) {
        final StringBuilder text = new StringBuilder();
        write(json, "", text);
        return text.append('\n').toString();
    }

    private static void write(final JsonValue value, final String indent, final StringBuilder text) {
        switch (value.getValueType()) {
            case OBJECT -> object(value.asJsonObject(), indent, text);
            case ARRAY -> array(value.asJsonArray(), indent, text);
            default -> text.append(value);
        }
    }

    private static void object(final JsonObject object, final String indent, final StringBuilder text) {
        if (object.isEmpty()) {
            text.append("{}");
            return;
        }
        text.append("{\n");
        for (final Iterator<Map.Entry<String, JsonValue>> entries = object.entrySet().iterator(); entries.hasNext();) {
            final Map.Entry<String, JsonValue> entry = entries.next();
            text.append(indent).append(STEP).append(Json.createValue(entry.getKey())).append(": ");
            write(entry.getValue(), indent + STEP, text);
            text.append(entries.hasNext() ? ",\n" : "\n");
        }
        text.append(indent).append('}');
    }

    private static void array(final JsonArray array, final String indent, final StringBuilder text) {
        final boolean ofObjects = array.stream().anyMatch(value -> value.getValueType() == JsonValue.ValueType.OBJECT);
        text.append('[');
        for (int i = 0; i < array.size(); i++) {
            text.append(i > 0 ? "," : "").append(ofObjects ? '\n' + indent + STEP : i > 0 ? " " : "");
            write(array.get(i), indent + STEP, text);
        }
        text.append(ofObjects ? '\n' + indent : "").append(']');
    }
}
