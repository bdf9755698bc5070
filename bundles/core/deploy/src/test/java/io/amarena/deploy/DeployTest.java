/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amarena.api.manage.DeployReport;
import io.amarena.api.manage.DeployReport.State;
import io.amarena.api.manage.DeployRequest;
import io.amarena.lib.deployed.AuditLog;
import io.amarena.lib.deployed.BundleStore;
import io.amarena.lib.deployed.DeployFolder;
import io.amarena.lib.deployed.DeployLedger;
import io.amarena.lib.deployed.Deployed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** Bundles come and go in a real framework, by deploys and past them. */
@Timeout(60)
class DeployTest {

    private static final String FEATURE = "feature:t:tool";

    @TempDir
    private Path temp;
    private Path data;
    private DeployFolder folder;
    private Framework framework;
    private BundleContext context;
    private DeployLedger ledger;
    private AuditLog audit;
    private Recording recording;
    private BundleWatch watch;
    private FateWatch fates;
    private DeployQueue queue;

    @BeforeEach
    void gateway() throws Exception {
        data = Files.createDirectory(temp.resolve("data"));
        open();
    }

    private void open() throws Exception {
        folder = DeployFolder.of(data);
        final Path cache = data.resolve("cache");
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString(),
                "felix.log.level", "0"));
        framework.init();
        framework.start();
        context = framework.getBundleContext();
        final Bundle tool = context.installBundle(FEATURE,
                Files.newInputStream(Jars.jar(temp, "tool", "1.0.0", "old")));
        tool.start();
        final BundleStore store = new BundleStore(folder.store());
        ledger = DeployLedger.open(folder.ledger(), note -> { });
        audit = AuditLog.open(folder.audit(), AuditLog.USUAL_BYTES, note -> { });
        final Recorder recorder = new Recorder(context, ledger, audit, store, cache,
                Map.of(FEATURE, tool.getLastModified()));
        recording = new Recording(recorder, new Recording.Keep(1, Long.MAX_VALUE), Duration.ofMillis(100));
        watch = new BundleWatch(cache, folder.store(), seen -> {
            recorder.see(seen);
            recording.signal();
        });
        fates = new FateWatch(context);
        queue = new DeployQueue(new Deploy(context, cache, store, recorder, fates,
                new Deploy.Limits(1 << 20, new JarCheck(100, 1 << 20), Duration.ofMillis(300))), recorder);
        context.addBundleListener(watch);
        recording.start();
        queue.start();
    }

    @AfterEach
    void stop() throws Exception {
        fates.close();
        queue.close();
        context.removeBundleListener(watch);
        recording.close();
        ledger.close();
        audit.close();
        framework.stop();
        framework.waitForStop(0);
    }

    private DeployReport await(final String key) {
        until(() -> queue.report(key).orElseThrow().state().isFinal());
        return queue.report(key).orElseThrow();
    }

    private DeployReport deploy(final Path file) {
        return await(queue.begin(new DeployRequest(file, false, "ida")));
    }

    private static void until(final BooleanSupplier wanted) {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!wanted.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "it did not happen");
            Thread.onSpinWait();
        }
    }

    private List<Bundle> bundles(final String name) {
        return Stream.of(context.getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName())).toList();
    }

    private String content(final String name) throws IOException {
        try (var in = bundles(name).get(0).getEntry("content.txt").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> ledger() {
        return ledger.all().stream().map(one -> one.symbolicName() + ' ' + one.version() + ' ' + one.state() + ' '
                + one.door() + (one.begun() ? " begun" : "")).toList();
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.store())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String digest(final Path jar) throws IOException {
        return BundleStore.digest(jar);
    }

    @Test
    void a_new_bundle_is_installed_started_stored_and_recorded() throws Exception {
        final Path jar = Jars.jar(temp, "extra", "1.0.0", "new");

        final DeployReport report = deploy(jar);

        assertEquals(new DeployReport(State.DONE, "extra", "1.0.0", digest(jar), "extra 1.0.0 is active"), report);
        assertEquals(Bundle.ACTIVE, bundles("extra").get(0).getState());
        assertEquals(List.of("extra 1.0.0 STARTED command"), ledger());
        assertEquals(-1, Files.mismatch(jar, folder.store().resolve(digest(jar) + ".jar")));
        assertTrue(Files.readString(folder.audit()).contains("\"who\":\"ida\",\"act\":\"install\""),
                Files.readString(folder.audit()));
    }

    @Test
    void a_bundle_of_that_name_is_updated_up_and_down() throws Exception {
        for (final String version : List.of("1.1.0", "0.9.0")) {
            assertEquals(State.DONE, deploy(Jars.jar(temp, "tool", version, version)).state());
            assertEquals(1, bundles("tool").size());
            assertEquals(version, content("tool"));
            assertEquals(List.of("tool " + version + " STARTED command"), ledger());
        }
    }

    @Test
    void the_same_jar_under_another_name_is_nothing_new() throws Exception {
        final Path jar = Jars.jar(temp, "extra", "1.0.0", "new");
        deploy(jar);
        final long modified = bundles("extra").get(0).getLastModified();

        assertEquals(State.UNCHANGED, deploy(Files.copy(jar, temp.resolve("other.jar"))).state());
        assertEquals(modified, bundles("extra").get(0).getLastModified());
    }

    @Test
    void in_parallel_both_versions_are_there() throws Exception {
        final DeployReport report =
                await(queue.begin(new DeployRequest(Jars.jar(temp, "tool", "1.1.0", "new"), true, "")));

        assertEquals(State.DONE, report.state());
        assertEquals(2, bundles("tool").size());
        assertEquals(List.of("tool 1.1.0 STARTED command"), ledger());
    }

    @Test
    void a_bundle_that_does_not_resolve_gives_way_to_the_previous_one() throws Exception {
        final Path jar = Files.write(temp.resolve("needy.jar"),
                Jars.bytes("tool", "2.0.0", Map.of("Import-Package", "acme.camera"), Map.of()));

        final DeployReport report = deploy(jar);

        assertEquals(State.FAILED, report.state());
        assertTrue(report.message().contains("tool needs the package acme.camera"), report.message());
        assertTrue(report.message().endsWith("tool 1.0.0 was put back"), report.message());
        assertEquals("old", content("tool"));
        assertEquals(Bundle.ACTIVE, bundles("tool").get(0).getState());
        assertFalse(ledger().toString().contains("begun"), () -> ledger().toString());
    }

    @Test
    void a_bundle_whose_start_fails_gives_way_and_a_new_one_is_taken_out_again() throws Exception {
        final DeployReport update = deploy(Jars.jar(temp, "tool", "2.0.0", FailingActivator.class));
        assertTrue(update.message().contains("the camera is unplugged"), update.message());
        assertEquals("old", content("tool"));

        final DeployReport install = deploy(Jars.jar(temp, "camera", "2.0.0", FailingActivator.class));
        assertEquals(State.FAILED, install.state());
        assertTrue(install.message().endsWith("It was taken out again"), install.message());
        assertEquals(List.of(), bundles("camera"));
    }

    @Test
    void a_stopped_bundle_is_stopped_again_after_a_deploy_that_failed() throws Exception {
        bundles("tool").get(0).stop();
        deploy(Jars.jar(temp, "tool", "2.0.0", FailingActivator.class));

        until(() -> ledger().equals(List.of("tool 1.0.0 STOPPED command")));
        assertTrue(bundles("tool").get(0).getState() != Bundle.ACTIVE);
    }

    @Test
    void what_is_no_bundle_or_too_large_changes_nothing() throws Exception {
        final List<Path> bad = List.of(Files.writeString(temp.resolve("garbage.jar"), "garbage"),
                Files.write(temp.resolve("large.jar"), new byte[(1 << 20) + 1]), temp, temp.resolve("missing.jar"),
                Files.write(temp.resolve("own.jar"), Jars.bytes("io.amarena.deploy", "9.0.0", Map.of(), Map.of())));
        for (final Path file : bad) {
            final DeployReport report = deploy(file);
            assertEquals(State.FAILED, report.state(), file::toString);
            assertTrue(report.message().contains("Nothing was changed"), report.message());
        }
        assertEquals(List.of(), ledger());
        assertEquals(List.of(), stored());
    }

    @Test
    void deploys_of_one_name_come_one_after_the_other() throws Exception {
        final List<String> keys = new java.util.ArrayList<>();
        for (int number = 1; number <= 8; number++) {
            keys.add(queue.begin(new DeployRequest(Jars.jar(temp, "tool", "1.0." + number, "v" + number), false, "")));
        }
        for (final String key : keys) {
            assertEquals(State.DONE, await(key).state());
        }
        assertEquals("v8", content("tool"));
        assertEquals(List.of("tool 1.0.8 STARTED command"), ledger());
    }

    @Test
    void a_pack_of_which_nothing_becomes_is_told_after_a_while_and_stays() throws Exception {
        final DeployReport report = deploy(Files.write(temp.resolve("pack.jar"),
                Jars.bytes("model.x", "1.0.0", Map.of("Amarena-Model", "model.json"), Map.of())));

        assertEquals(State.UNDECIDED, report.state());
        assertEquals(List.of("model.x 1.0.0 STARTED command"), ledger());
    }

    @Test
    void a_deploy_that_the_gateway_does_not_outlive_stays_begun() throws Exception {
        fates.close();
        final DeployReport report = deploy(Files.write(temp.resolve("pack.jar"),
                Jars.bytes("tool", "1.1.0", Map.of("Amarena-Model", "model.json"), Map.of())));

        assertEquals(State.UNDECIDED, report.state());
        final Deployed begun = ledger.at(FEATURE).orElseThrow();
        assertTrue(begun.begun());
        assertEquals(digest(Jars.jar(temp, "tool", "1.0.0", "old")), begun.previous());
    }

    @Test
    void what_is_done_past_the_door_is_recorded_byte_for_byte_even_in_quick_succession() throws Exception {
        final List<Path> jars = List.of(Jars.jar(temp, "tool", "1.0.1", "a"), Jars.jar(temp, "tool", "1.0.2", "ab"),
                Jars.jar(temp, "tool", "1.0.3", "abc"));
        for (final Path jar : jars) {
            bundles("tool").get(0).update(new ByteArrayInputStream(Files.readAllBytes(jar)));
        }
        until(() -> ledger().size() == 1 && ledger().get(0).startsWith("tool 1.0.3 STARTED"));
        assertEquals(digest(jars.get(2)), ledger.at(FEATURE).orElseThrow().digest());
        // The ledger is written first, the audit record after it.
        until(() -> audited(jars));
        until(() -> stores(2));
    }

    private boolean audited(final List<Path> jars) {
        try {
            final String record = Files.readString(folder.audit());
            for (final Path jar : jars) {
                if (!record.contains(digest(jar))) {
                    return false;
                }
            }
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /** The current jar and one previous one. */
    private boolean stores(final int count) {
        try {
            return stored().size() == count;
        } catch (final IOException e) {
            return false;
        }
    }

    @Test
    void stopping_starting_and_uninstalling_are_recorded() throws Exception {
        final Bundle tool = bundles("tool").get(0);
        // Whoever calls the framework is the door: this class lies in the package of the command's.
        tool.stop();
        until(() -> ledger().equals(List.of("tool 1.0.0 STOPPED command")));
        tool.start();
        until(() -> ledger().isEmpty());
        tool.uninstall();
        until(() -> ledger().equals(List.of("tool 1.0.0 REMOVED command")));
        assertEquals("", ledger.at(FEATURE).orElseThrow().digest());
    }

    @Test
    void a_start_that_fails_is_remembered_as_wished() throws Exception {
        final Bundle extra = context.installBundle("inputstream:x", new ByteArrayInputStream(
                Jars.bytes("extra", "1.0.0", Map.of("Import-Package", "acme.camera"), Map.of())));
        org.junit.jupiter.api.Assertions.assertThrows(org.osgi.framework.BundleException.class, extra::start);

        until(() -> ledger().toString().contains("extra 1.0.0 STARTED"));
    }

    @Test
    void a_full_disk_is_told_and_nothing_is_changed() throws Exception {
        stop();
        final Path small = Files.createDirectory(temp.resolve("small"));
        final boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
        if (!mounted) {
            System.err.println("SKIPPED: a full disk cannot be tried without the right to mount a small one");
            open();
        }
        assumeTrue(mounted, "needs the right to mount a tmpfs");
        data = small;
        open();
        try {
            Files.write(small.resolve("filler"), new byte[700 << 10]);
            final byte[] content = new byte[200 << 10];
            new java.util.Random(7).nextBytes(content);
            final Path jar = Files.write(temp.resolve("big.jar"),
                    Jars.bytes("tool", "1.1.0", Map.of(), Map.of("big.bin", content)));

            // There is room for one copy, but not for those that the framework needs.
            final DeployReport tight = deploy(jar);
            assertEquals(State.FAILED, tight.state());
            assertTrue(tight.message().contains("MB left"), tight.message());

            Files.write(small.resolve("filler"), new byte[900 << 10]);
            final DeployReport full = deploy(jar);
            assertEquals(State.FAILED, full.state());
            assertTrue(full.message().contains("No space left"), full.message());
            assertTrue(full.message().contains("Nothing was changed"), full.message());
            assertEquals("old", content("tool"));
            assertEquals(Bundle.ACTIVE, bundles("tool").get(0).getState());
            assertNull(ledger.at(FEATURE).orElse(null));
            assertEquals(List.of(), stored());

            Files.delete(small.resolve("filler"));
            assertEquals(State.DONE, deploy(jar).state());
        } finally {
            stop();
            assertTrue(run("umount", small.toString()));
            data = Files.createDirectory(temp.resolve("after"));
            open();
        }
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (final IOException e) {
            return false;
        }
    }
}
