/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.http;

import io.amarena.api.source.FrameSource;
import jakarta.servlet.Servlet;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Brings one HTTP entrance per configuration: a source of frames, and the servlet that fills it. */
@Component(configurationPid = "io.amarena.source.http", configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true, service = {})
@Designate(ocd = HttpComponent.Config.class, factory = true)
public final class HttpComponent {

    private static final String PATTERN = "osgi.http.whiteboard.servlet.pattern";
    private static final String ASYNC = "osgi.http.whiteboard.servlet.asyncSupported";

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** Settings of one entrance. */
    @ObjectClassDefinition(name = "Amarena HTTP source", description = "POST a picture, get the result as JSON")
    @interface Config {

        @AttributeDefinition(description = "Name of the source, unique")
        String name();

        @AttributeDefinition(description = "Path of the entrance; empty for /infer/<name>")
        String path() default "";

        @AttributeDefinition(description = "Largest picture that is accepted, in MiB", min = "1", max = "256")
        int maxBodyMb() default 16;

        @AttributeDefinition(description = "Pictures that may wait for their results at the same time", min = "1",
                max = "1024")
        int maxConcurrent() default 16;

        @AttributeDefinition(description = "How long a picture may wait for its result, in milliseconds", min = "10",
                max = "600000")
        int timeoutMs() default 10_000;
    }

    /**
     * Registers source and servlet.
     *
     * @throws IllegalArgumentException when a setting is wrong, naming it
     */
    @Activate
    public HttpComponent(final BundleContext context, final Config config) {
        if (config.name() == null || config.name().isBlank()) {
            throw new IllegalArgumentException("An HTTP source needs the setting name");
        }
        final String path = config.path().isBlank() ? "/infer/" + config.name() : config.path();
        if (!path.matches("/[A-Za-z0-9._~/-]+")) {
            throw new IllegalArgumentException("The setting path of the HTTP source " + config.name() + " is " + path
                    + "; it begins with a slash and has letters, digits and . _ ~ - /");
        }
        final HttpSource source = new HttpSource();
        final Limits limits = new Limits(config.maxBodyMb() << 20, config.maxConcurrent(), config.timeoutMs());
        registrations.add(context.registerService(FrameSource.class, source, property(FrameSource.NAME, config.name())));
        final Dictionary<String, Object> properties = property(PATTERN, path);
        properties.put(ASYNC, true);
        registrations.add(context.registerService(Servlet.class, new InferServlet(source, limits), properties));
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
    }

    private static Dictionary<String, Object> property(final String key, final Object value) {
        final Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(key, value);
        return properties;
    }
}
