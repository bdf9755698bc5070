/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Checks that the placeholders in settings can be filled: {@code $[secret:name]} by a file in a folder of secrets,
 * {@code $[env:NAME]} by an environment variable, {@code $[prop:key]} by a framework property. The filling itself is
 * done by the interpolation plugin of Config Admin when a component receives its settings; where it cannot, it leaves
 * the placeholder as text, and a password would be that text.
 *
 * <p>Secrets are looked for and never read.
 */
final class Placeholders {

    private static final String START = "$[";
    private static final Set<String> KINDS = Set.of("secret", "env", "prop", "conf");

    private final UnaryOperator<String> environment;
    private final UnaryOperator<String> properties;
    private final List<Path> secrets;

    Placeholders(final UnaryOperator<String> environment, final UnaryOperator<String> properties,
            final List<Path> secrets) {
        this.environment = environment;
        this.properties = properties;
        this.secrets = List.copyOf(secrets);
    }

    /** Whether the text has a placeholder, fillable or not. */
    static boolean isIn(final String text) {
        return find(text, 0).isPresent();
    }

    /** What cannot be filled; empty when everything can. */
    List<Finding> check(final SettingValues values) {
        final List<Finding> findings = new ArrayList<>();
        for (final Map.Entry<String, Object> entry : values.asMap().entrySet()) {
            for (final String text : texts(entry.getValue())) {
                for (final String fault : faults(text, values)) {
                    findings.add(new Finding(entry.getKey(), "\"" + entry.getKey() + "\": " + fault));
                }
            }
        }
        return findings;
    }

    private static List<String> texts(final Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof String[] several) {
            return Arrays.asList(several);
        }
        return value instanceof Collection<?> several
                ? several.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
    }

    private List<String> faults(final String text, final SettingValues values) {
        final List<String> faults = new ArrayList<>();
        Optional<Placeholder> next = find(text, 0);
        while (next.isPresent()) {
            final Placeholder placeholder = next.get();
            if (isIn(placeholder.body)) {
                // The name is itself made of placeholders; which name it will be is only known once they are filled.
                faults.addAll(faults(placeholder.body, values));
            } else {
                fault(placeholder, values).ifPresent(faults::add);
            }
            next = find(text, placeholder.end);
        }
        return faults;
    }

    private Optional<String> fault(final Placeholder placeholder, final SettingValues values) {
        if (!placeholder.closed) {
            return Optional.of("the placeholder " + placeholder + " has no closing bracket");
        }
        if (placeholder.hasDefault()) {
            return Optional.empty();
        }
        final String name = placeholder.name();
        return switch (placeholder.kind()) {
            case "secret" -> secretFault(placeholder, name);
            case "env" -> environment.apply(name) != null ? Optional.empty()
                    : Optional.of(placeholder + " has no value: set the environment variable " + name
                            + " before the gateway starts");
            case "prop" -> properties.apply(name) != null ? Optional.empty()
                    : Optional.of(placeholder + " has no value: there is no framework property " + name);
            default -> values.get(name) != null ? Optional.empty()
                    : Optional.of(placeholder + " has no value: these settings have no key " + name);
        };
    }

    private Optional<String> secretFault(final Placeholder placeholder, final String name) {
        if (secrets.isEmpty()) {
            return Optional.of(placeholder + " has no value: the gateway was started without a folder of secrets");
        }
        if (name.contains("..")) {
            return Optional.of(placeholder + " points out of the folder of secrets");
        }
        try {
            if (secrets.stream().map(folder -> folder.resolve(name)).anyMatch(Files::isRegularFile)) {
                return Optional.empty();
            }
        } catch (InvalidPathException e) {
            return Optional.of(placeholder + " is no file name");
        }
        return Optional.of(placeholder + " has no value: put it into the file " + secrets.get(0).resolve(name));
    }

    /** The next placeholder of a known kind from an index on. */
    private static Optional<Placeholder> find(final String text, final int from) {
        int start = text.indexOf(START, from);
        while (start >= 0) {
            final boolean escaped = start > 0 && text.charAt(start - 1) == '\\'
                    && (start == 1 || text.charAt(start - 2) != '\\');
            final Placeholder placeholder = read(text, start);
            if (!escaped && KINDS.contains(placeholder.kind())) {
                return Optional.of(placeholder);
            }
            start = text.indexOf(START, start + START.length());
        }
        return Optional.empty();
    }

    private static Placeholder read(final String text, final int start) {
        int depth = 1;
        int end = start + START.length();
        while (end < text.length() && depth > 0) {
            final char letter = text.charAt(end);
            if ((letter == '[' || letter == ']') && text.charAt(end - 1) != '\\') {
                depth += letter == '[' ? 1 : -1;
            }
            end++;
        }
        final boolean closed = depth == 0;
        return new Placeholder(text.substring(start + START.length(), closed ? end - 1 : end), end, closed);
    }

    private record Placeholder(String body, int end, boolean closed) {

        String kind() {
            final int colon = body.indexOf(':');
            return colon < 0 ? "" : body.substring(0, colon);
        }

        String name() {
            final String rest = body.substring(body.indexOf(':') + 1);
            final int semicolon = rest.indexOf(';');
            return semicolon < 0 ? rest : rest.substring(0, semicolon);
        }

        boolean hasDefault() {
            return body.contains(";default=");
        }

        @Override
        public String toString() {
            return START + body + (closed ? "]" : "");
        }
    }
}
