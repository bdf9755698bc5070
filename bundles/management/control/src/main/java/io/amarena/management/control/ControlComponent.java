/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import io.amarena.api.manage.BundleDeployer;
import io.amarena.api.manage.FrameTap;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.SettingsView;
import io.amarena.api.manage.VersionCommands;
import io.amarena.api.model.ModelCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the control socket at the path that the framework property {@value #SOCKET} names. What it reports comes from
 * services that may come and go while the socket stays open.
 */
@Component(immediate = true, service = {})
public final class ControlComponent {

    /** Framework property: path of the socket. Without it there is none. */
    static final String SOCKET = "amarena.socket";

    /** Framework property: name of the gateway. */
    static final String GATEWAY = "amarena.gateway";

    private static final Logger LOG = LoggerFactory.getLogger(ControlComponent.class);

    private final BundleContext context;
    private final Accuracy accuracy = new Accuracy();
    private final ControlServer server;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile GatewayView engine;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ModelCatalog models;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SettingsView settings;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ServiceComponentRuntime components;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile BundleDeployer deployer;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile VersionCommands versions;

    private FrameTap tap;
    private AutoCloseable watching;

    @Activate
    public ControlComponent(final BundleContext context) throws IOException {
        this.context = context;
        final String gateway = Optional.ofNullable(context.getProperty(GATEWAY)).orElse("amarena");
        final StatusReport status = new StatusReport(gateway, () -> Optional.ofNullable(engine),
                () -> Optional.ofNullable(models), () -> Optional.ofNullable(settings), this::bundles,
                this::failedComponents, accuracy);
        final DeployRequests deploys = new DeployRequests(() -> Optional.ofNullable(deployer));
        final Map<String, Requests.Command> commands = new HashMap<>(new VersionRequests(
                () -> Optional.ofNullable(engine), () -> Optional.ofNullable(versions)).all());
        commands.put("status", request -> status.now());
        commands.put("deploy", deploys::begin);
        commands.put("deploy-report", deploys::report);
        final Requests requests = new Requests(commands);
        final String path = context.getProperty(SOCKET);
        if (path == null) {
            server = null;
            LOG.info("There is no control socket: the framework property {} is not set", SOCKET);
            return;
        }
        try {
            server = ControlServer.open(Path.of(path), ControlServer.Limits.USUAL, requests::answer, System::nanoTime);
        } catch (final IOException e) {
            LOG.error("The control socket {} cannot be opened: {}. The command amarena status will not work; check "
                    + "the folder's permissions and restart the gateway", path, e.toString());
            throw e;
        }
    }

    @Deactivate
    void deactivate() {
        if (server != null) {
            server.close();
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindTap(final FrameTap service) {
        stopWatching();
        tap = service;
        watching = service.open("*", Double.MAX_VALUE, accuracy);
    }

    synchronized void unbindTap(final FrameTap service) {
        if (tap == service) {
            stopWatching();
            tap = null;
        }
    }

    private void stopWatching() {
        if (watching != null) {
            try {
                watching.close();
            } catch (final Exception e) {
                LOG.warn("The frame tap did not close: {}", e.toString());
            }
            watching = null;
        }
    }

    private List<FailedComponents.Failed> failedComponents() {
        final ServiceComponentRuntime runtime = components;
        return runtime == null ? List.of() : FailedComponents.of(runtime);
    }

    private BundlesView bundles() {
        final Bundle[] all = context.getBundles();
        return new BundlesView(all.length - 1,
                (int) Stream.of(all).filter(bundle -> bundle.getBundleId() != 0).filter(ControlComponent::runs).count(),
                Stream.of(all).filter(bundle -> !runs(bundle)).map(ControlComponent::shown).toList());
    }

    private static boolean runs(final Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.RESOLVED
                && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    private static String shown(final Bundle bundle) {
        return bundle.getSymbolicName() + ' ' + bundle.getVersion() + ' ' + switch (bundle.getState()) {
            case Bundle.INSTALLED -> "INSTALLED";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            default -> "UNINSTALLED";
        };
    }
}
