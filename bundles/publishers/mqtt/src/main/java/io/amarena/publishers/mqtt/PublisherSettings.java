/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtt;

/**
 * The settings of one publisher, checked.
 *
 * @param name       of the publisher
 * @param broker     its address
 * @param clientId   empty for the default
 * @param user       empty for none
 * @param password   empty for none
 * @param topic      prefix
 * @param qos        of results
 * @param keepAliveSeconds of the connection
 * @param inFlight   messages that may be unconfirmed
 * @param maxWaiting results that may wait
 * @param maxWaitingBytes that they may take, estimated
 * @param retryMinMillis shortest wait before the next attempt to connect
 * @param retryMaxMillis longest wait
 */
record PublisherSettings(String name, String broker, String clientId, String user, String password, String topic, int qos,
        int keepAliveSeconds, int inFlight, int maxWaiting, long maxWaitingBytes, long retryMinMillis,
        long retryMaxMillis) {

    static PublisherSettings of(final MqttPublisherComponent.Config config) {
        if (config.name() == null || config.name().isBlank()) {
            throw new IllegalArgumentException("An MQTT publisher needs the setting name");
        }
        if (config.broker() == null || !config.broker().matches("(tcp|ssl)://[^\\s/]+(:\\d+)?")) {
            throw new IllegalArgumentException("The setting broker of publisher " + config.name() + " is "
                    + config.broker() + "; it has the form tcp://host:1883 or ssl://host:8883");
        }
        if (config.topic().isBlank() || config.topic().matches(".*[#+].*")) {
            throw new IllegalArgumentException("The setting topic of publisher " + config.name() + " is "
                    + config.topic() + "; it needs at least one character and no # or +");
        }
        return new PublisherSettings(config.name(), config.broker(), config.clientId(), config.user(), config.password(),
                config.topic(), config.qos(), config.keepAliveSeconds(), config.inFlight(), config.maxWaiting(),
                (long) config.maxWaitingMb() << 20, config.retryMinMs(),
                Math.max(config.retryMinMs(), config.retryMaxMs()));
    }

    String clientIdAt(final String gateway) {
        return clientId.isEmpty() ? "amarena-" + gateway + "-" + name : clientId;
    }
}
