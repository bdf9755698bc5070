/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines that the demo shows: what the gateway does, and where to look at the rest. */
final class DemoView {

    private static final int SHOWN_NOTES = 3;

    private final ConsoleAccess console;
    private final Optional<String> password;
    private final int mqttPort;
    private final Optional<Path> pictures;
    private final Path log;

    /**
     * A view.
     *
     * @param password first password of the console; empty when somebody has used it already
     * @param pictures folder of the annotated pictures, where there are any
     * @param log      file
     */
    DemoView(final ConsoleAccess console, final Optional<String> password, final int mqttPort,
            final Optional<Path> pictures, final Path log) {
        this.console = console;
        this.password = password;
        this.mqttPort = mqttPort;
        this.pictures = pictures;
        this.log = log;
    }

    /** What is shown every second. */
    List<String> lines(final JsonObject status, final List<String> notes) {
        final List<String> lines = new ArrayList<>();
        lines.add(StatusLines.head(status));
        lines.add("");
        lines.addAll(StatusLines.pipelines(status));
        lines.add("");
        lines.addAll(StatusLines.troubles(status));
        lines.addAll(notes.subList(Math.max(0, notes.size() - SHOWN_NOTES), notes.size()));
        lines.addAll(ways());
        return lines;
    }

    /** How to look at the rest. */
    List<String> ways() {
        final List<String> ways = new ArrayList<>();
        ways.add("results    mosquitto_sub -h 127.0.0.1 -p " + mqttPort + " -t 'amarena/#' -v");
        ways.add("console    " + console.address() + "  user " + ConsoleAccess.user() + ", password "
                + password.orElse("as you noted it"));
        pictures.ifPresent(folder -> ways.add("pictures   " + folder + "  (the latest, with what was found)"));
        ways.add("log        " + log + "  (Ctrl-C ends the demo)");
        return ways;
    }
}
