/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.lib.deployed.BundleStore;
import io.amarena.lib.deployed.CachedJar;
import io.amarena.lib.deployed.DeployFolder;
import io.amarena.lib.deployed.DeployLedger;
import io.amarena.lib.deployed.Deployed;
import io.amarena.lib.deployed.Deployed.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * What doors did outlives the framework's cache: real frameworks, with the ledger written as the gateway's own bundle
 * writes it.
 */
@Timeout(60)
class RestoreTest {

    private static final String UPLOAD = "inputstream:extra.jar";

    @TempDir
    private Path temp;
    private Path data;
    private DeployFolder folder;
    private TestBundles distribution;
    private final List<String> notes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void distribution() throws IOException {
        distribution = new TestBundles(temp.resolve("home"));
        data = temp.resolve("data");
        folder = DeployFolder.of(data);
        distribution.bundle("engine", "1.0.0");
        distribution.bundle("tool", "1.0.0", Map.of(), "the feature's");
        distribution.feature("core", "engine:1.0.0 \"core\":true", "tool:1.0.0 \"start-order\":\"7\"");
    }

    private Gateway start() throws GatewayException, InterruptedException {
        return Gateway.start(GatewayOptions.of(distribution.home(), data).withNotes(notes::add));
    }

    private static Bundle bundle(final Gateway gateway, final String name) {
        return Stream.of(gateway.context().getBundles()).filter(one -> name.equals(one.getSymbolicName()))
                .findFirst().orElse(null);
    }

