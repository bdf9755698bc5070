/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What Config Admin holds, by our names for it. Not thread-safe. */
final class AdminSettings {

    private static final String ANY_BUNDLE = "?";

    private final ConfigurationAdmin admin;

    AdminSettings(final ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** All configurations that a settings file could be named after. */
    Map<Pid, SettingValues> read() throws IOException {
        final Map<Pid, SettingValues> settings = new TreeMap<>();
        final Configuration[] configurations;
        try {
            configurations = admin.listConfigurations(null);
        } catch (final InvalidSyntaxException impossible) {
            throw new IllegalStateException("No filter is no wrong filter", impossible);
        }
        for (final Configuration configuration : configurations == null ? new Configuration[0] : configurations) {
            final Dictionary<String, Object> properties = configuration.getProperties();
            final Optional<Pid> pid = Pid.of(configuration.getPid());
            if (properties != null && pid.isPresent()) {
                settings.put(pid.get(), SettingValues.of(properties));
            }
        }
        return settings;
    }

    void put(final Pid pid, final SettingValues values) throws IOException {
        configuration(pid).updateIfDifferent(values.toDictionary());
    }

    void delete(final Pid pid) throws IOException {
        configuration(pid).delete();
    }

    private Configuration configuration(final Pid pid) throws IOException {
        return pid.name().isEmpty() ? admin.getConfiguration(pid.service(), ANY_BUNDLE)
                : admin.getFactoryConfiguration(pid.service(), pid.name(), ANY_BUNDLE);
    }
}
