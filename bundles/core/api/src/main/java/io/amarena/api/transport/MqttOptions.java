/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.transport;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** How to connect to a broker. Immutable; the {@code with} methods return a changed copy. */
public final class MqttOptions {

    private final String uri;
    private final String clientId;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Optional<MqttMessage> will;
    private final Duration keepAlive;
    private final Duration timeout;
    private final int inFlight;

    private MqttOptions(final String uri, final String clientId, final Optional<String> user,
            final Optional<String> password, final Optional<MqttMessage> will, final Duration keepAlive,
            final Duration timeout, final int inFlight) {
        this.uri = uri;
        this.clientId = clientId;
        this.user = user;
        this.password = password;
        this.will = will;
        this.keepAlive = keepAlive;
        this.timeout = timeout;
        this.inFlight = inFlight;
    }

    /**
     * Options with a keep-alive of 30 s, a time-out of 10 s, and 1000 messages in flight.
     *
     * @param uri      {@code tcp://host:port} or {@code ssl://host:port}
     * @param clientId unique at the broker
     */
    public static MqttOptions of(final String uri, final String clientId) {
        return new MqttOptions(Objects.requireNonNull(uri, "uri"), Objects.requireNonNull(clientId, "clientId"),
                Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30), Duration.ofSeconds(10),
                1000);
    }

    public MqttOptions withCredentials(final String name, final String secret) {
        return new MqttOptions(uri, clientId, Optional.of(name), Optional.of(secret), will, keepAlive, timeout,
                inFlight);
    }

    /** With a message that the broker publishes when the session ends without a disconnect. */
    public MqttOptions withWill(final MqttMessage message) {
        return new MqttOptions(uri, clientId, user, password, Optional.of(message), keepAlive, timeout, inFlight);
    }

    public MqttOptions withKeepAlive(final Duration interval) {
        return new MqttOptions(uri, clientId, user, password, will, interval, timeout, inFlight);
    }

    public MqttOptions withTimeout(final Duration atMost) {
        return new MqttOptions(uri, clientId, user, password, will, keepAlive, atMost, inFlight);
    }

    public MqttOptions withInFlight(final int messages) {
        return new MqttOptions(uri, clientId, user, password, will, keepAlive, timeout, messages);
    }

    public String uri() {
        return uri;
    }

    public String clientId() {
        return clientId;
    }

    public Optional<String> user() {
        return user;
    }

    public Optional<String> password() {
        return password;
    }

    public Optional<MqttMessage> will() {
        return will;
    }

    public Duration keepAlive() {
        return keepAlive;
    }

    public Duration timeout() {
        return timeout;
    }

    /** Messages that may be unconfirmed at the same time. */
    public int inFlight() {
        return inFlight;
    }
}
