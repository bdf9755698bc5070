/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One settings file as read: its entries as they stand there, and the typed values that they give.
 *
 * <p>Entries that start with {@code x-} or {@code :configurator:} are kept and otherwise ignored.
 *
 * @param pid     the configuration
 * @param entries in the order of the file
 * @param values  of the entries that are not ignored
 */
record SettingsFile(Pid pid, List<Entry> entries, SettingValues values) {

    private static final int MAX_DEPTH = 16;

    /**
     * One entry of the JSON object.
     *
     * @param key   with its type, as written
     * @param value as written
     * @param line  from 1, where the entry stands
     */
    record Entry(String key, JsonValue value, long line) {

        boolean ignored() {
            return key.startsWith("x-") || key.startsWith(":configurator:");
        }

        String name() {
            return TypedNotation.name(key);
        }
    }

    /**
     * Reads a text.
     *
     * @throws InvalidSettingsException when it is no JSON object or an entry has no usable value
     */
    static SettingsFile parse(final Pid pid, final String text) throws InvalidSettingsException {
        final List<Entry> entries = entries(text);
        final Map<String, Object> values = new LinkedHashMap<>();
        final Map<String, String> names = new LinkedHashMap<>();
        final List<Finding> findings = new ArrayList<>();
        for (final Entry entry : entries) {
            if (entry.ignored()) {
                continue;
            }
            final String name = entry.name();
            final String place = "line " + entry.line() + ": ";
            final String twin = names.putIfAbsent(name.toLowerCase(Locale.ROOT), entry.key());
            if (name.isBlank()) {
                findings.add(Finding.whole(place + "the key \"" + entry.key() + "\" has no name"));
            } else if (twin != null) {
                findings.add(new Finding(name, place + "\"" + entry.key() + "\" and \"" + twin
                        + "\" name the same setting; delete one of them"));
            } else if (SettingValues.isAutomatic(name)) {
                findings.add(new Finding(name, place + "\"" + name + "\" comes from the file's name; delete the key"));
            } else {
                try {
                    values.put(name, TypedNotation.read(entry.key(), entry.value()));
                } catch (IllegalArgumentException | JsonException | ArithmeticException e) {
                    findings.add(new Finding(name, place + "\"" + entry.key() + "\": " + e.getMessage()));
                }
            }
        }
        if (!findings.isEmpty()) {
            throw new InvalidSettingsException(findings);
        }
        return new SettingsFile(pid, entries, SettingValues.of(values));
    }

    /** The line of a setting; 0 when the file does not have it. */
    long line(final String name) {
        return entries.stream().filter(entry -> !entry.ignored() && entry.name().equals(name))
                .mapToLong(Entry::line).findFirst().orElse(0);
    }

    /**
     * The text of this file after a change made elsewhere: entries keep their place, and those whose value did not
     * change keep their notation; ignored entries stay; new ones follow at the end.
     *
     * @throws IllegalArgumentException when a value has no notation
     */
    String textWith(final SettingValues changed) {
        final Map<String, Map.Entry<String, JsonValue>> open = TypedNotation.write(changed);
        final List<Map.Entry<String, JsonValue>> result = new ArrayList<>();
        for (final Entry entry : entries) {
            final Map.Entry<String, JsonValue> next = entry.ignored() ? null : open.remove(entry.name());
            final boolean same = entry.ignored()
                    || java.util.Objects.deepEquals(values.get(entry.name()), changed.get(entry.name()));
            if (same) {
                result.add(Map.entry(entry.key(), entry.value()));
            } else if (next != null) {
                result.add(next);
            }
        }
        result.addAll(open.values());
        return print(result);
    }

    /** A file that does not exist yet. */
    static SettingsFile none(final Pid pid) {
        return new SettingsFile(pid, List.of(), SettingValues.of(Map.of()));
    }

    private static String print(final List<Map.Entry<String, JsonValue>> entries) {
        final StringBuilder text = new StringBuilder("{");
        String separator = "\n";
        for (final Map.Entry<String, JsonValue> entry : entries) {
            text.append(separator).append("  ").append(Json.createValue(entry.getKey())).append(": ")
                    .append(entry.getValue());
            separator = ",\n";
        }
        return text.append("\n}\n").toString();
    }

    private static List<Entry> entries(final String text) throws InvalidSettingsException {
        try {
            checkDepth(text);
            return readEntries(text);
        } catch (JsonParsingException e) {
            throw new InvalidSettingsException(place(e.getLocation()) + "no valid JSON: " + firstLine(e)
                    + hint(text));
        } catch (JsonException | ArithmeticException | IllegalStateException e) {
            throw new InvalidSettingsException("no valid JSON: " + firstLine(e) + hint(text));
        }
    }

    /** So that nesting from outside cannot exhaust the stack of whoever reads the values. */
    private static void checkDepth(final String text) throws InvalidSettingsException {
        int depth = 0;
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    default -> {
                    }
                }
                if (depth > MAX_DEPTH) {
                    throw new InvalidSettingsException(place(parser.getLocation()) + "nested deeper than "
                            + MAX_DEPTH + " levels; settings are a flat list of keys");
                }
            }
        }
    }

    private static List<Entry> readEntries(final String text) throws InvalidSettingsException {
        final List<Entry> entries = new ArrayList<>();
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
                throw new InvalidSettingsException("holds no JSON object; the smallest settings are {}");
            }
            while (parser.next() == JsonParser.Event.KEY_NAME) {
                final String key = parser.getString();
                final long line = parser.getLocation().getLineNumber();
                parser.next();
                entries.add(new Entry(key, parser.getValue(), line));
            }
        }
        return List.copyOf(entries);
    }

    private static String place(final JsonLocation location) {
        return location == null || location.getLineNumber() < 1 ? ""
                : "line " + location.getLineNumber() + ", column " + location.getColumnNumber() + ": ";
    }

    private static String firstLine(final Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String hint(final String text) {
        return text.lines().map(String::strip).anyMatch(line -> line.startsWith("//") || line.startsWith("/*"))
                ? " (JSON has no comments; keep remarks in keys that start with x-)" : "";
    }
}
