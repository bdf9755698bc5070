/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtt;

import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.transport.MqttTransport;
import io.amarena.itests.publisherkit.PublisherContract;
import io.amarena.lib.results.ResultJson;
import io.amarena.publishers.mqtttransport.PahoTransport;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The contract kit with the real transport, a real broker, and an independent client that listens. */
class MqttPublisherContractTest extends PublisherContract {

    private final List<String> ids = new CopyOnWriteArrayList<>();
    private int port;
    private Server broker;
    private MqttClient listener;

    @Override
    protected Class<?> component() {
        return MqttPublisherComponent.class;
    }

    @Override
    protected List<Class<?>> embedded() {
        return List.of(ResultJson.class);
    }

    @Override
    protected PublisherFactory activate(final Class<?> component) throws Exception {
        final AtomicReference<Object> registered = new AtomicReference<>();
        final BundleContext context = (BundleContext) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    registered.set(arguments[1]);
                    return Proxy.newProxyInstance(getClass().getClassLoader(),
                            new Class<?>[] {ServiceRegistration.class}, (registration, called, with) -> null);
                });
        final Constructor<?> constructor = component.getConstructors()[0];
        final Class<?> config = constructor.getParameterTypes()[2];
        final Map<String, Object> settings = Map.of("name", "kit", "broker", "tcp://127.0.0.1:" + port, "retryMinMs",
                20, "retryMaxMs", 100);
        constructor.newInstance(context, (MqttTransport) new PahoTransport(), Proxy.newProxyInstance(
                component.getClassLoader(), new Class<?>[] {config}, (proxy, method, arguments) ->
                        settings.getOrDefault(method.getName(), method.getDefaultValue())));
        return (PublisherFactory) registered.get();
    }

    @Override
    protected void startReceiver() throws Exception {
        if (port == 0) {
            port = freePort();
        }
        final Properties properties = new Properties();
        properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
        properties.setProperty(IConfig.PORT_PROPERTY_NAME, String.valueOf(port));
        properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
        properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        broker = new Server();
        broker.startServer(new MemoryConfig(properties));
        listener = new MqttClient("tcp://127.0.0.1:" + port, "listener", new MemoryPersistence());
        listener.connect();
        listener.subscribe("amarena/+/+/result", 1, (topic, message) -> {
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(message.getPayload()))) {
                ids.add(reader.readObject().getString("id"));
            }
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    protected void stopReceiver() throws Exception {
        if (broker != null) {
            listener.disconnectForcibly(0, 100);
            listener.close(true);
            broker.stopServer();
            broker = null;
        }
    }

    @Override
    protected List<String> received() {
        return ids;
    }
}
