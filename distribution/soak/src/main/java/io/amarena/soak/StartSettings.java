/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The settings that the gateway starts with: four cameras, four pipelines, a broker of its own, two publishers. */
final class StartSettings {

    /** Name of the gateway. */
    static final String GATEWAY = "soak";

    /** The publisher that gets every result. */
    static final String FIRST = "local";

    /** A publisher that pipelines get and lose. */
    static final String SECOND = "second";

    /** Prefix of the topics of the first publisher. */
    static final String FIRST_TOPIC = "amarena";

    /** Prefix of the topics of the second publisher. */
    static final String SECOND_TOPIC = "second";

    /** Seconds that the gateway goes on with what has left. */
    static final int GRACE_SECONDS = 3;

    private static final int LINES = 4;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;

    private StartSettings() {
    }

    static List<Line> lines() {
        return IntStream.rangeClosed(1, LINES).mapToObj(number -> Line.named("line-" + number)).toList();
    }

    /** Client id of the first publisher, by which a stranger can push it out of the broker. */
    static String firstClient() {
        return "amarena-" + GATEWAY + "-" + FIRST;
    }

    static String simulatorPid(final String line) {
        return "io.amarena.source.simulator~" + line;
    }

    static String publisherPid(final String publisher) {
        return "io.amarena.publisher.mqtt~" + publisher;
    }

    static Map<String, Object> publisher(final String name, final int brokerPort, final int inFlight) {
        final Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", name);
        settings.put("broker", "tcp://127.0.0.1:" + brokerPort);
        settings.put("topic", name.equals(FIRST) ? FIRST_TOPIC : SECOND_TOPIC);
        settings.put("inFlight", inFlight);
        settings.put("retryMinMs", 50);
        return settings;
    }

    /** Writes all of it into a new folder, over the settings that are shipped. */
    static void writeTo(final Path configs, final Path home, final int brokerPort, final long seed)
            throws IOException {
        Files.createDirectories(configs);
        try (Stream<Path> shipped = Files.list(home.resolve("configs"))) {
            for (final Path file : shipped.toList()) {
                Files.copy(file, configs.resolve(file.getFileName()));
            }
        }
        final ConfigsDoor door = new ConfigsDoor(configs);
        door.write("io.amarena.engine", Map.of("graceSeconds", GRACE_SECONDS));
        door.write("io.amarena.broker", Map.of("port", brokerPort));
        door.write(publisherPid(FIRST), publisher(FIRST, brokerPort, 200));
        door.write(publisherPid(SECOND), publisher(SECOND, brokerPort, 200));
        for (final Line line : lines()) {
            door.write(simulatorPid(line.name()), camera(line.name(), seed));
            door.write(line.pid(), line.settings());
        }
    }

    private static Map<String, Object> camera(final String name, final long seed) {
        final Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", name);
        settings.put("framesPerSecond", FRAMES_PER_SECOND);
        settings.put("width", WIDTH);
        settings.put("height", HEIGHT);
        settings.put("format", "raw");
        settings.put("live", false);
        settings.put("seed", Math.floorMod(seed, 1000L) + name.charAt(name.length() - 1));
        return settings;
    }
}
