/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {

    @TempDir
    private Path temp;

    @Test
    void a_port_in_use_is_told_with_the_option_that_chooses_another_one() throws Exception {
        final int port;
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = used.getLocalPort();
            final EnvironmentException refused = assertThrows(EnvironmentException.class,
                    () -> Ports.requireFree("127.0.0.1", port, "--mqtt-port"));
            assertTrue(refused.getMessage().contains("Port " + port), refused.getMessage());
            assertTrue(refused.getMessage().contains("--mqtt-port"), refused.getMessage());
        }
        assertDoesNotThrow(() -> Ports.requireFree("127.0.0.1", port, "--mqtt-port"));
    }

    @Test
    void a_number_that_is_no_port_is_told() {
        assertThrows(EnvironmentException.class, () -> Ports.requireFree("127.0.0.1", 0, "--http-port"));
        assertThrows(EnvironmentException.class, () -> Ports.requireFree("127.0.0.1", 65_536, "--http-port"));
    }

    @Test
    void the_name_of_a_machine_becomes_the_name_of_a_gateway() {
        assertEquals("press-7.plant", GatewayName.cleaned("press-7.plant\n"));
        assertEquals("M-nchen-1", GatewayName.cleaned("M\u00fcnchen 1"));
        assertEquals("amarena", GatewayName.cleaned(" \n"));
        assertEquals(64, GatewayName.cleaned("x".repeat(100)).length());
    }

    @Test
    void a_gateway_without_settings_gets_the_shipped_ones_once() throws Exception {
        final Path home = temp.resolve("home");
        Files.createDirectories(home.resolve("configs"));
        Files.writeString(home.resolve("configs/io.amarena.engine.json"), "{}");
        final Path configs = temp.resolve("data/configs");

        assertTrue(ShippedSettings.copyTo(home, configs));
        assertTrue(Files.exists(configs.resolve("io.amarena.engine.json")));
        assertFalse(ShippedSettings.hasPipelines(configs));

        Files.delete(configs.resolve("io.amarena.engine.json"));
        Files.writeString(configs.resolve("io.amarena.pipeline~press.json"), "{}");
        assertFalse(ShippedSettings.copyTo(home, configs));
        assertFalse(Files.exists(configs.resolve("io.amarena.engine.json")));
        assertTrue(ShippedSettings.hasPipelines(configs));
    }

    @Test
    void the_first_password_of_the_console_is_shown_until_it_was_used() throws Exception {
        final ConsoleAccess console = new ConsoleAccess("0.0.0.0", 8080, temp);
        assertTrue(console.firstPassword().isEmpty());
        assertEquals("http://127.0.0.1:8080/system/console", console.address());

        Files.createDirectories(temp.resolve("console"));
        Files.writeString(console.passwordFile(), "abcd\n");
        Files.writeString(temp.resolve("console/administrator.json"), "{}");
        assertEquals("abcd", console.firstPassword().orElseThrow());
        console.renew();
        assertTrue(Files.exists(temp.resolve("console/administrator.json")));

        Files.delete(console.passwordFile());
        console.renew();
        assertFalse(Files.exists(temp.resolve("console/administrator.json")));
    }

    @Test
    void a_terminal_is_drawn_over_and_a_file_gets_plain_lines() {
        final StringWriter plain = new StringWriter();
        final StringWriter drawn = new StringWriter();
        final Screen file = new Screen(new PrintWriter(plain), false);
        final Screen terminal = new Screen(new PrintWriter(drawn), true);
        for (final List<String> lines : List.of(List.of("a", "b"), List.of("c"))) {
            file.show(lines);
            terminal.show(lines);
        }

        assertEquals("a\nb\nc\n", plain.toString());
        assertTrue(drawn.toString().contains("\033[2F"), "goes up over the two lines of the first time");
    }
}
