/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

import io.amarena.api.source.FrameSource;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Brings one simulated camera per configuration. */
@Component(configurationPid = "io.amarena.source.simulator", configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true, service = {})
@Designate(ocd = SimulatorComponent.Config.class, factory = true)
public final class SimulatorComponent {

    private final SimulatorSource source;
    private final ServiceRegistration<FrameSource> registration;

    /** Settings of one camera. */
    @ObjectClassDefinition(name = "Amarena conveyor simulator",
            description = "A simulated camera over a conveyor of surface plates, with ground truth")
    @interface Config {

        @AttributeDefinition(description = "Name of the source, unique")
        String name();

        @AttributeDefinition(description = "Frames per second; 0 for as many as are taken", min = "0", max = "1000")
        double framesPerSecond() default 10;

        @AttributeDefinition(description = "Frame width in pixels", min = "64", max = "8192")
        int width() default 1280;

        @AttributeDefinition(description = "Frame height in pixels", min = "64", max = "8192")
        int height() default 720;

        @AttributeDefinition(description = "Chooses the series of plates: the same seed shows the same plates")
        long seed() default 1;

        @AttributeDefinition(description = "Share of plates with a defect", min = "0", max = "1")
        double defectShare() default 0.5;

        @AttributeDefinition(description = "How frames are handed over", options = {
            @Option(label = "encoded as JPEG", value = "jpeg"), @Option(label = "raw RGB pixels", value = "raw")})
        String format() default "jpeg";

        @AttributeDefinition(description = "Quality of the JPEG", min = "0", max = "1")
        double quality() default 0.85;

        @AttributeDefinition(description = "How far the lamp's brightness drifts to either side", min = "0", max = "0.9")
        double lightingDrift() default 0;

        @AttributeDefinition(description = "Frames from one brightest moment to the next", min = "2")
        int driftPeriod() default 600;

        @AttributeDefinition(description = "Lens blur, standard deviation in pixels", min = "0", max = "20")
        double blur() default 0;

        @AttributeDefinition(description = "Frames until the camera ends; 0 for none", min = "0")
        long limit() default 0;

        @AttributeDefinition(description = "Whether the camera shows the present: a frame that is refused has passed."
                + " Otherwise it is offered again")
        boolean live() default true;
    }

    /**
     * Registers the camera.
     *
     * @throws IllegalArgumentException when a setting is out of its range, naming it
     */
    @Activate
    public SimulatorComponent(final BundleContext context, final Config config) {
        if (config.name() == null || config.name().isBlank()) {
            throw new IllegalArgumentException("A simulator needs the setting name: the name of its source");
        }
        final SceneSettings scene = new SceneSettings(config.width(), config.height(), config.seed(),
                config.defectShare(), config.lightingDrift(), config.driftPeriod(), config.blur());
        source = new SimulatorSource(new CameraSettings(config.name(), config.framesPerSecond(), scene,
                !config.format().equals("raw"), config.quality(), config.limit(), config.live()));
        final Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(FrameSource.NAME, config.name());
        properties.put(FrameSource.LIVE, config.live());
        registration = context.registerService(FrameSource.class, source, properties);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        source.stop();
    }
}
