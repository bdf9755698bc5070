/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * One setting as its bundle describes it.
 *
 * @param id          the key
 * @param description for people, may be empty
 * @param kind        what a value must be
 * @param list        whether several values are allowed
 * @param required    whether it must be given: there is no default
 * @param options     the allowed values; empty when all are
 * @param secret      whether its value must not appear in messages
 * @param range       the bundle's own check of a value's text: empty or null when it is fine
 */
record DescribedSetting(String id, String description, Kind kind, boolean list, boolean required,
        List<String> options, boolean secret, UnaryOperator<String> range) {

    /** What a value must be. */
    enum Kind {
        TEXT("a text"),
        TRUTH("true or false"),
        CHARACTER("a text of one character"),
        DECIMAL("a number"),
        BYTE("a whole number from " + Byte.MIN_VALUE + " to " + Byte.MAX_VALUE),
        SHORT("a whole number from " + Short.MIN_VALUE + " to " + Short.MAX_VALUE),
        INTEGER("a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE),
        LONG("a whole number");

        private final String words;

        Kind(final String words) {
            this.words = words;
        }
    }

    static DescribedSetting of(final AttributeDefinition definition, final boolean required) {
        final boolean list = definition.getCardinality() != 0;
        final String[] options = definition.getOptionValues();
        final String description = definition.getDescription();
        return new DescribedSetting(definition.getID(), description == null ? "" : description,
                kind(definition.getType()), list, required && !list && definition.getDefaultValue() == null,
                options == null ? List.of() : Arrays.asList(options),
                definition.getType() == AttributeDefinition.PASSWORD,
                text -> definition.validate(list ? escaped(text) : text));
    }

    private static Kind kind(final int type) {
        return switch (type) {
            case AttributeDefinition.BOOLEAN -> Kind.TRUTH;
            case AttributeDefinition.CHARACTER -> Kind.CHARACTER;
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> Kind.DECIMAL;
            case AttributeDefinition.BYTE -> Kind.BYTE;
            case AttributeDefinition.SHORT -> Kind.SHORT;
            case AttributeDefinition.INTEGER -> Kind.INTEGER;
            case AttributeDefinition.LONG -> Kind.LONG;
            default -> Kind.TEXT;
        };
    }

    /** A bundle's check reads a list, in which commas separate the values. */
    private static String escaped(final String text) {
        return text.replace("\\", "\\\\").replace(",", "\\,").replace(" ", "\\ ");
    }

    /** What is wrong with the value; empty when nothing is. Placeholders pass: their values are not known here. */
    Optional<String> fault(final Object value) {
        final List<Object> items = items(value);
        if (items == null) {
            return fault(value, value);
        }
        if (!list) {
            return Optional.of("\"" + id + "\" must be " + kind.words + ", but is a list; give one value"
                    + about());
        }
        return items.stream().map(item -> fault(item, value)).flatMap(Optional::stream).findFirst();
    }

    private Optional<String> fault(final Object item, final Object whole) {
        if (item instanceof String text && Placeholders.isIn(text)) {
            return Optional.empty();
        }
        if (!fits(item)) {
            return Optional.of("\"" + id + "\" must be " + kind.words + ", but is " + shown(item)
                    + (item instanceof String && kind != Kind.TEXT && kind != Kind.CHARACTER
                            ? "; write it without quotes" : "") + about());
        }
        if (!options.isEmpty() && !options.contains(text(item))) {
            return Optional.of("\"" + id + "\" is " + shown(item) + "; allowed are " + String.join(", ", options)
                    + about());
        }
        final String complaint = range.apply(text(item));
        return complaint == null || complaint.isEmpty() ? Optional.empty()
                : Optional.of("\"" + id + "\" is " + shown(item) + ", which is " + words(complaint) + about());
    }

    private boolean fits(final Object item) {
        return switch (kind) {
            case TEXT -> item instanceof String || item instanceof Character;
            case TRUTH -> item instanceof Boolean;
            case CHARACTER -> item instanceof Character || item instanceof String text && text.length() == 1;
            case DECIMAL -> item instanceof Number;
            case BYTE -> isWhole(item, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> isWhole(item, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> isWhole(item, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> isWhole(item, Long.MIN_VALUE, Long.MAX_VALUE);
        };
    }

    private static boolean isWhole(final Object item, final long least, final long most) {
        if (!(item instanceof Number)) {
            return false;
        }
        try {
            final long number = new BigDecimal(item.toString()).longValueExact();
            return number >= least && number <= most;
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    private String text(final Object item) {
        return item instanceof Number number && kind != Kind.DECIMAL && kind != Kind.TEXT
                ? Long.toString(new BigDecimal(number.toString()).longValueExact()) : String.valueOf(item);
    }

    private String shown(final Object item) {
        return secret ? "the secret value" : item instanceof String ? "the text \"" + TypedNotation.shown(item) + "\""
                : TypedNotation.shown(item);
    }

    private static String words(final String complaint) {
        return complaint.contains("greater") ? "more than allowed"
                : complaint.contains("less") ? "less than allowed" : "not allowed (" + complaint + ")";
    }

    /** The bundle's own words, which name the range. */
    String about() {
        return description.isEmpty() ? "" : " (" + description + ")";
    }

    private static List<Object> items(final Object value) {
        if (value instanceof Collection<?> several) {
            return new ArrayList<>(several);
        }
        if (!value.getClass().isArray()) {
            return null;
        }
        final List<Object> items = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            items.add(Array.get(value, i));
        }
        return items;
    }
}
