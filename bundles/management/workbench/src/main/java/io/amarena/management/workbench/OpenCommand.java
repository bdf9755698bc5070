/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.model.ModelCatalog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The second half of the command {@code pack}: installs a finished pack and waits until it serves, so that everything
 * is checked that a gateway checks. Argument: {@code pack} (text).
 */
@Component(service = Function.class, property = "amarena.command=open")
public final class OpenCommand implements Function<Map<String, Object>, Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;

    private final BundleContext context;
    private final ModelCatalog catalog;
    private final GatewayView gateway;
    private final PrintStream err = System.err;

    @Activate
    public OpenCommand(final BundleContext context, @Reference final ModelCatalog catalog,
            @Reference final GatewayView gateway) {
        this.context = context;
        this.catalog = catalog;
        this.gateway = gateway;
    }

    @Override
    public Integer apply(final Map<String, Object> arguments) {
        try (PackRun run = PackRun.start("open", context, catalog, gateway, Path.of((String) arguments.get("pack")),
                Map.of(), 1)) {
            err.println("amarena: " + run.check());
            return OK;
        } catch (final RefusedPackException refused) {
            err.println("amarena: a gateway would refuse this pack: " + refused.getMessage());
            return FAILED;
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }
}
