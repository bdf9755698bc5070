/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.SettingsView;
import io.amarena.api.manage.VersionCommands;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A new version of the shipped model in the real container: on trial, promoted, pinned, rolled back. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class VersionsIT {

    private static final String MODEL = "surface-inspection";

    @Inject
    private BundleContext context;

    @Inject
    @Filter(timeout = 30_000)
    private GatewayView gateway;

    @Inject
    @Filter(timeout = 30_000)
    private VersionCommands commands;

    @Inject
    @Filter(timeout = 30_000)
    private SettingsView settings;

    @Configuration
    public Option[] configuration() {
        return new Distribution("versions").settings("io.amarena.pipeline~line", "{\"source\": \"nowhere\", \"model\": \""
                + MODEL + "\", \"trialSeconds\": 600}").options("features", "features/demo");
    }

    @Test
    public void a_new_version_is_on_trial_until_it_is_promoted_and_goes_back_when_an_administrator_says_so()
            throws Exception {
        await("the shipped version serves", () -> is("1.0.0", DeploymentView.State.SERVING));
        context.installBundle("file:/versions/plates-1.1.0.jar", next("1.1.0")).start();
        await("the new version is on trial", () -> is("1.1.0", DeploymentView.State.TRIAL));
        assertEquals("1.0.0", deployment("1.1.0").trial().orElseThrow().fallback());
        assertEquals(MODEL + " 1.1.0 serves for good", commands.promote(MODEL, "1.1.0"));
        await("the new version serves for good", () -> is("1.1.0", DeploymentView.State.SERVING));

        commands.pin("line", "1.0.0");
        await("the pinned version serves", () -> is("1.0.0", DeploymentView.State.SERVING));
        await("the pin is in the settings file", () -> file().contains("[1.0.0,1.0.0]"));
        commands.pin("line", "");
        await("the latest version serves again", () -> is("1.1.0", DeploymentView.State.SERVING));
        await("the pin has left the settings file", () -> !file().contains("version"));
        assertEquals(List.of(), settings.problems());

        commands.rollback(MODEL);
        await("the version before serves", () -> is("1.0.0", DeploymentView.State.SERVING));
        assertEquals("an administrator rolled it back", gateway.versions().stream()
                .filter(view -> view.version().equals("1.1.0")).findFirst().orElseThrow().denied());
        final List<String> events = gateway.history().stream().map(event -> event.event() + " " + event.version())
                .collect(Collectors.toList());
        assertEquals(events.toString(), List.of("COMMITTED 1.0.0", "TRIAL_BEGUN 1.1.0", "COMMITTED 1.1.0"),
                events.subList(0, 3));
        assertTrue(events.toString(), events.contains("ROLLED_BACK 1.1.0"));
    }

    /** The shipped pack with another version. */
    private InputStream next(final String version) throws IOException {
        final Bundle shipped = Arrays.stream(context.getBundles())
                .filter(bundle -> ("model." + MODEL).equals(bundle.getSymbolicName())).findFirst().orElseThrow();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final Manifest manifest;
        try (InputStream content = shipped.getEntry("META-INF/MANIFEST.MF").openStream()) {
            manifest = new Manifest(content);
        }
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        try (JarOutputStream copy = new JarOutputStream(bytes, manifest)) {
            for (final URL entry : Collections.list(shipped.findEntries("/", "*", true))) {
                final String path = entry.getPath().substring(1);
                if (path.endsWith("/") || path.startsWith("META-INF/")) {
                    continue;
                }
                copy.putNextEntry(new ZipEntry(path));
                try (InputStream content = entry.openStream()) {
                    final byte[] file = content.readAllBytes();
                    copy.write(path.equals("model.json") ? new String(file, StandardCharsets.UTF_8)
                            .replace("\"1.0.0\"", '"' + version + '"').getBytes(StandardCharsets.UTF_8) : file);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private boolean is(final String version, final DeploymentView.State state) {
        return gateway.deployments().stream().anyMatch(view -> view.version().equals(version) && view.state() == state);
    }

    private DeploymentView deployment(final String version) {
        return gateway.deployments().stream().filter(view -> view.version().equals(version)).findFirst().orElseThrow();
    }

    private static String file() {
        try {
            return Files.readString(Path.of(System.getProperty("amarena.test.work")).resolve("configs")
                    .resolve("io.amarena.pipeline~line.json"));
        } catch (final IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue("did not happen: " + what + "; " + gateway.deployments() + gateway.pipelines()
                    + settings.problems(), System.nanoTime() < until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
