/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.settings.SettingsProblem;
import io.amarena.api.settings.SettingsValidator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses a second source or publisher of one name, of whatever kind: pipelines refer to them by name. */
final class UniqueNames implements SettingsValidator {

    private static final String NAME = "name";

    private final String kind;

    /**
     * A validator.
     *
     * @param kind of what is named, for messages
     */
    UniqueNames(final String kind) {
        this.kind = kind;
    }

    @Override
    public List<SettingsProblem> validate(final Map<String, Map<String, Object>> configurations) {
        final List<SettingsProblem> problems = new ArrayList<>();
        final Map<Object, String> owners = new HashMap<>();
        configurations.forEach((pid, values) -> {
            final Object name = values.get(NAME);
            final String owner = name == null ? null : owners.putIfAbsent(name, pid);
            if (owner != null) {
                problems.add(new SettingsProblem(pid, NAME, "names the " + kind + " " + name + ", which " + owner
                        + " names already: rename one of them"));
            }
        });
        return problems;
    }
}
