/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlServerTest {

    private static final int LINE = 1000;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String BIG_ANSWER = "y".repeat(4 << 20);

    private Path folder;
    private Path path;
    private ControlServer server;

    /** Short paths: a Unix domain socket's path ends at 108 bytes. */
    @BeforeEach
    void folder() throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "amarena-test-");
        path = folder.resolve("s");
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
        Files.deleteIfExists(path);
        Files.delete(folder);
    }

    private void open(final int connections, final Duration patience) throws IOException {
        server = ControlServer.open(path, new ControlServer.Limits(connections, LINE, patience),
                line -> line.equals("big") ? BIG_ANSWER : "<" + line + ">", System::nanoTime);
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    private static void send(final SocketChannel channel, final String text) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static BufferedReader reader(final SocketChannel channel) {
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    @Test
    void every_line_is_answered_by_a_line_in_order() throws IOException {
        open(4, LONG);
        try (SocketChannel client = connect()) {
            final BufferedReader answers = reader(client);
            send(client, "one\ntwo\n\nthr");
            assertEquals("<one>", answers.readLine());
            assertEquals("<two>", answers.readLine());
            send(client, "ee\n");
            assertEquals("<three>", answers.readLine());
        }
    }

    @Test
    void the_socket_belongs_to_its_owner_alone() throws IOException {
        open(4, LONG);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void answers_larger_than_the_sockets_buffer_arrive_whole() throws IOException {
        open(4, LONG);
        try (SocketChannel client = connect()) {
            final BufferedReader answers = reader(client);
            send(client, "big\nafter\n");
            assertEquals(BIG_ANSWER, answers.readLine());
            assertEquals("<after>", answers.readLine());
        }
    }

    @Test
    void a_line_that_is_too_long_is_refused_and_the_client_hears_why() throws IOException {
        open(4, LONG);
        try (SocketChannel client = connect()) {
            send(client, "x".repeat(LINE + 5000));
            assertTrue(reader(client).readLine().contains("at most 1000 bytes"));
            assertNull(reader(client).readLine());
        }
    }

    @Test
    void a_line_without_end_is_cut_off() throws IOException {
        open(4, LONG);
        try (SocketChannel client = connect()) {
            assertThrows(IOException.class, () -> {
                while (true) {
                    send(client, "x".repeat(LINE));
                }
            });
        }
    }

    @Test
    void too_many_connections_are_refused_with_a_reason_and_others_go_on() throws IOException {
        open(2, LONG);
        final List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int client = 0; client < 2; client++) {
                clients.add(connect());
                send(clients.get(client), "hello\n");
                assertEquals("<hello>", reader(clients.get(client)).readLine());
            }
            try (SocketChannel third = connect()) {
                assertTrue(reader(third).readLine().contains("2 control connections already"));
            }
            send(clients.get(0), "still\n");
            assertEquals("<still>", reader(clients.get(0)).readLine());
        } finally {
            for (final SocketChannel client : clients) {
                client.close();
            }
        }
    }

    @Test
    void a_closed_connection_makes_room() throws IOException {
        open(1, LONG);
        for (int round = 0; round < 5; round++) {
            try (SocketChannel client = connect()) {
                send(client, "hello\n");
                assertEquals("<hello>", reader(client).readLine());
                client.shutdownOutput();
                assertNull(reader(client).readLine());
            }
        }
    }

    @Test
    void a_silent_client_is_dropped() throws IOException {
        open(4, Duration.ofMillis(50));
        try (SocketChannel client = connect()) {
            assertNull(reader(client).readLine());
        }
    }

    @Test
    void a_client_that_never_reads_is_dropped_and_others_are_served_meanwhile() throws IOException {
        open(4, Duration.ofMillis(200));
        try (SocketChannel deaf = connect(); SocketChannel other = connect()) {
            send(deaf, "big\nbig\n");
            send(other, "hello\n");
            assertEquals("<hello>", reader(other).readLine());
            // Only what fits into the buffers ever leaves; then the server hangs up.
            assertNull(reader(other).readLine());
            final String received = reader(deaf).readLine();
            assertTrue(received.length() < BIG_ANSWER.length(), () -> "received " + received.length());
        }
    }

    @Test
    void a_socket_that_a_crash_left_behind_is_replaced() throws IOException {
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(Files.exists(path));
        open(4, LONG);
        try (SocketChannel client = connect()) {
            send(client, "hello\n");
            assertEquals("<hello>", reader(client).readLine());
        }
    }

    @Test
    void closing_ends_the_connections_and_removes_the_file() throws IOException {
        open(4, LONG);
        try (SocketChannel client = connect()) {
            send(client, "hello\n");
            assertEquals("<hello>", reader(client).readLine());
            server.close();
            assertNull(reader(client).readLine());
        }
        assertFalse(Files.exists(path));
        server.close();
    }
}
