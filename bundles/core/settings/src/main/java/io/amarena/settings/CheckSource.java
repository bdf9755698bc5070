/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import io.amarena.api.settings.SettingsValidator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what settings can be checked against at the moment: descriptions and validators.
 *
 * <p>Only descriptions of our own settings are used. Those of other projects are made for forms, not for checks: they call
 * settings required that have defaults in the code.
 */
final class CheckSource {

    private static final Logger LOG = LoggerFactory.getLogger(CheckSource.class);

    private final BundleContext context;
    private final MetaTypeService metatypes;
    private final ServiceTracker<SettingsValidator, SettingsValidator> validators;
    private final Placeholders placeholders;

    CheckSource(final BundleContext context, final MetaTypeService metatypes,
            final ServiceTracker<SettingsValidator, SettingsValidator> validators, final Placeholders placeholders) {
        this.context = context;
        this.metatypes = metatypes;
        this.validators = validators;
        this.placeholders = placeholders;
    }

    Checks checks() {
        final Map<String, Description> descriptions = new HashMap<>();
        for (final Bundle bundle : context.getBundles()) {
            if ((bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0) {
                describe(bundle, descriptions);
            }
        }
        return new Checks(descriptions, placeholders, validations());
    }

    private void describe(final Bundle bundle, final Map<String, Description> descriptions) {
        try {
            final MetaTypeInformation information = metatypes.getMetaTypeInformation(bundle);
            if (information == null) {
                return;
            }
            for (final String[] pids : new String[][] {information.getPids(), information.getFactoryPids()}) {
                for (final String pid : pids == null ? new String[0] : pids) {
                    if (pid.startsWith(Reconciler.OURS)) {
                        descriptions.put(pid, Description.of(information.getObjectClassDefinition(pid, null)));
                    }
                }
            }
        } catch (final IllegalArgumentException | IllegalStateException unreadable) {
            LOG.warn("The settings that {} describes cannot be read: {}", bundle, unreadable.toString());
        }
    }

    private List<Checks.Validation> validations() {
        final List<Checks.Validation> validations = new ArrayList<>();
        final ServiceReference<SettingsValidator>[] references = validators.getServiceReferences();
        for (int i = 0; references != null && i < references.length; i++) {
            final SettingsValidator validator = validators.getService(references[i]);
            if (validator != null) {
                validations.add(new Checks.Validation(names(references[i].getProperty(SettingsValidator.PID)),
                        validator));
            }
        }
        return validations;
    }

    private static Set<String> names(final Object property) {
        final Set<String> names = new HashSet<>();
        if (property instanceof String[]) {
            names.addAll(List.of((String[]) property));
        } else if (property instanceof Collection) {
            ((Collection<?>) property).forEach(name -> names.add(String.valueOf(name)));
        } else if (property != null) {
            names.add(String.valueOf(property));
        }
        return names;
    }
}
