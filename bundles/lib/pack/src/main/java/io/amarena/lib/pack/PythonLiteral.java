/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what Python's {@code repr} writes for dictionaries, lists, numbers and texts, which is how exporters put class
 * names and sizes into the properties of an ONNX file; JSON is read as well. Texts become {@code String}, whole numbers
 * {@code Long}, other words (such as {@code True} or 0.5) stay {@code String}, the rest {@code List} and {@code Map}.
 */
final class PythonLiteral {

    private static final int MAX_DEPTH = 16;

    private final String text;
    private int at;

    private PythonLiteral(final String text) {
        this.text = text;
    }

    /**
     * Reads one literal.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static Object read(final String text) {
        final PythonLiteral reader = new PythonLiteral(text);
        final Object value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    private Object value(final int depth) {
        skipSpace();
        if (depth > MAX_DEPTH || at >= text.length()) {
            throw unexpected();
        }
        return switch (text.charAt(at)) {
            case '{' -> map(depth);
            case '[' -> list(depth, ']');
            case '(' -> list(depth, ')');
            case '\'', '"' -> quoted();
            default -> word();
        };
    }

    private Map<Object, Object> map(final int depth) {
        final Map<Object, Object> map = new LinkedHashMap<>();
        at++;
        while (!ended('}')) {
            final Object key = value(depth + 1);
            expect(':');
            map.put(key, value(depth + 1));
            separator('}');
        }
        return map;
    }

    private List<Object> list(final int depth, final char end) {
        final List<Object> list = new ArrayList<>();
        at++;
        while (!ended(end)) {
            list.add(value(depth + 1));
            separator(end);
        }
        return list;
    }

    private boolean ended(final char end) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == end) {
            at++;
            return true;
        }
        return false;
    }

    private void separator(final char end) {
        skipSpace();
        if (at >= text.length() || text.charAt(at) != end) {
            expect(',');
        }
    }

    private void expect(final char wanted) {
        skipSpace();
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw unexpected();
        }
        at++;
    }

    private String quoted() {
        final char quote = text.charAt(at++);
        final StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            final char next = text.charAt(at++);
            value.append(next == '\\' && at < text.length() ? escaped() : next);
        }
        expectQuote(quote);
        return value.toString();
    }

    private void expectQuote(final char quote) {
        if (at >= text.length() || text.charAt(at) != quote) {
            throw unexpected();
        }
        at++;
    }

    private char escaped() {
        final char code = text.charAt(at++);
        return switch (code) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            default -> code;
        };
    }

    private char hexadecimal(final int digits) {
        if (at + digits > text.length()) {
            throw unexpected();
        }
        final String code = text.substring(at, at + digits);
        at += digits;
        return (char) Integer.parseInt(code, 16);
    }

    private Object word() {
        final int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at))
                || "+-._".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        final String word = text.substring(begin, at);
        if (word.isEmpty()) {
            throw unexpected();
        }
        return word.matches("-?\\d{1,18}") ? (Object) Long.valueOf(word) : word;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(at < text.length() ? "unexpected " + text.charAt(at) + " at character " + at
                : "it ends too early");
    }
}
