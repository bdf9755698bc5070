/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.distribution;

import static io.amarena.distribution.Distribution.amarena;
import static io.amarena.distribution.Distribution.freePort;
import static io.amarena.distribution.Distribution.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.distribution.Distribution.Running;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway as a process: what a service manager and an administrator do with it. */
class RunIT {

    @TempDir
    private Path temp;

    private Running run(final Path data, final String port) throws IOException {
        return amarena("run", "--data", data.toString(), "--http-port", port, "--name", "press-7");
    }

    @Test
    void it_starts_tells_its_status_ends_on_sigterm_and_starts_again() throws Exception {
        final Path data = temp.resolve("data");
        for (int round = 0; round < 2; round++) {
            try (Running gateway = run(data, freePort())) {
                gateway.awaitLine("gateway press-7 runs").awaitLine("no pipelines configured: see docs/settings.md");
                final JsonObject status = status(data);
                assertEquals("press-7", status.getString("gateway"));
                assertTrue(status.getBoolean("engine"));
                assertEquals("[]", status.getJsonObject("bundles").getJsonArray("notActive").toString());
                assertEquals("[]", status.getJsonObject("settings").getJsonArray("problems").toString());

                // Had it taken longer than 5 s, it would have ended itself with another code.
                assertEquals(0, gateway.signal("TERM").exitCode(), gateway.output());
                assertFalse(gateway.output().contains("ERROR"), gateway.output());
                assertFalse(gateway.output().contains(" WARN "), gateway.output());
                assertFalse(gateway.output().contains("amarena: WARNING"), gateway.output());
            }
            assertFalse(Files.exists(data.resolve("control")));
        }
    }

    @Test
    void ctrl_c_ends_it_too() throws Exception {
        try (Running gateway = run(temp.resolve("data"), freePort())) {
            assertEquals(0, gateway.awaitLine("gateway press-7 runs").signal("INT").exitCode(), gateway.output());
        }
    }

    @Test
    void a_signal_during_the_start_ends_it() throws Exception {
        try (Running gateway = run(temp.resolve("data"), freePort())) {
            assertEquals(0, gateway.awaitLine("new settings in").signal("TERM").exitCode(), gateway.output());
        }
    }

    @Test
    void after_a_kill_it_starts_again() throws Exception {
        final Path data = temp.resolve("data");
        try (Running gateway = run(data, freePort())) {
            gateway.awaitLine("gateway press-7 runs").signal("KILL").exitCode();
        }
        try (Running gateway = run(data, freePort())) {
            gateway.awaitLine("gateway press-7 runs");
            assertTrue(status(data).getBoolean("engine"));
            assertEquals(0, gateway.signal("TERM").exitCode(), gateway.output());
        }
    }

    @Test
    void two_gateways_run_beside_each_other_but_not_on_one_data_folder() throws Exception {
        final Path one = temp.resolve("one");
        final Path two = temp.resolve("two");
        try (Running first = run(one, freePort()); Running second = run(two, freePort())) {
            first.awaitLine("gateway press-7 runs");
            second.awaitLine("gateway press-7 runs");
            assertFalse(status(one).getJsonObject("process").getInt("pid")
                    == status(two).getJsonObject("process").getInt("pid"));

            final Running third = run(one, freePort());
            assertEquals(2, third.exitCode(), third.output());
            assertTrue(third.output().contains("runs on the data folder " + one), third.output());
            assertTrue(third.output().contains("--data"), third.output());
        }
    }

    @Test
    void a_port_in_use_is_named_with_the_option_that_chooses_another_one() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            final Running gateway = run(temp.resolve("data"), String.valueOf(used.getLocalPort()));

            assertEquals(2, gateway.exitCode(), gateway.output());
            assertTrue(gateway.output().contains("Port " + used.getLocalPort()), gateway.output());
            assertTrue(gateway.output().contains("--http-port"), gateway.output());
        }
    }

    @Test
    void a_data_folder_that_cannot_be_written_is_named() throws Exception {
        Files.writeString(temp.resolve("file"), "");
        final Running gateway = run(temp.resolve("file").resolve("data"), freePort());

        assertEquals(2, gateway.exitCode(), gateway.output());
        assertTrue(gateway.output().contains(temp.resolve("file").toString()), gateway.output());
        assertTrue(gateway.output().contains("--data"), gateway.output());
    }

    @Test
    void a_core_bundle_that_does_not_start_is_told_and_ends_the_process() throws Exception {
        final Path data = temp.resolve("data");
        Files.createDirectories(data.resolve("launcher"));
        Files.writeString(data.resolve("launcher/administrator.json"),
                "{\"io.amarena.engine\":{\"decision\":\"removed\"}}");
        final Running gateway = run(data, freePort());

        assertEquals(1, gateway.exitCode(), gateway.output());
        assertTrue(gateway.output().contains("ERROR: io.amarena.engine does not run: an administrator removed it"),
                gateway.output());
    }

    @Test
    void the_console_lets_only_the_administrator_in_and_no_other_web_site() throws Exception {
        final Path data = temp.resolve("data");
        final String port = freePort();
        try (Running gateway = run(data, port)) {
            gateway.awaitLine("gateway press-7 runs");
            final Path passwordFile = data.resolve("console/one-time-password");
            final String password = Files.readString(passwordFile).strip();
            assertFalse(gateway.output().contains(password), "no password in the log of a service manager");

            assertEquals(401, console(port, null, "GET"));
            assertEquals(401, console(port, "admin:admin", "GET"));
            assertTrue(Files.exists(passwordFile));
            assertEquals(200, console(port, "admin:" + password, "GET"));
            assertFalse(Files.exists(passwordFile));
            assertEquals(200, console(port, "admin:" + password, "GET"));
            assertEquals(403, console(port, "admin:" + password, "POST", "Origin", "https://evil.example"));
            assertEquals(403, console(port, "admin:" + password, "POST", "Sec-Fetch-Site", "cross-site"));
        }
    }

    private static int console(final String port, final String credentials, final String method,
            final String... headers) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/system/console/bundles.json"))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (credentials != null) {
            request.header("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void the_archives_hold_what_the_folder_holds() throws Exception {
        final Path archive;
        try (Stream<Path> files = Files.list(Distribution.HOME.getParent())) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
        }
        assertEquals(0, new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", temp.toString())
                .inheritIO().start().waitFor());
        final Path home;
        try (Stream<Path> files = Files.list(temp)) {
            home = files.findFirst().orElseThrow();
        }
        try (Stream<Path> files = Files.walk(Distribution.HOME)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                assertTrue(Files.exists(home.resolve(Distribution.HOME.relativize(file))), file::toString);
            }
        }
        assertTrue(Files.isExecutable(home.resolve("bin/amarena")));
    }
}
