/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How to get into the Web Console of a gateway on this machine. */
final class ConsoleAccess {

    private static final String USER = "admin";

    private final String host;
    private final int port;
    private final Path folder;

    ConsoleAccess(final String host, final int port, final Path data) {
        this.host = host;
        this.port = port;
        this.folder = data.resolve("console");
    }

    String address() {
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ':' + port + "/system/console";
    }

    /** The first password; empty when somebody has used it already, or there is no console. */
    Optional<String> firstPassword() {
        try {
            return Optional.of(Files.readString(passwordFile(), StandardCharsets.UTF_8).strip());
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    Path passwordFile() {
        return folder.resolve("one-time-password");
    }

    /** Makes the next start invent a new password, unless the last one was never used. */
    void renew() throws IOException {
        if (firstPassword().isEmpty()) {
            Files.deleteIfExists(folder.resolve("administrator.json"));
        }
    }

    static String user() {
        return USER;
    }
}
