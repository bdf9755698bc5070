/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtt;

import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.transport.MqttTransport;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Brings one publisher per configuration. */
@Component(configurationPid = "io.amarena.publisher.mqtt", configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true, service = {})
@Designate(ocd = MqttPublisherComponent.Config.class, factory = true)
public final class MqttPublisherComponent {

    private final ServiceRegistration<PublisherFactory> registration;

    /** Settings of one publisher. */
    @ObjectClassDefinition(name = "Amarena MQTT publisher", description = "Results as JSON over MQTT")
    @interface Config {

        @AttributeDefinition(description = "Name by which pipelines refer to the publisher, unique")
        String name();

        @AttributeDefinition(description = "Address of the broker: tcp://host:port or ssl://host:port")
        String broker();

        @AttributeDefinition(description = "Client id, unique at the broker; empty for amarena-<gateway>-<name>")
        String clientId() default "";

        @AttributeDefinition(description = "User at the broker; empty for none")
        String user() default "";

        @AttributeDefinition(description = "Password, as a reference to a secret: $[secret:name]",
                type = AttributeType.PASSWORD)
        String password() default "";

        @AttributeDefinition(description = "Prefix of all topics, without a slash at the end")
        String topic() default "amarena";

        @AttributeDefinition(description = "Quality of service of results, 0 or 1", min = "0", max = "1")
        int qos() default 1;

        @AttributeDefinition(description = "Keep-alive in seconds", min = "1", max = "3600")
        int keepAliveSeconds() default 30;

        @AttributeDefinition(description = "Messages that may be unconfirmed at the same time", min = "1", max = "10000")
        int inFlight() default 200;

        @AttributeDefinition(description = "Results that may wait in memory; beyond, the oldest is dropped", min = "1",
                max = "1000000")
        int maxWaiting() default 10_000;

        @AttributeDefinition(description = "Memory that waiting results may take, in MiB, estimated", min = "1",
                max = "1024")
        int maxWaitingMb() default 16;

        @AttributeDefinition(description = "Shortest wait before the next attempt to connect, in milliseconds", min = "10",
                max = "600000")
        int retryMinMs() default 500;

        @AttributeDefinition(description = "Longest wait before the next attempt to connect, in milliseconds", min = "10",
                max = "3600000")
        int retryMaxMs() default 30_000;
    }

    /**
     * Registers the factory.
     *
     * @throws IllegalArgumentException when a setting is wrong, naming it
     */
    @Activate
    public MqttPublisherComponent(final BundleContext context, @Reference final MqttTransport transport,
            final Config config) {
        final PublisherSettings settings = PublisherSettings.of(config);
        final Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(PublisherFactory.NAME, settings.name());
        registration = context.registerService(PublisherFactory.class,
                publisher -> new MqttPublisher(settings, publisher.gateway(), transport), properties);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
    }
}
