/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What {@code amarena status} sees of the gateway under test. */
final class ControlSocket {

    private ControlSocket() {
    }

    static SocketChannel open() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(
                Path.of(System.getProperty("amarena.test.work")).resolve("control.sock")));
    }

    static JsonObject status() throws IOException {
        try (SocketChannel channel = open()) {
            channel.write(ByteBuffer.wrap("{\"command\":\"status\"}\n".getBytes(StandardCharsets.UTF_8)));
            final String line = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
            try (JsonReader reader = Json.createReader(new StringReader(line))) {
                return reader.readObject();
            }
        }
    }

    /** The message of one entry of a list of the status; empty when there is none of that name. */
    static String message(final String list, final String name) throws IOException {
        return status().getJsonArray(list).getValuesAs(JsonObject.class).stream()
                .filter(entry -> entry.getString("name").equals(name)).map(entry -> entry.getString("message"))
                .findFirst().orElse("");
    }
}
