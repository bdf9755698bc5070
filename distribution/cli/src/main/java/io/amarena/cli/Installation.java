/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the distribution lies, and where its gateways keep their data unless told otherwise. */
final class Installation {

    private static final String HOME = "amarena.home";
    private static final String DATA = "AMARENA_DATA";

    private Installation() {
    }

    /** The unpacked distribution. */
    static Path home() throws EnvironmentException {
        final String home = System.getProperty(HOME);
        if (home == null || !Files.isDirectory(Path.of(home, "features"))) {
            throw new EnvironmentException("The distribution is not at " + home
                    + ": there is no folder features. Start with bin/amarena of an unpacked distribution");
        }
        return Path.of(home).toAbsolutePath().normalize();
    }

    /** The data folder where none is given: {@code AMARENA_DATA}, or {@code data} in the distribution. */
    static Path data() throws EnvironmentException {
        final String data = System.getenv(DATA);
        return data == null || data.isEmpty() ? home().resolve("data") : Path.of(data).toAbsolutePath().normalize();
    }

    /** The demo keeps its data apart from those of a real gateway. */
    static Path demoData() throws EnvironmentException {
        return data().resolve("demo");
    }
}
