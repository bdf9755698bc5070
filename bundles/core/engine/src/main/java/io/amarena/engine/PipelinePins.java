/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.engine.pipeline.PipelineConfig;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Sets the version of a pipeline where all settings are changed; the settings bundle checks it and writes its file. */
final class PipelinePins implements AdministratorCommands.Pins {

    private static final String VERSION = "version";

    private final ConfigurationAdmin admin;

    PipelinePins(final ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void set(final String pipeline, final String versions) throws IOException {
        final Configuration configuration = admin.getFactoryConfiguration(PipelineConfig.PID, pipeline, "?");
        final Dictionary<String, Object> known = configuration.getProperties();
        if (known == null) {
            configuration.delete();
            throw new IOException("the pipeline " + pipeline + " has no settings any more");
        }
        final Dictionary<String, Object> changed = new Hashtable<>();
        known.keys().asIterator().forEachRemaining(key -> changed.put(key, known.get(key)));
        changed.remove(VERSION);
        if (!versions.isEmpty()) {
            changed.put(VERSION, versions);
        }
        configuration.update(changed);
    }
}
