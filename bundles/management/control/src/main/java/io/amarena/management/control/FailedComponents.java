/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Finds the components that their settings ask for and that do not start, with what they said. */
final class FailedComponents {

    private static final String PID = "service.pid";
    private static final String CAUSE = "Caused by: ";

    private FailedComponents() {
    }

    /**
     * One component.
     *
     * @param name    the PID of its settings, or its own name when it has none
     * @param message what it said
     */
    record Failed(String name, String message) {
    }

    /** Ordered by name. */
    static List<Failed> of(final ServiceComponentRuntime components) {
        final List<Failed> failed = new ArrayList<>();
        for (final ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
            for (final ComponentConfigurationDTO component : components.getComponentConfigurationDTOs(description)) {
                if (component.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    failed.add(new Failed(name(component), message(String.valueOf(component.failure))));
                }
            }
        }
        failed.sort(Comparator.comparing(Failed::name));
        return failed;
    }

    private static String name(final ComponentConfigurationDTO component) {
        final Object pid = component.properties.get(PID);
        if (pid instanceof String[] pids && pids.length > 0) {
            return pids[0];
        }
        return pid instanceof String text ? text : component.description.name;
    }

    /** From a stack trace, the message of the component's own exception: the cause of the call that failed. */
    static String message(final String trace) {
        final List<String> lines = trace.lines().toList();
        final String head = lines.stream().filter(line -> line.startsWith(CAUSE)).findFirst()
                .map(line -> line.substring(CAUSE.length())).orElse(lines.isEmpty() ? "" : lines.get(0));
        return head.replaceFirst("^[A-Za-z0-9_.$]+(Exception|Error): ", "");
    }
}
