/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * Shows a few lines that change: on a terminal in their place, elsewhere one below the other. Used by one thread.
 */
final class Screen {

    private static final String UP = "\033[%dF";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";
    private static final String CUT_LONG_LINES = "\033[?7l";
    private static final String WRAP_LONG_LINES = "\033[?7h";

    private final PrintWriter out;
    private final boolean terminal;
    private int shown;

    Screen(final PrintWriter out, final boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether standard output is a terminal; the start script found out. */
    static boolean isTerminal() {
        return Boolean.getBoolean("amarena.terminal");
    }

    void show(final List<String> lines) {
        if (!terminal) {
            lines.forEach(out::println);
            out.flush();
            return;
        }
        if (shown > 0) {
            out.printf(UP, shown);
        }
        out.print(CUT_LONG_LINES);
        for (final String line : lines) {
            out.println(line + CLEAR_LINE);
        }
        out.print(WRAP_LONG_LINES + CLEAR_BELOW);
        out.flush();
        shown = lines.size();
    }
}
