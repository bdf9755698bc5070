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
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
        error(post("I am a text".getBytes(), "image/jpeg"), 422, "no known format");
        error(post(Arrays.copyOf(picture, picture.length / 2), "image/png"), 422, "PNG");
        error(post(new byte[0], "image/png"), 400, "no body");
        error(post(new byte[2 << 20], "image/png"), 413, "maxBodyMb");
        error(post(picture, "text/plain"), 415, "Content-Type");
        assertEquals(200, post(picture, "image/png").statusCode());
        await(() -> account().inFlight() == 0);
        assertTrue(account().toString(), account().balanced());
        assertEquals(2, account().failed());
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
