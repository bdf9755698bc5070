/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** How a gateway is started. Immutable; made by {@link #of} and the {@code with} methods. */
public final class GatewayOptions {

    /** All features directly in the folder of features: what a production gateway runs. */
    public static final List<String> PRODUCTION = List.of("*");

    private static final int HTTP_PORT = 8080;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path home;
    private final Path data;
    private final Path configs;
    private final String name;
    private final String httpHost;
    private final int httpPort;
    private final List<String> features;
    private final Map<String, String> properties;
    private final Duration startLimit;
    private final Consumer<String> notes;

    private GatewayOptions(final Path home, final Path data, final Path configs, final String name,
            final String httpHost, final int httpPort, final List<String> features,
            final Map<String, String> properties, final Duration startLimit, final Consumer<String> notes) {
        this.home = home.toAbsolutePath().normalize();
        this.data = data.toAbsolutePath().normalize();
        this.configs = configs.toAbsolutePath().normalize();
        this.name = Objects.requireNonNull(name, "name");
        this.httpHost = Objects.requireNonNull(httpHost, "httpHost");
        this.httpPort = httpPort;
        this.features = List.copyOf(features);
        this.properties = Map.copyOf(properties);
        this.startLimit = Objects.requireNonNull(startLimit, "startLimit");
        this.notes = Objects.requireNonNull(notes, "notes");
    }

    /**
     * A production gateway named {@code amarena} with its settings in {@code configs} of the data folder and HTTP on
     * 127.0.0.1:8080; notes go to standard error.
     *
     * @param home folder of the distribution: {@code features} and {@code repository} are read from it
     * @param data everything that the gateway writes; made when it does not exist
     */
    public static GatewayOptions of(final Path home, final Path data) {
        return new GatewayOptions(home, data, data.resolve("configs"), "amarena", "127.0.0.1", HTTP_PORT, PRODUCTION,
                Map.of(), START_LIMIT, System.err::println);
    }

    /** With the settings in another folder. */
    public GatewayOptions withConfigs(final Path folder) {
        return new GatewayOptions(home, data, folder, name, httpHost, httpPort, features, properties, startLimit,
                notes);
    }

    /** With another name: letters, digits and {@code - _ .} only. */
    public GatewayOptions withName(final String gateway) {
        if (!gateway.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("A gateway's name has 1 to 64 letters, digits or - _ . and no others: "
                    + gateway);
        }
        return new GatewayOptions(home, data, configs, gateway, httpHost, httpPort, features, properties, startLimit,
                notes);
    }

    /** With another address for HTTP. */
    public GatewayOptions withHttp(final String host, final int port) {
        return new GatewayOptions(home, data, configs, name, host, port, features, properties, startLimit, notes);
    }

    /** With other features, as {@link #PRODUCTION} shows; {@code demo/*} or {@code core} are other examples. */
    public GatewayOptions withFeatures(final List<String> selection) {
        return new GatewayOptions(home, data, configs, name, httpHost, httpPort, selection, properties, startLimit,
                notes);
    }

    /** With one more framework property; it wins over those that the launcher sets. */
    public GatewayOptions withProperty(final String key, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new GatewayOptions(home, data, configs, name, httpHost, httpPort, features, more, startLimit, notes);
    }

    /** With another limit for the time in which all bundles have to be started. */
    public GatewayOptions withStartLimit(final Duration limit) {
        return new GatewayOptions(home, data, configs, name, httpHost, httpPort, features, properties, limit, notes);
    }

    /** With another place for what the launcher has to tell; called from any thread. */
    public GatewayOptions withNotes(final Consumer<String> listener) {
        return new GatewayOptions(home, data, configs, name, httpHost, httpPort, features, properties, startLimit,
                listener);
    }

    public Path home() {
        return home;
    }

    public Path data() {
        return data;
    }

    public Path configs() {
        return configs;
    }

    public String name() {
        return name;
    }

    public String httpHost() {
        return httpHost;
    }

    public int httpPort() {
        return httpPort;
    }

    public List<String> features() {
        return features;
    }

    public Map<String, String> properties() {
        return properties;
    }

    public Duration startLimit() {
        return startLimit;
    }

    Consumer<String> notes() {
        return notes;
    }
}
