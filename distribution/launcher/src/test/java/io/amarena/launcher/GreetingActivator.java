/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.util.Hashtable;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers work to tools outside the framework. */
public final class GreetingActivator implements BundleActivator {

    @Override
    public void start(final BundleContext context) {
        final Hashtable<String, Object> properties = new Hashtable<>(Map.of("amarena.command", "greet"));
        context.registerService(Function.class, name -> "hello " + name, properties);
    }

    @Override
    public void stop(final BundleContext context) {
        // The framework takes the service back.
    }
}
