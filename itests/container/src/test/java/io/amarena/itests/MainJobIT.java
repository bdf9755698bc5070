/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
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

/**
 * The main job in the real container: pictures in a folder, the shipped model on ONNX Runtime, results at a real MQTT
 * client.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class MainJobIT {

    private static final long PATIENCE_SECONDS = 60;

    @Inject
    private BundleContext context;

    @Inject
    @Filter(timeout = 30_000)
    private GatewayView gateway;

    @Configuration
    public Option[] configuration() throws IOException {
        final int port = Distribution.freePort();
        final Distribution distribution = new Distribution("main-job");
        final Path folder = Files.createDirectories(distribution.work().resolve("pictures"));
        distribution.settings("io.amarena.broker", "{\"port:Integer\": " + port + "}")
                .settings("io.amarena.publisher.mqtt~local",
                        "{\"name\": \"local\", \"broker\": \"tcp://127.0.0.1:" + port + "\"}")
                .settings("io.amarena.source.directory~folder",
                        "{\"name\": \"folder\", \"folder\": \"" + folder + "\", \"mode\": \"watch\"}")
                .settings("io.amarena.pipeline~plates", "{\"source\": \"folder\", \"model\": \"surface-inspection\","
                        + " \"publishers\": [\"local\"]}");
        Files.writeString(distribution.work().resolve("port"), String.valueOf(port));
        return distribution.options("features", "features/demo");
    }

    @Test
    public void pictures_with_known_content_give_the_right_results_at_a_real_mqtt_client() throws Exception {
        final Path work = Path.of(System.getProperty("amarena.test.work"));
        final String broker = "tcp://127.0.0.1:" + Files.readString(work.resolve("port"));
        final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
        final MqttClient client = new MqttClient(broker, "integration-test", new MemoryPersistence());
        Await.connected(client);
        client.subscribe("amarena/itest/plates/result", 1, (topic, message) -> {
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(message.getPayload()))) {
                received.add(reader.readObject());
            }
        });
        final Map<String, JsonArray> expected = copyGoldenSamples(work.resolve("pictures"));
        for (int i = 0; i < expected.size(); i++) {
            final JsonObject result = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull("only " + i + " of " + expected.size() + " results came; " + gateway.pipelines()
                    + gateway.publishers(), result);
            final String file = result.getJsonObject("frame").getJsonObject("attributes").getString("file");
            assertEquals(file, labels(expected.get(file)),
                    labels(result.getJsonObject("outcome").getJsonArray("detections")));
            assertEquals("1.0.0", result.getJsonObject("model").getString("version"));
        }
        client.disconnect();
        client.close();
        final FrameAccount account = settled();
        assertTrue(account.toString(), account.balanced());
        assertEquals(expected.size(), account.published());
        assertEquals(0, account.failed());
    }

    private FrameAccount settled() throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        FrameAccount account = plates().account();
        while (account.inFlight() > 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(20);
            account = plates().account();
        }
        return account;
    }

    private PipelineView plates() {
        return gateway.pipelines().stream().filter(view -> view.name().equals("plates")).findFirst().orElseThrow();
    }

    /** The golden samples of the shipped pack: pictures whose right answer is known. */
    private Map<String, JsonArray> copyGoldenSamples(final Path folder) throws IOException {
        final Bundle pack = Arrays.stream(context.getBundles())
                .filter(bundle -> "model.surface-inspection".equals(bundle.getSymbolicName())).findFirst()
                .orElseThrow();
        final Map<String, JsonArray> expected = new HashMap<>();
        for (final URL picture : Collections.list(pack.findEntries("golden", "*.png", false))) {
            final String file = picture.getPath().substring(picture.getPath().lastIndexOf('/') + 1);
            try (JsonReader reader = Json.createReader(pack.getEntry("golden/" + file.replace(".png", ".json"))
                    .openStream())) {
                expected.put(file, reader.readObject().getJsonArray("detections"));
            }
            final Path half = folder.resolveSibling(file);
            try (InputStream in = picture.openStream()) {
                Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(half, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        }
        assertTrue("the pack has " + expected.size() + " golden samples", expected.size() >= 8);
        return expected;
    }

    private static List<String> labels(final JsonArray detections) {
        final List<String> labels = new ArrayList<>();
        detections.forEach(value -> labels.add(value.asJsonObject().getString("label")));
        Collections.sort(labels);
        return labels;
    }
}
