/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of a gateway where none is given: that of the machine, which is known without asking the network. */
final class GatewayName {

    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST = 64;

    private GatewayName() {
    }

    static String ofMachine() {
        try {
            return cleaned(Files.readString(HOSTNAME, StandardCharsets.UTF_8));
        } catch (final IOException e) {
            return cleaned("");
        }
    }

    /** Only letters, digits and {@code - _ .} remain. */
    static String cleaned(final String name) {
        final String clean = name.strip().replaceAll("[^A-Za-z0-9._-]+", "-");
        return clean.isEmpty() ? "amarena" : clean.substring(0, Math.min(LONGEST, clean.length()));
    }
}
