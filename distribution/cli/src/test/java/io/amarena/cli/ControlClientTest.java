/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Path data;
    private Path socket;
    private ServerSocketChannel server;
    private Thread thread;

    /** Short paths: a Unix domain socket's path ends at 108 bytes. */
    @BeforeEach
    void folder() throws IOException {
        data = Files.createTempDirectory(Path.of("/tmp"), "amarena-test-");
        socket = data.resolve("s");
    }

    @AfterEach
    void close() throws Exception {
        if (server != null) {
            server.close();
            thread.join();
        }
        Files.deleteIfExists(socket);
        Files.deleteIfExists(data.resolve(ControlClient.POINTER));
        Files.delete(data);
    }

    /** Answers every connection with the same text, once it has asked. */
    private void serve(final String answer) throws IOException {
        Files.writeString(data.resolve(ControlClient.POINTER), socket + "\n");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        thread = new Thread(() -> {
            try {
                while (true) {
                    final SocketChannel client = server.accept();
                    client.read(ByteBuffer.allocate(1000));
                    client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                    if (!answer.isEmpty()) {
                        client.close();
                    }
                }
            } catch (final IOException e) {
                // Closed by the test.
            }
        });
        thread.start();
    }

    private String refused(final Duration patience) {
        return assertThrows(EnvironmentException.class, () -> new ControlClient(data, patience).status())
                .getMessage();
    }

    @Test
    void the_status_is_what_the_gateway_says() throws Exception {
        serve("{\"gateway\":\"" + "x".repeat(300_000) + "\"}\n");

        assertEquals(300_000, new ControlClient(data, PATIENCE).status().getString("gateway").length());
    }

    @Test
    void no_gateway_and_a_dead_one_are_told_alike() throws Exception {
        assertTrue(refused(PATIENCE).contains("No gateway runs on the data folder " + data));

        serve("x");
        server.close();
        assertTrue(refused(PATIENCE).contains("No gateway runs on the data folder " + data));
    }

    @Test
    void an_answer_that_is_no_json_is_told() throws Exception {
        serve("<html>\n");

        assertTrue(refused(PATIENCE).contains("something else than JSON"));
    }

    @Test
    void an_answer_without_an_end_is_told() throws Exception {
        serve("{\"gateway\":");

        assertTrue(refused(PATIENCE).contains("without a line's end"));
    }

    @Test
    void a_refusal_is_told_with_its_reason() throws Exception {
        serve("{\"error\":\"too busy\"}\n");

        assertTrue(refused(PATIENCE).contains("too busy"));
    }

    private String told(final int exitCode, final String... arguments) {
        final StringWriter told = new StringWriter();
        final PrintWriter writer = new PrintWriter(told, true);
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        assertEquals(exitCode, Amarena.commandLine().setOut(writer).setErr(writer)
                .execute(all.toArray(String[]::new)), told.toString());
        return told.toString().strip();
    }

    @Test
    void a_command_tells_what_was_done() throws Exception {
        serve("{\"done\":\"plates 1.1.0 serves for good\"}\n");

        assertEquals("plates 1.1.0 serves for good", told(ExitCode.OK, "promote", "plates", "1.1.0"));
        assertEquals("{\"done\":\"plates 1.1.0 serves for good\"}", told(ExitCode.OK, "rollback", "plates", "--json"));
    }

    @Test
    void a_command_that_is_refused_fails_and_tells_the_reason() throws Exception {
        serve("{\"error\":\"There is nothing to roll plates back to\"}\n");

        assertEquals("amarena: There is nothing to roll plates back to", told(ExitCode.FAILURE, "rollback", "plates"));
        assertEquals("amarena: There is nothing to roll plates back to", told(ExitCode.FAILURE, "pin", "line", "none"));
        assertEquals("amarena: There is nothing to roll plates back to", told(ExitCode.FAILURE, "history"));
    }

    @Test
    void a_gateway_that_says_nothing_is_not_waited_for_for_ever() throws Exception {
        serve("");

        assertTrue(refused(Duration.ofMillis(100)).contains("no answer within"));
    }
}
