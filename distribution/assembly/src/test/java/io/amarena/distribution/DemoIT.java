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
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process: cameras, model, broker, pictures. */
class DemoIT {

    private static final long PATIENCE_SECONDS = 90;

    @TempDir
    private Path temp;

    private Running demo(final String mqttPort, final String... more) throws IOException {
        final List<String> arguments = new java.util.ArrayList<>(List.of("demo", "--no-live", "--data",
                temp.resolve("data").toString(), "--http-port", freePort(), "--mqtt-port", mqttPort));
        arguments.addAll(List.of(more));
        return amarena(arguments.toArray(String[]::new));
    }

    /** Asks for the status until all pipelines are as wanted. */
    private List<JsonObject> awaitPipelines(final Running demo, final Predicate<JsonObject> wanted) throws Exception {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            final JsonObject status = status(temp.resolve("data"));
            final List<JsonObject> pipelines = status.getJsonArray("pipelines").getValuesAs(JsonObject.class);
            if (!pipelines.isEmpty() && pipelines.stream().allMatch(wanted)) {
                assertEquals("[]", status.getJsonObject("settings").getJsonArray("problems").toString());
                return pipelines;
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(status + "\n" + demo.output());
            }
        }
    }

    private static int published(final JsonObject pipeline) {
        return pipeline.getJsonObject("account").getInt("published");
    }

    @Test
    void simulated_cameras_are_inspected_and_the_answers_are_right() throws Exception {
        final String mqttPort = freePort();
        try (Running demo = demo(mqttPort, "--cameras", "2")) {
            demo.awaitLine("mosquitto_sub -h 127.0.0.1 -p " + mqttPort).awaitLine("user admin, password ");

            final List<JsonObject> pipelines = awaitPipelines(demo, pipeline -> published(pipeline) >= 50);

            assertEquals(List.of("line-1", "line-2"),
                    pipelines.stream().map(pipeline -> pipeline.getString("name")).toList());
            for (final JsonObject pipeline : pipelines) {
                assertEquals("SERVING", pipeline.getString("state"));
                assertEquals("1.0.0", pipeline.getString("serving"));
                assertTrue(pipeline.getJsonObject("account").getBoolean("balanced"), pipeline::toString);
                final JsonObject accuracy = pipeline.getJsonObject("accuracy");
                assertTrue(accuracy.getInt("of") >= 25, accuracy::toString);
                assertTrue(accuracy.getJsonNumber("share").doubleValue() >= 0.9, accuracy::toString);
            }
            try (Socket broker = new Socket(InetAddress.getByName("127.0.0.1"), Integer.parseInt(mqttPort))) {
                assertTrue(broker.isConnected());
            }
            assertTrue(Files.size(temp.resolve("data/pictures/line-1.jpg")) > 0);

            assertEquals(0, demo.signal("INT").exitCode(), demo.output());
            assertTrue(demo.output().contains("surface-inspection 1.0.0"), demo.output());
            assertFalse(demo.output().contains("DOES NOT BALANCE"), demo.output());
        }
    }

    @Test
    void pictures_of_the_user_are_inspected_in_a_loop_and_the_demo_ends_by_itself() throws Exception {
        final Path pictures = Files.createDirectory(temp.resolve("my pictures"));
        for (int number = 0; number < 3; number++) {
            ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "png",
                    pictures.resolve(number + ".png").toFile());
        }
        try (Running demo = demo(freePort(), "--cameras", "1", "--images", pictures.toString(), "--seconds", "600")) {
            demo.awaitLine("mosquitto_sub");
            awaitPipelines(demo, pipeline -> published(pipeline) > 3);
            assertEquals(0, demo.signal("TERM").exitCode(), demo.output());
        }
        try (Running again = demo(freePort(), "--cameras", "1", "--seconds", "1")) {
            assertEquals(0, again.exitCode(), again.output());
        }
    }

    @Test
    void a_broker_port_in_use_is_named_with_the_option_that_chooses_another_one() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            final Running demo = demo(String.valueOf(used.getLocalPort()));

            assertEquals(2, demo.exitCode(), demo.output());
            assertTrue(demo.output().contains("Port " + used.getLocalPort()), demo.output());
            assertTrue(demo.output().contains("--mqtt-port"), demo.output());
        }
    }
}
