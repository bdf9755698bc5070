/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of one configuration, as in {@code io.amarena.engine} or {@code io.amarena.pipeline~line-1}.
 *
 * @param service the PID or factory PID that the bundle knows
 * @param name    of the instance of a factory; empty for a configuration that exists once
 */
record Pid(String service, String name) implements Comparable<Pid> {

    private static final String SUFFIX = ".json";
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,149}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}");

    Pid {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(name, "name");
    }

    /** The PID that a file name stands for; empty when it is none. */
    static Optional<Pid> ofFile(final String fileName) {
        return isSettingsFile(fileName) ? of(fileName.substring(0, fileName.length() - SUFFIX.length()))
                : Optional.empty();
    }

    /** The PID of that text; empty when a file could not be named after it. */
    static Optional<Pid> of(final String text) {
        final int tilde = text.indexOf('~');
        if (tilde < 0) {
            return SERVICE.matcher(text).matches() ? Optional.of(new Pid(text, "")) : Optional.empty();
        }
        final String service = text.substring(0, tilde);
        final String name = text.substring(tilde + 1);
        return SERVICE.matcher(service).matches() && isName(name) ? Optional.of(new Pid(service, name))
                : Optional.empty();
    }

    static boolean isName(final String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isSettingsFile(final String fileName) {
        return !fileName.startsWith(".") && fileName.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
    }

    String fileName() {
        return this + SUFFIX;
    }

    /** Equal for PIDs that some file systems cannot keep apart. */
    String folded() {
        return toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(final Pid other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return name.isEmpty() ? service : service + '~' + name;
    }
}
