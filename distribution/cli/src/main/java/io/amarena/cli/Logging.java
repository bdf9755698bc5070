/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where the log of a gateway in this process goes. To be set before the gateway is started. */
final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String LEVEL = "amarena.log.level";
    private static final String TARGET = "amarena.log.target";
    private static final String FILE = "amarena.log.file";

    private Logging() {
    }

    /** To standard output. {@code logback.xml} in the folder of the settings wins. */
    static void toConsole(final Path home, final Path configs) {
        configure(home, configs, "logback-console.xml");
    }

    /** To {@code logs/amarena.log} in the data folder. {@code logback.xml} in the folder of the settings wins. */
    static Path toFile(final Path home, final Path configs, final Path data) throws EnvironmentException {
        final Path file = data.resolve("logs").resolve("amarena.log");
        try {
            Files.createDirectories(file.getParent());
        } catch (final IOException e) {
            throw new EnvironmentException("The folder " + file.getParent() + " cannot be made: " + e
                    + ". Choose another data folder with --data", e);
        }
        System.setProperty(FILE, file.toString());
        configure(home, configs, "logback-file.xml");
        return file;
    }

    /** Warnings and errors only, to standard error: for commands whose output is what they print. */
    static void onlyTroubles(final Path home) {
        setUnlessGiven(LEVEL, "WARN");
        setUnlessGiven(TARGET, "System.err");
        configure(home, home, "logback-console.xml");
    }

    private static void configure(final Path home, final Path configs, final String otherwise) {
        // Some libraries below the gateway's own log tell every step of theirs through java.util.logging.
        Logger.getLogger("").setLevel(Level.WARNING);
        final Path own = configs.resolve("logback.xml");
        setUnlessGiven(CONFIGURATION, (Files.exists(own) ? own : home.resolve("lib").resolve(otherwise)).toString());
    }

    private static void setUnlessGiven(final String key, final String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