    private static String content(final Gateway gateway, final String name) throws IOException {
        try (var in = bundle(gateway, name).getEntry("content.txt").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] jar(final String name, final String version, final String content) {
        return TestBundles.jar(name, version, Map.of(), content);
    }

    private static void update(final Gateway gateway, final String name, final byte[] jar) throws Exception {
        bundle(gateway, name).update(new ByteArrayInputStream(jar));
    }

    private static void install(final Gateway gateway, final byte[] jar) throws Exception {
        gateway.context().installBundle(UPLOAD, new ByteArrayInputStream(jar)).start();
    }

    /** Writes into store and ledger what a bundle is now, as the running gateway does. */
    private void record(final Bundle bundle) throws Exception {
        record(bundle, false, "");
    }

    private void record(final Bundle bundle, final boolean begun, final String previous) throws Exception {
        final String digest = new BundleStore(folder.store())
                .put(CachedJar.of(data.resolve("cache"), bundle.getBundleId()).orElseThrow());
        final BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        append(new Deployed(Instant.now(), "console", bundle.getLocation(), bundle.getSymbolicName(),
                bundle.getVersion().toString(), digest,
                level.isPersistentlyStarted() ? State.STARTED : State.STOPPED, level.getStartLevel(),
                bundle.getLastModified(), begun, previous));
    }

    private void recordRemoved(final Bundle bundle) throws Exception {
        append(new Deployed(Instant.now(), "console", bundle.getLocation(), bundle.getSymbolicName(), "1.0.0", "",
                State.REMOVED, 0, System.currentTimeMillis(), false, ""));
    }

    private void append(final Deployed deployed) throws IOException {
        try (DeployLedger ledger = DeployLedger.open(folder.ledger(), notes::add)) {
            ledger.append(deployed);
        }
    }

    private List<String> ledger() throws IOException {
        try (DeployLedger ledger = DeployLedger.open(folder.ledger(), notes::add)) {
            return ledger.all().stream().map(one -> one.symbolicName() + ' ' + one.version() + ' ' + one.state())
                    .toList();
        }
    }

    private void deleteCache() throws IOException {
        delete(data.resolve("cache"));
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                final Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void a_bundle_that_an_administrator_updated_survives_the_loss_of_the_cache_more_than_once() throws Exception {
        try (Gateway gateway = start()) {
            update(gateway, "tool", jar("tool", "1.0.1", "his"));
            record(bundle(gateway, "tool"));
        }
        for (int round = 0; round < 3; round++) {
            deleteCache();
            try (Gateway gateway = start()) {
                assertEquals("his", content(gateway, "tool"));
                assertEquals(Bundle.ACTIVE, bundle(gateway, "tool").getState());
                assertEquals(7, bundle(gateway, "tool").adapt(BundleStartLevel.class).getStartLevel());
                assertEquals(List.of(), gateway.problems());
            }
            assertEquals(List.of("tool 1.0.1 STARTED"), ledger());
        }
        assertTrue(Files.readString(folder.audit()).contains("\"restore\""), () -> notes.toString());
    }

    @Test
    void a_downgrade_survives_too() throws Exception {
        try (Gateway gateway = start()) {
            update(gateway, "tool", jar("tool", "0.9.0", "older"));
            record(bundle(gateway, "tool"));
        }
        deleteCache();
        try (Gateway gateway = start()) {
            assertEquals("older", content(gateway, "tool"));
        }
    }

    @Test
    void an_uploaded_bundle_is_brought_back_started_or_stopped_as_it_was() throws Exception {
        try (Gateway gateway = start()) {
            install(gateway, jar("extra", "2.0.0", "uploaded"));
            record(bundle(gateway, "extra"));
        }
        deleteCache();
        try (Gateway gateway = start()) {
            assertEquals(Bundle.ACTIVE, bundle(gateway, "extra").getState());
            assertEquals(UPLOAD, bundle(gateway, "extra").getLocation());
            bundle(gateway, "extra").stop();
            record(bundle(gateway, "extra"));
        }
        deleteCache();
        try (Gateway gateway = start()) {
            assertEquals("uploaded", content(gateway, "extra"));
            assertFalse(bundle(gateway, "extra").adapt(BundleStartLevel.class).isPersistentlyStarted());
        }
    }

    @Test
    void a_bundle_of_a_feature_that_was_stopped_or_uninstalled_stays_so_without_the_cache() throws Exception {
        distribution.bundle("spare", "1.0.0");
        distribution.feature("more", "spare:1.0.0");
        try (Gateway gateway = start()) {
            final Bundle tool = bundle(gateway, "tool");
            tool.stop();
            append(new Deployed(Instant.now(), "console", tool.getLocation(), "tool", "1.0.0", "", State.STOPPED, 7,
                    tool.getLastModified(), false, ""));
            bundle(gateway, "spare").uninstall();
            append(new Deployed(Instant.now(), "console", "feature:t:spare", "spare", "1.0.0", "", State.REMOVED, 0,
                    System.currentTimeMillis(), false, ""));
        }
        for (int round = 0; round < 2; round++) {
            deleteCache();
            try (Gateway gateway = start()) {
                assertFalse(bundle(gateway, "tool").adapt(BundleStartLevel.class).isPersistentlyStarted());
                assertNull(bundle(gateway, "spare"));
            }
        }
    }

    @Test
    void an_uploaded_bundle_that_was_uninstalled_does_not_come_back_with_an_older_cache() throws Exception {
        try (Gateway gateway = start()) {
            install(gateway, jar("extra", "2.0.0", "uploaded"));
            record(bundle(gateway, "extra"));
        }
        copy(data.resolve("cache"), temp.resolve("older"));
        try (Gateway gateway = start()) {
            final Bundle extra = bundle(gateway, "extra");
            extra.uninstall();
            recordRemoved(extra);
        }
        deleteCache();
        copy(temp.resolve("older"), data.resolve("cache"));
        for (int round = 0; round < 2; round++) {
            try (Gateway gateway = start()) {
                assertNull(bundle(gateway, "extra"));
            }
        }
        assertEquals(List.of(), ledger());
    }

    @Test
    void a_cache_that_is_older_than_the_ledger_is_brought_up_to_date() throws Exception {
        start().close();
        copy(data.resolve("cache"), temp.resolve("older"));
        try (Gateway gateway = start()) {
            update(gateway, "tool", jar("tool", "1.0.1", "his"));
            record(bundle(gateway, "tool"));
        }
        deleteCache();
        copy(temp.resolve("older"), data.resolve("cache"));

        try (Gateway gateway = start()) {
            assertEquals("his", content(gateway, "tool"));
        }
        assertTrue(notes.toString().contains("tool 1.0.1 was brought back"), notes.toString());
    }

    @Test
    void a_jar_that_was_cut_short_or_changed_in_the_cache_is_brought_back() throws Exception {
        try (Gateway gateway = start()) {
            install(gateway, jar("extra", "2.0.0", "uploaded"));
            record(bundle(gateway, "extra"));
        }
        for (int round = 0; round < 3; round++) {
            final Path cached;
            try (Gateway gateway = start()) {
                cached = CachedJar.of(data.resolve("cache"), bundle(gateway, "extra").getBundleId()).orElseThrow();
            }
            if (round == 0) {
                try (FileChannel channel = FileChannel.open(cached, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() / 2);
                }
            } else if (round == 1) {
                Files.write(cached, jar("extra", "2.0.0", "tampered"));
            } else {
                delete(cached.getParent().getParent());
            }
            try (Gateway gateway = start()) {
                assertEquals("uploaded", content(gateway, "extra"), "round " + round);
                assertEquals(Bundle.ACTIVE, bundle(gateway, "extra").getState());
            }
        }
    }

    @Test
    void a_change_that_nobody_recorded_is_taken_into_ledger_and_store() throws Exception {
        try (Gateway gateway = start()) {
            update(gateway, "tool", jar("tool", "1.0.1", "his"));
            install(gateway, jar("extra", "2.0.0", "uploaded"));
        }
        start().close();
        assertEquals(List.of("tool 1.0.1 STARTED", "extra 2.0.0 STARTED"), ledger());

        deleteCache();
        try (Gateway gateway = start()) {
            assertEquals("his", content(gateway, "tool"));
            assertEquals("uploaded", content(gateway, "extra"));
        }
    }

    @Test
    void a_deploy_that_the_gateway_did_not_outlive_is_undone() throws Exception {
        final String before;
        try (Gateway gateway = start()) {
            before = new BundleStore(folder.store()).put(
                    CachedJar.of(data.resolve("cache"), bundle(gateway, "tool").getBundleId()).orElseThrow());
            update(gateway, "tool", jar("tool", "1.0.1", "half"));
            record(bundle(gateway, "tool"), true, before);
            install(gateway, jar("extra", "2.0.0", "half"));
            record(bundle(gateway, "extra"), true, "");
        }
        try (Gateway gateway = start()) {
            assertEquals("the feature's", content(gateway, "tool"));
            assertEquals(Bundle.ACTIVE, bundle(gateway, "tool").getState());
            assertNull(bundle(gateway, "extra"));
        }
        assertEquals(List.of(), ledger());
        distribution.bundle("tool", "1.0.0", Map.of(), "rebuilt");
        try (Gateway gateway = start()) {
            assertEquals("rebuilt", content(gateway, "tool"), "it is the feature's again");
        }
    }

    @Test
    void a_higher_version_of_the_feature_takes_over_and_the_ledger_forgets() throws Exception {
        try (Gateway gateway = start()) {
            update(gateway, "tool", jar("tool", "1.0.1", "his"));
            record(bundle(gateway, "tool"));
        }
        distribution.bundle("tool", "1.1.0", Map.of(), "the next");
        distribution.feature("core", "engine:1.0.0 \"core\":true", "tool:1.1.0");
        for (int round = 0; round < 2; round++) {
            try (Gateway gateway = start()) {
                assertEquals("the next", content(gateway, "tool"));
            }
            assertEquals(List.of(), ledger());
            deleteCache();
        }
    }

    @Test
    void a_bundle_given_back_to_its_feature_is_forgotten_even_when_the_cache_is_lost_with_it() throws Exception {
        for (final boolean lost : new boolean[] {false, true}) {
            try (Gateway gateway = start()) {
                update(gateway, "tool", jar("tool", "0.9.0", "his"));
                record(bundle(gateway, "tool"));
            }
            start().close();
            Files.writeString(data.resolve("launcher/administrator.json"), "{}");
            if (lost) {
                deleteCache();
            }
            try (Gateway gateway = start()) {
                assertEquals("the feature's", content(gateway, "tool"));
            }
            assertEquals(List.of(), ledger());
        }
    }

    @Test
    void a_jar_that_the_store_lost_is_told_and_the_gateway_starts_with_the_features() throws Exception {
        try (Gateway gateway = start()) {
            update(gateway, "tool", jar("tool", "1.0.1", "his"));
            record(bundle(gateway, "tool"));
        }
        deleteCache();
        delete(folder.store());

        try (Gateway gateway = start()) {
            assertEquals("the feature's", content(gateway, "tool"));
            assertNotNull(bundle(gateway, "engine"));
        }
        assertTrue(notes.toString().contains("ATTENTION: tool 1.0.1 cannot be brought back"), notes.toString());
    }
}
