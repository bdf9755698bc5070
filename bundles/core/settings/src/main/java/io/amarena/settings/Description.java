/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * What a bundle says about the settings that it understands: a snapshot of its metatype object class.
 *
 * @param settings by name, in the order of the bundle
 */
record Description(Map<String, DescribedSetting> settings) {

    static Description of(final ObjectClassDefinition definition) {
        final Map<String, DescribedSetting> settings = new LinkedHashMap<>();
        add(settings, definition.getAttributeDefinitions(ObjectClassDefinition.REQUIRED), true);
        add(settings, definition.getAttributeDefinitions(ObjectClassDefinition.OPTIONAL), false);
        return new Description(settings);
    }

    private static void add(final Map<String, DescribedSetting> settings, final AttributeDefinition[] definitions,
            final boolean required) {
        if (definitions != null) {
            for (final AttributeDefinition definition : definitions) {
                settings.put(definition.getID(), DescribedSetting.of(definition, required));
            }
        }
    }

    /** What is wrong with the values; empty when nothing is. */
    List<Finding> check(final SettingValues values) {
        final List<Finding> findings = new ArrayList<>();
        for (final Map.Entry<String, Object> entry : values.asMap().entrySet()) {
            final DescribedSetting setting = settings.get(entry.getKey());
            final Optional<String> fault = setting != null ? setting.fault(entry.getValue())
                    : isCommon(entry.getKey()) ? Optional.empty() : Optional.of(unknown(entry.getKey()));
            fault.ifPresent(message -> findings.add(new Finding(entry.getKey(), message)));
        }
        for (final DescribedSetting setting : settings.values()) {
            if (setting.required() && !values.asMap().containsKey(setting.id())) {
                findings.add(new Finding(setting.id(), "\"" + setting.id() + "\" is missing and has no default"
                        + setting.about()));
            }
        }
        return findings;
    }

    /** Settings that every component understands, from the specification of Declarative Services. */
    private static boolean isCommon(final String name) {
        return name.equals("service.ranking") || name.equals("service.description") || name.endsWith(".target")
                || name.endsWith(".cardinality.minimum");
    }

    private String unknown(final String name) {
        final String known = String.join(", ", settings.keySet());
        return "\"" + name + "\" is no setting of this bundle"
                + nearest(name, settings.keySet()).map(near -> "; did you mean \"" + near + "\"?").orElse("")
                + " (known: " + known + "; remarks go into keys that start with x-)";
    }

    private static Optional<String> nearest(final String name, final Collection<String> known) {
        return known.stream().filter(candidate -> distance(name, candidate) <= Math.max(1, name.length() / 3))
                .min((one, other) -> Integer.compare(distance(name, one), distance(name, other)));
    }

    /** The edit distance of Levenshtein, upper and lower case alike. */
    private static int distance(final String one, final String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            final int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                final boolean same = Character.toLowerCase(one.charAt(i - 1))
                        == Character.toLowerCase(other.charAt(j - 1));
                current[j] = Math.min(previous[j - 1] + (same ? 0 : 1), Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
