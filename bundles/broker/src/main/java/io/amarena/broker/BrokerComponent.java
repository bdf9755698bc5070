/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.broker;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Properties;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT broker in the gateway's own process, on the loopback interface alone, without accounts and without
 * persistence. A port that is taken is told and harms nothing else.
 */
@Component(configurationPid = "io.amarena.broker", configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true,
        service = {})
@Designate(ocd = BrokerComponent.Config.class)
public final class BrokerComponent {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerComponent.class);

    /** Name in Moquette of what mosquitto_sub and others do when no id is given: the broker makes one up. */
    private static final String CLIENTS_WITHOUT_ID = "allow_zero_byte_client_id";

    private final Server server = new Server();

    /** Settings of the broker. */
    @ObjectClassDefinition(name = "Amarena embedded broker",
            description = "An MQTT broker for demos and tests; use a real broker for anything else")
    @interface Config {

        @AttributeDefinition(description = "Address to listen on; it must be a loopback address")
        String host() default "127.0.0.1";

        @AttributeDefinition(description = "Port to listen on", min = "1", max = "65535")
        int port() default 1883;
    }

    /**
     * Starts the broker.
     *
     * @throws IllegalArgumentException when the address is not a loopback address
     * @throws IOException              when the port cannot be listened on
     */
    @Activate
    public BrokerComponent(final Config config) throws IOException {
        if (!isLoopback(config.host())) {
            throw new IllegalArgumentException("The setting host of io.amarena.broker is " + config.host()
                    + ", which is no loopback address: the embedded broker is for demos, use a real broker for others");
        }
        try {
            server.startServer(settings(config), List.of());
        } catch (final IOException | RuntimeException failed) {
            server.stopServer();
            throw new IOException("The embedded broker cannot listen on " + config.host() + ":" + config.port() + ": "
                    + failed.getMessage() + "; free the port or change the setting port of io.amarena.broker", failed);
        }
        LOG.info("Embedded broker listens on tcp://{}:{}", config.host(), config.port());
    }

    @Deactivate
    void deactivate() {
        server.stopServer();
    }

    private static boolean isLoopback(final String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (final UnknownHostException unknown) {
            return false;
        }
    }

    private static IConfig settings(final Config config) {
        final Properties properties = new Properties();
        properties.setProperty(IConfig.HOST_PROPERTY_NAME, config.host());
        properties.setProperty(IConfig.PORT_PROPERTY_NAME, String.valueOf(config.port()));
        properties.setProperty(IConfig.WEB_SOCKET_PORT_PROPERTY_NAME, "disabled");
        properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
        properties.setProperty(CLIENTS_WITHOUT_ID, "true");
        properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        return new MemoryConfig(properties);
    }
}
