/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks the gateway of a data folder over its control socket. Every question is a connection of its own. */
final class ControlClient {

    /** File in the data folder that says where the socket is. */
    static final String POINTER = "control";

    private static final int MAX_ANSWER = 16 << 20;
    private static final int BUFFER = 64 << 10;

    private final Path data;
    private final Duration patience;

    ControlClient(final Path data, final Duration patience) {
        this.data = data;
        this.patience = patience;
    }

    /**
     * The client for a gateway.
     *
     * @param data its data folder; null for the gateway of the usual data folder, or else the demo
     */
    static ControlClient of(final Path data, final Duration patience) throws EnvironmentException {
        if (data != null) {
            return new ControlClient(data, patience);
        }
        final ControlClient usual = new ControlClient(Installation.data(), patience);
        final ControlClient demo = new ControlClient(Installation.demoData(), patience);
        return usual.isThere() || !demo.isThere() ? usual : demo;
    }

    /** Whether a gateway has been started on the data folder and not been stopped since. */
    boolean isThere() {
        return Files.exists(data.resolve(POINTER));
    }

    /** The status as the gateway tells it. */
    JsonObject status() throws EnvironmentException {
        return ask(Json.createObjectBuilder().add("command", "status").build());
    }

    /**
     * What the gateway answers to a request.
     *
     * @throws EnvironmentException when there is no gateway, or it refuses
     */
    JsonObject ask(final JsonObject request) throws EnvironmentException {
        final JsonObject answer = answer(request);
        if (answer.containsKey("error")) {
            final String error = answer.getString("error", "");
            throw new EnvironmentException("The gateway refused: " + error + (error.startsWith("Unknown command")
                    ? ". Use the amarena command of its own version" : ""));
        }
        return answer;
    }

    /** What the gateway answers to a request; with the member {@code error} when it refuses. */
    JsonObject answer(final JsonObject request) throws EnvironmentException {
        final String answer;
        try {
            answer = exchange(Path.of(Files.readString(data.resolve(POINTER), StandardCharsets.UTF_8).strip()),
                    request.toString());
        } catch (final java.nio.file.NoSuchFileException | java.net.ConnectException e) {
            throw new EnvironmentException("No gateway runs on the data folder " + data
                    + ". Start one, or name its folder with --data", e);
        } catch (final IOException e) {
            throw new EnvironmentException("The gateway on the data folder " + data + " does not answer: " + e
                    + ". Its log says more; only the user that it runs as may ask", e);
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer))) {
            return reader.readObject();
        } catch (final JsonException e) {
            throw new EnvironmentException("The gateway on the data folder " + data
                    + " answered something else than JSON. Use the amarena command of its own version", e);
        }
    }

    private String exchange(final Path socket, final String request) throws IOException {
        final long end = System.nanoTime() + patience.toNanos();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            final SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            final ByteBuffer out = ByteBuffer.wrap((request + '\n').getBytes(StandardCharsets.UTF_8));
            while (out.hasRemaining()) {
                await(selector, end);
                channel.write(out);
            }
            key.interestOps(SelectionKey.OP_READ);
            final ByteArrayOutputStream answer = new ByteArrayOutputStream();
            final ByteBuffer in = ByteBuffer.allocate(BUFFER);
            while (true) {
                await(selector, end);
                final int count = channel.read(in.clear());
                final int line = count < 0 ? -1 : lineEnd(in.array(), count);
                answer.write(in.array(), 0, line >= 0 ? line : Math.max(0, count));
                if (line >= 0) {
                    return answer.toString(StandardCharsets.UTF_8);
                }
                if (count < 0 || answer.size() > MAX_ANSWER) {
                    throw new IOException("The answer ended after " + answer.size() + " bytes without a line's end");
                }
            }
        }
    }

    private static int lineEnd(final byte[] bytes, final int count) {
        for (int at = 0; at < count; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private void await(final Selector selector, final long end) throws IOException {
        final long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || selector.select(left) == 0) {
            throw new SocketTimeoutException("no answer within " + patience.toMillis() + " ms");
        }
        selector.selectedKeys().clear();
    }
}
