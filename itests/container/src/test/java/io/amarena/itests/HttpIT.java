/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Pictures over HTTP in the real container, good ones and hostile ones. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HttpIT {

    @Inject
    private BundleContext context;

    @Inject
    @Filter(timeout = 30_000)
    private GatewayView gateway;

    private final HttpClient client = HttpClient.newHttpClient();

    @Configuration
    public Option[] configuration() {
        return new Distribution("http").settings("io.amarena.source.http~door", "{\"name\": \"door\", \"maxBodyMb\": 1}")
                .settings("io.amarena.source.http~narrow",
                        "{\"name\": \"narrow\", \"maxBodyMb\": 1, \"maxConcurrent\": 2}")
                .settings("io.amarena.pipeline~side", "{\"source\": \"narrow\", \"model\": \"surface-inspection\"}")
                .settings("io.amarena.pipeline~plates", "{\"source\": \"door\", \"model\": \"surface-inspection\"}")
                .options("features", "features/demo");
    }

    @Before
    public void the_pipeline_serves_and_the_entrance_is_open() throws Exception {
        await(() -> gateway.pipelines().stream().anyMatch(view -> view.state() == PipelineView.State.SERVING
                && view.sourceHere()));
        await(() -> {
            try {
                return client.send(HttpRequest.newBuilder(door()).GET().build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode() == 200;
            } catch (final IOException | InterruptedException closed) {
                return false;
            }
        });
    }

    @Test
    public void a_picture_is_answered_with_what_is_on_it() throws Exception {
        final HttpResponse<String> response = post(golden("scratch-1.png"), "image/png");
        assertEquals(response.body(), 200, response.statusCode());
        assertEquals("scratch", json(response).getJsonObject("outcome").getJsonArray("detections").getJsonObject(0)
                .getString("label"));
    }

    @Test
    public void what_is_no_picture_gets_a_clear_answer_and_the_next_picture_is_served() throws Exception {
        final byte[] picture = golden("dent-1.png");
        final long before = account().failed();
        error(post("I am a text".getBytes(), "image/jpeg"), 422, "no known format");
        error(post(Arrays.copyOf(picture, picture.length / 2), "image/png"), 422, "PNG");
        error(post(new byte[0], "image/png"), 400, "no body");
        error(post(new byte[2 << 20], "image/png"), 413, "maxBodyMb");
        error(post(picture, "text/plain"), 415, "Content-Type");
        assertEquals(200, post(picture, "image/png").statusCode());
        await(() -> account().inFlight() == 0);
        assertTrue(account().toString(), account().balanced());
        assertEquals(2, account().failed() - before);
    }

    @Test
    public void a_body_that_is_too_large_is_refused_whether_its_length_is_told_or_not() throws Exception {
        final HttpRequest.BodyPublisher unknownLength =
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[20 << 20]));
        final HttpResponse<String> chunked = client.send(HttpRequest.newBuilder(door())
                .header("Content-Type", "image/png").POST(unknownLength).build(),
                HttpResponse.BodyHandlers.ofString());
        error(chunked, 413, "raise maxBodyMb");
        try (Socket socket = announce("door", 10_000_000_000L)) {
            final String answer = new String(socket.getInputStream().readNBytes(500), StandardCharsets.UTF_8);
            assertTrue(answer, answer.startsWith("HTTP/1.1 413"));
            assertTrue(answer, answer.contains("raise maxBodyMb"));
        }
        assertEquals(200, post(golden("ok-1.png"), "image/png").statusCode());
        Await.balanced(gateway);
    }

    @Test
    public void too_many_pictures_at_once_are_refused_and_another_entrance_serves_meanwhile() throws Exception {
        Await.serving(gateway, "side");
        final byte[] picture = golden("dent-1.png");
        final URI narrow = door().resolve("/infer/narrow");
        Await.until(() -> "open", () -> post(narrow, picture).statusCode() == 200);
        // Two clients that never send what they announced hold both places.
        try (Socket one = announce("narrow", 1_000); Socket two = announce("narrow", 1_000)) {
            Await.until(() -> "refused", () -> post(narrow, picture).statusCode() == 503);
            final HttpResponse<String> refused = post(narrow, picture);
            error(refused, 503, "2 pictures are waiting for their results; try again");
            assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
            assertEquals(200, post(picture, "image/png").statusCode());
            assertTrue(one.isConnected() && two.isConnected());
        }
        Await.until(() -> "served again", () -> post(narrow, picture).statusCode() == 200);
        Await.balanced(gateway);
    }

    @Test
    public void a_client_that_goes_away_with_half_its_picture_leaves_nothing_behind() throws Exception {
        Await.serving(gateway, "side");
        final byte[] picture = golden("dent-1.png");
        Await.until(() -> "open", () -> post(door().resolve("/infer/narrow"), picture).statusCode() == 200);
        for (int i = 0; i < 10; i++) {
            announce("narrow", 1_000).close();
        }
        Await.until(() -> "served", () -> post(door().resolve("/infer/narrow"), picture).statusCode() == 200);
        Await.balanced(gateway);
    }

    /** Begins a request and sends only the first bytes of its body. */
    private static Socket announce(final String door, final long length) throws IOException {
        final Socket socket = new Socket("127.0.0.1", door().getPort());
        socket.getOutputStream().write(("POST /infer/" + door + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: image/png\r\nContent-Length: " + length + "\r\n\r\nhalf")
                .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    private HttpResponse<String> post(final URI address, final byte[] body) throws Exception {
        return client.send(HttpRequest.newBuilder(address).header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private FrameAccount account() {
        return gateway.pipelines().get(0).account();
    }

    private static void error(final HttpResponse<String> response, final int status, final String because) {
        assertEquals(response.body(), status, response.statusCode());
        assertTrue(response.body(), response.body().contains(because));
    }

    private HttpResponse<String> post(final byte[] body, final String type) throws Exception {
        return client.send(HttpRequest.newBuilder(door()).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI door() {
        return URI.create("http://127.0.0.1:" + System.getProperty("amarena.test.http") + "/infer/door");
    }

    private static JsonObject json(final HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    private byte[] golden(final String file) throws IOException {
        final Bundle pack = Arrays.stream(context.getBundles())
                .filter(bundle -> "model.surface-inspection".equals(bundle.getSymbolicName())).findFirst().orElseThrow();
        try (InputStream in = pack.getEntry("golden/" + file).openStream()) {
            return in.readAllBytes();
        }
    }

    private static void await(final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue("it did not happen in time", System.nanoTime() < until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
