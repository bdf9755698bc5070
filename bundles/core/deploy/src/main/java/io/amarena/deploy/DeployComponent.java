/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import io.amarena.api.manage.BundleDeployer;
import io.amarena.lib.deployed.AuditLog;
import io.amarena.lib.deployed.BundleStore;
import io.amarena.lib.deployed.DeployFolder;
import io.amarena.lib.deployed.DeployLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ledger and audit record, watches the framework, and takes deploys. */
@Component(configurationPid = "io.amarena.deploy", immediate = true, service = {})
@Designate(ocd = DeployComponent.Config.class)
public final class DeployComponent {

    private static final Logger LOG = LoggerFactory.getLogger(DeployComponent.class);
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final int MEGABYTE_BITS = 20;

    private final BundleContext context;
    private final DeployLedger ledger;
    private final AuditLog audit;
    private final Recording recording;
    private final BundleWatch watch;
    private final FateWatch fates;
    private final DeployQueue queue;
    private final ServiceRegistration<BundleDeployer> registration;

    /** Settings of the door. */
    @ObjectClassDefinition(name = "Amarena deploy", description = "The door for new bundles: limits and what is kept")
    @interface Config {

        @AttributeDefinition(description = "Largest jar that is accepted, in MiB", min = "1", max = "1048576")
        int maxBundleMb() default 1024;

        @AttributeDefinition(description = "Largest jar that is accepted, unpacked, in MiB", min = "1",
                max = "1048576")
        int maxUnpackedMb() default 4096;

        @AttributeDefinition(description = "Most files and folders in one jar", min = "1", max = "1000000")
        int maxEntries() default 20_000;

        @AttributeDefinition(description = "Seconds to wait for what becomes of a model pack", min = "1",
                max = "86400")
        int waitSeconds() default 120;

        @AttributeDefinition(description = "Previous jars of each symbolic name that the store keeps", min = "0",
                max = "1000")
        int previous() default 2;

        @AttributeDefinition(description = "Size of the store in MiB above which previous jars go, the oldest first",
                min = "0", max = "1048576")
        int storeMb() default 4096;

        @AttributeDefinition(description = "Size of one file of the audit record in MiB; eight older ones are kept",
                min = "1", max = "1024")
        int auditMb() default 4;
    }

    @Activate
    public DeployComponent(final BundleContext context, final Config config) throws IOException {
        this.context = context;
        final String property = context.getProperty("amarena.data");
        final Path data = Path.of(property == null ? "data" : property);
        final Path cache = Path.of(context.getProperty(Constants.FRAMEWORK_STORAGE));
        final DeployFolder folder = DeployFolder.of(data);
        final BundleContext system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        final BundleStore store = new BundleStore(folder.store());
        store.sweep();
        this.ledger = DeployLedger.open(folder.ledger(), LOG::warn);
        this.audit = AuditLog.open(folder.audit(), (long) config.auditMb() << MEGABYTE_BITS, LOG::warn);
        final Recorder recorder = new Recorder(system, ledger, audit, store, cache,
                FeatureBundles.read(data).orElseGet(() -> now(system)));
        this.recording = new Recording(recorder,
                new Recording.Keep(config.previous(), (long) config.storeMb() << MEGABYTE_BITS), LATER);
        this.watch = new BundleWatch(cache, folder.store(), seen -> {
            recorder.see(seen);
            recording.signal();
        });
        this.fates = new FateWatch(context);
        this.queue = new DeployQueue(new Deploy(system, cache, store, recorder, fates,
                new Deploy.Limits((long) config.maxBundleMb() << MEGABYTE_BITS,
                        new JarCheck(config.maxEntries(), (long) config.maxUnpackedMb() << MEGABYTE_BITS),
                        Duration.ofSeconds(config.waitSeconds()))), recorder);
        context.addBundleListener(watch);
        recording.start();
        queue.start();
        this.registration = context.registerService(BundleDeployer.class, queue, null);
    }

    /** Without a record of the launcher, what is there now counts as brought by features. */
    private static Map<String, Long> now(final BundleContext system) {
        return Stream.of(system.getBundles()).collect(Collectors.toMap(Bundle::getLocation, Bundle::getLastModified));
    }

    @Deactivate
    void deactivate() throws IOException {
        registration.unregister();
        fates.close();
        queue.close();
        context.removeBundleListener(watch);
        recording.close();
        ledger.close();
        audit.close();
    }
}
