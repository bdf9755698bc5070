/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** The framework properties of a gateway, which bundles read through their context. */
final class FrameworkProperties {

    /** Folder of the distribution. */
    static final String HOME = "amarena.home";
    /** Folder of everything that the gateway writes. */
    static final String DATA = "amarena.data";
    /** Folder of the settings. */
    static final String CONFIGS = "amarena.configs";
    /** Path of the control socket. */
    static final String SOCKET = "amarena.socket";
    /** Name of the gateway. */
    static final String GATEWAY = "amarena.gateway";

    private static final String INTERPOLATION = "org.apache.felix.configadmin.plugin.interpolation";

    private FrameworkProperties() {
    }

    static Map<String, Object> of(final GatewayOptions options, final Path cache, final Path socket,
            final int lastStartLevel) {
        final Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(HOME, options.home().toString());
        properties.put(DATA, options.data().toString());
        properties.put(CONFIGS, options.configs().toString());
        properties.put(SOCKET, socket.toString());
        properties.put(GATEWAY, options.name());

        properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, String.valueOf(lastStartLevel));
        // What administrators install starts before the last bundles, which use it, and stops after them.
        properties.put("felix.startlevel.bundle", String.valueOf(Math.max(1, lastStartLevel - 1)));
        properties.put("felix.log.level", "1");
        // Below errors, the event admin has only to tell that it is being stopped, past every log.
        properties.put("org.apache.felix.eventadmin.LogLevel", "1");

        properties.put("org.apache.felix.http.host", options.httpHost());
        properties.put("org.osgi.service.http.port", String.valueOf(options.httpPort()));
        properties.put("org.apache.felix.https.enable", "false");
        // The console waits for our provider, and its built-in user never exists.
        properties.put("felix.webconsole.security.providers", "amarena");

        // Settings reach nobody before the plugin that puts secrets in their place is there.
        properties.put("felix.cm.config.plugins", INTERPOLATION);
        properties.put(INTERPOLATION + ".secretsdir", options.data().resolve("secrets").toString());
        properties.putAll(options.properties());
        return properties;
    }
}
