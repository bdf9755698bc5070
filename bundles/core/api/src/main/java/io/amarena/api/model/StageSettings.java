/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code input} or {@code output} part of a model descriptor: which stage is used, and its settings as typed
 * values with errors that name the key.
 *
 * <p>Immutable and thread-safe. Values are {@code String}, {@code Double} (every JSON number), {@code Boolean},
 * {@code List} and {@code Map} of these.
 */
public final class StageSettings {

    private final String place;
    private final String use;
    private final Map<String, Object> values;

    /**
     * Settings of one stage.
     *
     * @param place  for messages, such as {@code model.json#/input}
     * @param use    name of the stage
     * @param values all other keys
     */
    public StageSettings(final String place, final String use, final Map<String, Object> values) {
        this.place = Objects.requireNonNull(place, "place");
        this.use = Objects.requireNonNull(use, "use");
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Name of the stage: the {@code amarena.stage} property of the factory that makes it. */
    public String use() {
        return use;
    }

    /** All keys but {@code use}, as parsed. */
    public Map<String, Object> values() {
        return values;
    }

    public boolean has(final String key) {
        return values.containsKey(key);
    }

    /**
     * Refuses every key that the stage does not know. Keys that begin with {@code x-} are always allowed.
     *
     * @throws InvalidModelException naming the unknown key and the known ones
     */
    public void allowOnly(final String... known) throws InvalidModelException {
        final Set<String> allowed = Set.of(known);
        for (final String key : values.keySet()) {
            if (!allowed.contains(key) && !key.startsWith("x-")) {
                throw new InvalidModelException(place + '/' + key, "unknown key; " + use + " knows "
                        + String.join(", ", new TreeSet<>(allowed)));
            }
        }
    }

    /** A required text. */
    public String text(final String key) throws InvalidModelException {
        return typed(key, require(key), String.class, "a text");
    }

    /** A text with a default. */
    public String text(final String key, final String otherwise) throws InvalidModelException {
        return has(key) ? text(key) : otherwise;
    }

    /** A required number. */
    public double number(final String key) throws InvalidModelException {
        return typed(key, require(key), Double.class, "a number");
    }

    /** A number with a default. */
    public double number(final String key, final double otherwise) throws InvalidModelException {
        return has(key) ? number(key) : otherwise;
    }

    /** A number with a default that must lie in a range, limits included. */
    public double number(final String key, final double otherwise, final double least, final double most)
            throws InvalidModelException {
        final double value = number(key, otherwise);
        if (!(value >= least && value <= most)) {
            throw problem(key, "must be from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    /** A truth value with a default. */
    public boolean flag(final String key, final boolean otherwise) throws InvalidModelException {
        return has(key) ? typed(key, values.get(key), Boolean.class, "true or false") : otherwise;
    }

    /** A list of numbers, or the default when the key is missing. */
    public double[] numbers(final String key, final double... otherwise) throws InvalidModelException {
        if (!has(key)) {
            return otherwise.clone();
        }
        return numbers(key, values.get(key));
    }

    /** A list of lists of numbers, such as sizes; empty when the key is missing. */
    public List<double[]> rows(final String key) throws InvalidModelException {
        final List<double[]> rows = new ArrayList<>();
        if (has(key)) {
            for (final Object row : typed(key, values.get(key), List.class, "a list of lists of numbers")) {
                rows.add(numbers(key, row));
            }
        }
        return rows;
    }

    /** An error at one of the keys, to be thrown by a stage that finds a value unusable. */
    public InvalidModelException problem(final String key, final String text) {
        return new InvalidModelException(place + '/' + key, text);
    }

    private double[] numbers(final String key, final Object value) throws InvalidModelException {
        final List<?> list = typed(key, value, List.class, "a list of numbers");
        final double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = typed(key, list.get(i), Double.class, "a list of numbers");
        }
        return numbers;
    }

    private Object require(final String key) throws InvalidModelException {
        final Object value = values.get(key);
        if (value == null) {
            throw problem(key, "is missing; " + use + " needs it");
        }
        return value;
    }

    private <T> T typed(final String key, final Object value, final Class<T> type, final String expected)
            throws InvalidModelException {
        if (!type.isInstance(value)) {
            throw problem(key, "must be " + expected + ", not " + value);
        }
        return type.cast(value);
    }
}
