/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** The unpacked distribution, as the container under test gets it: the same bundles at the same start levels. */
final class Distribution {

    private static final int START_LEVEL = 30;

    /**
     * The bridge from the framework's log to Logback insists that Logback is the logger, but the test container logs
     * before it is there. The tests of the distribution as a process cover it.
     */
    private static final String LOG_BRIDGE = "org.apache.felix.logback";

    private final Path home = Path.of(System.getProperty("amarena.distribution")).toAbsolutePath().normalize();
    private final Path work;

    /** The distribution with an empty working folder beside the test classes. */
    Distribution(final String test) {
        try {
            work = Files.createTempDirectory(test);
            Files.createDirectories(configs());
            Files.createDirectories(work.resolve("data"));
        } catch (final IOException failed) {
            throw new IllegalStateException("No working folder for " + test, failed);
        }
    }

    Path work() {
        return work;
    }

    /** Where the settings of this run lie. */
    Path configs() {
        return work.resolve("configs");
    }

    /** Writes one settings file. */
    Distribution settings(final String pid, final String json) {
        try {
            Files.writeString(configs().resolve(pid + ".json"), json);
            return this;
        } catch (final IOException failed) {
            throw new IllegalStateException("Cannot write the settings of " + pid, failed);
        }
    }

    /** Options for Pax Exam that install the bundles of all features in some folders of the distribution. */
    Option[] options(final String... folders) {
        final List<Option> options = new ArrayList<>();
        options.add(junitBundles());
        options.add(systemProperty("pax.exam.logging").value("none"));
        options.add(systemProperty("amarena.test.work").value(work.toString()));
        options.add(systemProperty("logback.configurationFile").value(logback()));
        options.add(frameworkProperty("amarena.home").value(home.toString()));
        options.add(frameworkProperty("amarena.data").value(work.resolve("data").toString()));
        options.add(frameworkProperty("amarena.configs").value(configs().toString()));
        options.add(frameworkProperty("amarena.socket").value(work.resolve("control.sock").toString()));
        options.add(frameworkProperty("amarena.gateway").value("itest"));
        options.add(frameworkProperty("org.apache.felix.http.host").value("127.0.0.1"));
        final String port = String.valueOf(freePort());
        options.add(systemProperty("amarena.test.http").value(port));
        options.add(frameworkProperty("org.osgi.service.http.port").value(port));
        options.add(frameworkProperty("felix.webconsole.security.providers").value("amarena"));
        bundles(folders).forEach((jar, level) -> options.add(
                bundle(jar.toUri().toString()).startLevel(level)));
        options.add(frameworkStartLevel(START_LEVEL));
        return options.toArray(Option[]::new);
    }

    private String logback() {
        return Path.of("src/test/resources/logback-container.xml").toAbsolutePath().toString();
    }

    /** Jar and start level of every bundle that the features name. */
    Map<Path, Integer> bundles(final String... folders) {
        final Map<Path, Integer> bundles = new LinkedHashMap<>();
        for (final String folder : folders) {
            for (final Path feature : features(folder)) {
                try (JsonReader reader = Json.createReader(Files.newBufferedReader(feature))) {
                    for (final JsonValue value : reader.readObject().getJsonArray("bundles")) {
                        final JsonObject entry = value.asJsonObject();
                        if (entry.getString("id").contains(':' + LOG_BRIDGE + ':')) {
                            continue;
                        }
                        bundles.put(jar(entry.getString("id")), Integer.parseInt(entry.get("start-order").toString()
                                .replace("\"", "")));
                    }
                } catch (final IOException unreadable) {
                    throw new IllegalStateException("Cannot read the feature " + feature, unreadable);
                }
            }
        }
        return bundles;
    }

    private List<Path> features(final String folder) {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().collect(Collectors.toList());
        } catch (final IOException missing) {
            throw new IllegalStateException("There is no unpacked distribution in " + home
                    + ": build distribution/assembly first", missing);
        }
    }

    private Path jar(final String id) {
        final String[] parts = id.split(":");
        return home.resolve("repository").resolve(parts[0].replace('.', '/')).resolve(parts[1]).resolve(parts[2])
                .resolve(parts[1] + '-' + parts[2] + ".jar");
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (final IOException none) {
            throw new IllegalStateException("There is no free port", none);
        }
    }
}
