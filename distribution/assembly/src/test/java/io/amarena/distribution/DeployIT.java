/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.distribution;

import static io.amarena.distribution.Distribution.amarena;
import static io.amarena.distribution.Distribution.freePort;
import static io.amarena.distribution.Distribution.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.distribution.Distribution.Running;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New bundles on a running gateway, by command and by the Web Console, and what a crash leaves of them. */
class DeployIT {

    private static final long PATIENCE_SECONDS = 90;

    @TempDir
    private Path temp;
    private Path data;
    private String httpPort;

    @BeforeEach
    void place() throws IOException {
        data = temp.resolve("data");
        httpPort = freePort();
    }

    private Running demo() throws Exception {
        return amarena("demo", "--no-live", "--cameras", "1", "--data", data.toString(), "--http-port", httpPort,
                "--mqtt-port", freePort()).awaitLine("mosquitto_sub");
    }

    private Running deploy(final Path file, final String... more) throws IOException {
        final List<String> arguments = new java.util.ArrayList<>(
                List.of("deploy", file.toString(), "--data", data.toString()));
        arguments.addAll(List.of(more));
        return amarena(arguments.toArray(String[]::new));
    }

    private String serving() throws Exception {
        final JsonObject pipeline = status(data).getJsonArray("pipelines").getJsonObject(0);
        return pipeline.getString("state") + ' ' + pipeline.getString("serving");
    }

    private void awaitServing(final String version, final Running gateway) throws Exception {
        await(() -> serving(), ("SERVING " + version)::equals, gateway);
    }

    /** Something that is looked at. */
    private interface Sight<T> {

        T look() throws Exception;
    }

    private static <T> void await(final Sight<T> sight, final Predicate<T> wanted, final Running gateway)
            throws Exception {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        T seen = sight.look();
        while (!wanted.test(seen)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("It stays " + seen + "\n" + gateway.output());
            }
            seen = sight.look();
        }
    }

    private static JsonObject object(final String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private List<JsonObject> lines(final String file) throws IOException {
        return Files.readAllLines(data.resolve("deploy").resolve(file)).stream().map(DeployIT::object).toList();
    }

    private static String digest(final Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private void deleteCache() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("cache"))) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void a_deployed_model_serves_after_a_kill_and_after_the_loss_of_the_cache() throws Exception {
        final Path next = PackVersions.version("1.0.1", temp.resolve("surface-inspection-1.0.1.jar"));
        try (Running gateway = demo()) {
            awaitServing("1.0.0", gateway);

            final Running deploy = deploy(next, "--json");
            assertEquals(0, deploy.exitCode(), () -> deploy.output() + gateway.output());
            final JsonObject report = object(deploy.output());
            assertEquals("DONE", report.getString("state"));
            assertEquals(digest(next), report.getString("digest"));
            assertTrue(report.getString("message").contains("model surface-inspection 1.0.1 serves line-1"),
                    report.toString());
            assertEquals("SERVING 1.0.1", serving());

            final Running again = deploy(next);
            assertEquals(0, again.exitCode(), again.output());
            assertTrue(again.output().contains("is there already"), again.output());
            gateway.signal("KILL").exitCode();
        }
        try (Running gateway = demo()) {
            awaitServing("1.0.1", gateway);
            gateway.signal("KILL").exitCode();
        }
        deleteCache();
        try (Running gateway = demo()) {
            awaitServing("1.0.1", gateway);

            final Running back = deploy(PackVersions.SHIPPED);
            assertEquals(0, back.exitCode(), () -> back.output() + gateway.output());
            assertEquals("SERVING 1.0.0", serving());
            gateway.signal("KILL").exitCode();
        }
        deleteCache();
        try (Running gateway = demo()) {
            awaitServing("1.0.0", gateway);
        }
    }

    @Test
    void what_is_no_good_is_refused_with_the_reason_and_nothing_is_changed() throws Exception {
        final Path garbage = Files.writeString(temp.resolve("garbage.jar"), "no jar at all");
        final Path broken = PackVersions.broken("1.0.2", temp.resolve("surface-inspection-1.0.2.jar"));
        try (Running gateway = demo()) {
            awaitServing("1.0.0", gateway);

            final Running refused = deploy(garbage);
            assertEquals(1, refused.exitCode(), refused.output());
            assertTrue(refused.output().contains("it is no jar, or not a whole one"), refused.output());
            assertTrue(refused.output().contains("Nothing was changed"), refused.output());
            assertEquals("SERVING 1.0.0", serving());

            final Running rejected = deploy(broken);
            assertEquals(1, rejected.exitCode(), rejected.output());
            assertTrue(rejected.output().contains("rejected"), rejected.output());
            assertTrue(rejected.output().contains("model.surface-inspection 1.0.0 was put back"), rejected.output());
            awaitServing("1.0.0", gateway);

            final Running missing = deploy(temp.resolve("missing.jar"));
            assertEquals(2, missing.exitCode(), missing.output());
            gateway.signal("KILL").exitCode();
        }
        try (Running gateway = demo()) {
            awaitServing("1.0.0", gateway);
        }
        assertEquals(List.of("failed", "failed"), lines("audit.jsonl").stream()
                .filter(act -> act.getString("act").equals("deploy"))
                .map(act -> act.getString("outcome").split(":")[0]).toList());
    }

    @Test
    void an_upload_in_the_web_console_is_in_store_ledger_and_audit_record() throws Exception {
        final Path next = PackVersions.version("1.0.1", temp.resolve("surface-inspection-1.0.1.jar"));
        try (Running gateway = demo()) {
            awaitServing("1.0.0", gateway);
            final String password = Files.readString(data.resolve("console/one-time-password")).strip();

            assertEquals(302, upload(next, password));
            awaitServing("1.0.1", gateway);
            final Path stored = data.resolve("deploy/store").resolve(digest(next) + ".jar");
            await(() -> lines("ledger.jsonl"), ledger -> ledger.stream()
                    .anyMatch(one -> one.getString("digest").equals(digestOf(stored))
                            && one.getString("state").equals("started")), gateway);
            assertEquals(-1, Files.mismatch(next, stored));
            assertTrue(lines("audit.jsonl").stream().anyMatch(act -> act.getString("door").equals("console")
                    && act.getString("act").equals("update") && act.getString("version").equals("1.0.1")
                    && act.getString("digest").equals(digestOf(stored))), () -> gateway.output());
            gateway.signal("KILL").exitCode();
        }
        deleteCache();
        try (Running gateway = demo()) {
            awaitServing("1.0.1", gateway);
        }
    }

    private static String digestOf(final Path stored) {
        return stored.getFileName().toString().replace(".jar", "");
    }

    /** The request of the console's own form. */
    private int upload(final Path jar, final String password) throws Exception {
        final String boundary = "----amarena";
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (final String field : List.of("action=install", "bundlestart=start", "refreshPackages=refresh")) {
            final String[] parts = field.split("=");
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + parts[0] + "\"\r\n\r\n"
                    + parts[1] + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"bundlefile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(Files.readAllBytes(jar));
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        final HttpRequest request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + httpPort + "/system/console/bundles"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                        ("admin:" + password).getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    }
}
