/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.directory;

import io.amarena.api.source.FrameSource;
import java.nio.file.Path;
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

/** Brings one folder as a source per configuration. */
@Component(configurationPid = "io.amarena.source.directory", configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true, service = {})
@Designate(ocd = DirectoryComponent.Config.class, factory = true)
public final class DirectoryComponent {

    private final DirectorySource source;
    private final ServiceRegistration<FrameSource> registration;

    /** Settings of one folder. */
    @ObjectClassDefinition(name = "Amarena directory source", description = "Pictures from a folder")
    @interface Config {

        @AttributeDefinition(description = "Name of the source, unique")
        String name();

        @AttributeDefinition(description = "The folder with the pictures")
        String folder();

        @AttributeDefinition(description = "watch takes each file once, as it appears; replay shows all files in turn",
                options = {@Option(label = "take new files", value = "watch"),
                    @Option(label = "replay the folder", value = "replay")})
        String mode() default "watch";

        @AttributeDefinition(description = "Which files, as a glob over their names in lower case")
        String pattern() default "*.{jpg,jpeg,png}";

        @AttributeDefinition(description = "What happens to a file when its result is there (watch only)", options = {
            @Option(label = "it stays", value = "keep"),
            @Option(label = "it moves to the folders processed and failed", value = "move"),
            @Option(label = "it is deleted", value = "delete")})
        String after() default "keep";

        @AttributeDefinition(description = "Whether a replay begins again after the last file")
        boolean loop() default true;

        @AttributeDefinition(description = "Frames per second of a replay; 0 for as many as are taken", min = "0",
                max = "1000")
        double framesPerSecond() default 0;

        @AttributeDefinition(description = "Whether the folder stands for a camera: a frame that is refused has passed")
        boolean live() default false;

        @AttributeDefinition(description = "Largest file that is read, in MiB", min = "1", max = "1024")
        int maxFileMb() default 64;

        @AttributeDefinition(description = "How long a watched picture that has no end yet may rest before it is taken as"
                + " it is, in milliseconds", min = "0", max = "3600000")
        int patienceMs() default 5_000;
    }

    /**
     * Registers the source.
     *
     * @throws IllegalArgumentException when a setting is wrong, naming it
     */
    @Activate
    public DirectoryComponent(final BundleContext context, final Config config) {
        if (config.name() == null || config.name().isBlank() || config.folder() == null || config.folder().isBlank()) {
            throw new IllegalArgumentException("A directory source needs the settings name and folder");
        }
        source = new DirectorySource(new FolderSettings(config.name(), Path.of(config.folder()).toAbsolutePath(),
                config.mode().equals("replay"), config.pattern(), FolderSettings.After.of(config.after()),
                config.loop(), config.framesPerSecond(), config.live(), (long) config.maxFileMb() << 20,
                config.patienceMs()));
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
