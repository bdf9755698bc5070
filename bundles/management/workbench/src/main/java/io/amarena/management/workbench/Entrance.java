/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.source.FrameSink;
import io.amarena.api.source.FrameSource;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * A pipeline of the gateway and the source through which the workbench's pictures enter it, both of one name. The pipeline
 * is made as an administrator makes one: by a settings file.
 */
final class Entrance implements FrameSource, AutoCloseable {

    private final String name;
    private final Path settings;
    private final ServiceRegistration<FrameSource> registration;
    private volatile FrameSink sink;

    private Entrance(final String name, final BundleContext context) {
        this.name = name;
        this.settings = Path.of(context.getProperty("amarena.configs"))
                .resolve("io.amarena.pipeline~" + name + ".json");
        final Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(FrameSource.NAME, name);
        this.registration = context.registerService(FrameSource.class, this, properties);
    }

    /**
     * Makes one.
     *
     * @param model   that it serves
     * @param options more settings of the pipeline, such as {@code size} and {@code threshold}
     */
    static Entrance open(final String name, final BundleContext context, final String model,
            final Map<String, Object> options) throws IOException {
        final Entrance entrance = new Entrance(name, context);
        try {
            entrance.configure(model, options);
            return entrance;
        } catch (final IOException | RuntimeException failed) {
            entrance.close();
            throw failed;
        }
    }

    private void configure(final String model, final Map<String, Object> options) throws IOException {
        final JsonObjectBuilder json = Json.createObjectBuilder().add("source", name).add("model", model)
                .add("overload", "push-back");
        options.forEach((key, value) -> {
            if (value instanceof Integer) {
                json.add(key, (Integer) value);
            } else if (value instanceof Number) {
                json.add(key, ((Number) value).doubleValue());
            } else if (value instanceof List) {
                json.add(key, Json.createArrayBuilder((List<?>) value));
            } else {
                json.add(key, String.valueOf(value));
            }
        });
        Files.createDirectories(settings.getParent());
        final Path half = settings.resolveSibling("." + name + ".half");
        Files.writeString(half, json.build().toString());
        Files.move(half, settings);
    }

    String name() {
        return name;
    }

    /** Where frames enter; null until the pipeline has opened it. */
    FrameSink sink() {
        return sink;
    }

    @Override
    public void start(final FrameSink to) {
        sink = to;
    }

    @Override
    public void stop() {
        sink = null;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(settings);
        registration.unregister();
    }
}
