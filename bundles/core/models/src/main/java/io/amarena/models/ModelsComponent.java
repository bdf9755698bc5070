/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.models;

import io.amarena.api.model.ModelCatalog;
import io.amarena.lib.descriptor.PackReader;
import io.amarena.lib.descriptor.PackStore;
import io.amarena.lib.onnx.OnnxLimits;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Brings the model catalog. */
@Component(configurationPid = "io.amarena.models", immediate = true, service = {})
@Designate(ocd = ModelsComponent.Config.class)
public final class ModelsComponent {

    private static final int MOST_FILES = 10_000;

    private final Catalog catalog;
    private final PackTracker tracker;
    private final ServiceRegistration<ModelCatalog> registration;

    /** Settings of the model repository. */
    @ObjectClassDefinition(name = "Amarena models", description = "Limits for model packs")
    @interface Config {

        @AttributeDefinition(description = "Largest model pack that is accepted, unpacked, in MiB", min = "1",
                max = "1048576")
        int maxPackMb() default 1024;
    }

    @Activate
    public ModelsComponent(final BundleContext context, final Config config) {
        final String data = context.getProperty("amarena.data");
        final Path root = Path.of(data == null ? "data" : data).resolve("models");
        final PackReader reader = new PackReader(OnnxLimits.DEFAULT);
        final StoredModels stored = new StoredModels(
                new PackStore(root, (long) config.maxPackMb() << 20, MOST_FILES), reader);
        this.catalog = new Catalog(stored);
        this.tracker = new PackTracker(context, stored, reader, catalog);
        this.tracker.open();
        this.registration = context.registerService(ModelCatalog.class, catalog, null);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        tracker.close();
    }
}
