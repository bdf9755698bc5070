/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtttransport;

import io.amarena.api.transport.MqttException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Says what went wrong with a broker, and what to do, instead of a number. */
final class PahoFailures {

    private static final String ENDED = "the broker ended the connection; if that repeats, another client may use the same"
            + " client id";
    private static final short CLIENT_TIMEOUT = org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_CLIENT_TIMEOUT;
    private static final short MAX_INFLIGHT = org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_MAX_INFLIGHT;

    private PahoFailures() {
    }

    static MqttException connecting(final String uri,
            final org.eclipse.paho.client.mqttv3.MqttException failure) {
        return new MqttException("Cannot connect to " + uri + ": " + reason(failure), temporary(failure), failure);
    }

    static MqttException publishing(final String uri, final String topic,
            final org.eclipse.paho.client.mqttv3.MqttException failure) {
        return new MqttException("Cannot send " + topic + " to " + uri + ": " + reason(failure), temporary(failure),
                failure);
    }

    private static boolean temporary(final org.eclipse.paho.client.mqttv3.MqttException failure) {
        switch (failure.getReasonCode()) {
            case org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_FAILED_AUTHENTICATION:
            case org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_NOT_AUTHORIZED:
            case org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_INVALID_CLIENT_ID:
            case org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION:
                return false;
            default:
                return true;
        }
    }

    /** For people. */
    static String reason(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            final String known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return failure == null ? "the connection ended" : String.valueOf(failure.getMessage());
    }

    private static String known(final Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "unknown host " + cause.getMessage() + "; check the name and the name server";
        }
        if (cause instanceof NoRouteToHostException || cause instanceof ConnectException) {
            return "connection refused (" + cause.getMessage() + "); check that the broker runs and the port is right";
        }
        if (cause instanceof SocketTimeoutException) {
            return "no answer in time; check the network and the firewall";
        }
        if (cause instanceof EOFException || cause instanceof SocketException) {
            return ENDED;
        }
        if (!(cause instanceof org.eclipse.paho.client.mqttv3.MqttException) || cause.getCause() != null) {
            return null;
        }
        switch (((org.eclipse.paho.client.mqttv3.MqttException) cause).getReasonCode()) {
            case org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_FAILED_AUTHENTICATION:
            case org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_NOT_AUTHORIZED:
                return "not authorised; check user and password";
            case org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_INVALID_CLIENT_ID:
                return "the broker does not accept the client id";
            case org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_CONNECTION_LOST:
                return ENDED;
            case CLIENT_TIMEOUT:
                return "no answer in time; check the network and the firewall";
            case MAX_INFLIGHT:
                return "too many messages are unconfirmed";
            default:
                return null;
        }
    }
}
