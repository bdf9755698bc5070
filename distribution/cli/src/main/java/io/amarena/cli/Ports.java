/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether a port is free before a gateway is started that needs it. */
final class Ports {

    private static final int LAST = 65_535;

    private Ports() {
    }

    /**
     * Does nothing when the port can be had.
     *
     * @param option that would choose another one
     */
    static void requireFree(final String host, final int port, final String option) throws EnvironmentException {
        if (port < 1 || port > LAST) {
            throw new EnvironmentException(option + ' ' + port + " is no port: it is a number from 1 to " + LAST);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (final IOException e) {
            throw new EnvironmentException("Port " + port + " on " + host + " cannot be had (" + e.getMessage()
                    + "). Stop the program that uses it, or choose another one with " + option, e);
        }
    }
}
