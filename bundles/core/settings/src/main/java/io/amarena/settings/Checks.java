/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import io.amarena.api.settings.SettingsProblem;
import io.amarena.api.settings.SettingsValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that settings are checked against, as it is at one moment.
 *
 * @param descriptions by PID or factory PID
 * @param placeholders what placeholders can be filled with
 * @param validations  the validators that are there
 */
record Checks(Map<String, Description> descriptions, Placeholders placeholders, List<Validation> validations) {

    Checks {
        descriptions = Map.copyOf(descriptions);
        validations = List.copyOf(validations);
    }

    /**
     * One validator.
     *
     * @param services  the PIDs and factory PIDs that it knows; those that end with a star stand for all that begin so
     * @param validator the service
     */
    record Validation(Set<String> services, SettingsValidator validator) {

        boolean covers(final Pid pid) {
            return services.contains(pid.service()) || services.stream().anyMatch(service -> service.endsWith(".*")
                    && pid.service().startsWith(service.substring(0, service.length() - 1)));
        }

        /** The validator's problems; when it fails itself, that is the problem. */
        List<SettingsProblem> run(final Map<String, Map<String, Object>> configurations) {
            try {
                return List.copyOf(validator.validate(configurations));
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return List.of(new SettingsProblem("", "", "the validator " + validator.getClass().getName()
                        + " failed: " + e));
            }
        }
    }

    boolean describes(final Pid pid) {
        return descriptions.containsKey(pid.service());
    }

    boolean validates(final Pid pid) {
        return validations.stream().anyMatch(validation -> validation.covers(pid));
    }

    List<Finding> byDescription(final Pid pid, final SettingValues values) {
        final Description description = descriptions.get(pid.service());
        return description == null ? List.of() : description.check(values);
    }

    List<Finding> alone(final Pid pid, final SettingValues values) {
        final List<Finding> findings = new ArrayList<>(byDescription(pid, values));
        findings.addAll(placeholders.check(values));
        return findings;
    }
}
