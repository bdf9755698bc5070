/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.launcher.GatewayException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

@Timeout(60)
class GatewayTest {

    @TempDir
    private Path temp;
    private Path data;
    private TestBundles distribution;
    private final List<String> notes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void distribution() throws IOException {
        distribution = new TestBundles(temp.resolve("home"));
        data = temp.resolve("data");
        distribution.bundle("engine", "1.0.0", Map.of(), "first");
        distribution.bundle("tool", "1.0.0");
        distribution.feature("core", "engine:1.0.0 \"core\":true", "tool:1.0.0");
    }

    private Gateway start() throws GatewayException, InterruptedException {
        return Gateway.start(options());
    }

    private GatewayOptions options() {
        return GatewayOptions.of(distribution.home(), data).withNotes(notes::add);
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

    private boolean noted(final String text) {
        return notes.stream().anyMatch(note -> note.contains(text));
    }

    @Test
    void a_gateway_starts_all_bundles_and_starts_again_on_the_same_data() throws Exception {
        for (int round = 0; round < 2; round++) {
            try (Gateway gateway = start()) {
                assertEquals(List.of(), gateway.problems());
                assertEquals(Bundle.ACTIVE, bundle(gateway, "engine").getState());
            }
        }
    }

    @Test
    void bundles_read_where_the_gateway_lives_from_framework_properties() throws Exception {
        try (Gateway gateway = Gateway.start(options().withName("press-7").withHttp("127.0.0.1", 8123)
                .withProperty("more", "yes"))) {
            assertEquals(data.toString(), gateway.context().getProperty("amarena.data"));
            assertEquals(data.resolve("configs").toString(), gateway.context().getProperty("amarena.configs"));
            assertEquals("press-7", gateway.context().getProperty("amarena.gateway"));
            assertEquals("8123", gateway.context().getProperty("org.osgi.service.http.port"));
            assertEquals("amarena", gateway.context().getProperty("felix.webconsole.security.providers"));
            assertEquals("yes", gateway.context().getProperty("more"));
        }
    }

    @Test
    void a_second_gateway_on_the_same_data_folder_is_refused_until_the_first_one_stopped() throws Exception {
        try (Gateway first = start()) {
            final GatewayException refused = assertThrows(GatewayException.class, this::start);

            assertEquals(Reason.IN_USE, refused.reason());
            assertTrue(refused.getMessage().contains(data.toString()), refused.getMessage());
            assertEquals(Bundle.ACTIVE, bundle(first, "engine").getState());
        }
        start().close();
    }

    @Test
    void tools_reach_services_by_types_of_the_jdk() throws Exception {
        distribution.bundle("greeter", "1.0.0", GreetingActivator.class);
        distribution.feature("tools", "greeter:1.0.0");

        try (Gateway gateway = start()) {
            @SuppressWarnings("unchecked")
            final Function<String, String> greet =
                    gateway.service(Function.class, "(amarena.command=greet)", Duration.ofSeconds(5)).orElseThrow();
            assertEquals("hello Ida", greet.apply("Ida"));
            assertTrue(gateway.service(Function.class, "(amarena.command=other)", Duration.ofMillis(1)).isEmpty());
        }
    }

    @Test
    void a_rebuilt_jar_of_the_same_version_reaches_the_cache() throws Exception {
        start().close();
        distribution.bundle("engine", "1.0.0", Map.of(), "second");

        try (Gateway gateway = start()) {
            assertEquals("second", content(gateway, "engine"));
        }
    }

    @Test
    void what_no_feature_lists_any_more_is_gone_after_the_next_start() throws Exception {
        start().close();
        distribution.feature("core", "engine:1.0.0 \"core\":true");

        try (Gateway gateway = start()) {
            assertNull(bundle(gateway, "tool"));
        }
    }

    @Test
    void an_administrator_who_removes_a_bundle_is_obeyed_until_he_deletes_the_entry() throws Exception {
        try (Gateway gateway = start()) {
            bundle(gateway, "tool").uninstall();
        }
        for (int round = 0; round < 2; round++) {
            try (Gateway gateway = start()) {
                assertNull(bundle(gateway, "tool"));
            }
        }
        assertTrue(noted("tool is not installed: an administrator removed it"), notes.toString());

        Files.writeString(data.resolve("launcher/administrator.json"), "{}");
        try (Gateway gateway = start()) {
            assertEquals(Bundle.ACTIVE, bundle(gateway, "tool").getState());
        }
    }

    @Test
    void an_administrator_who_puts_in_another_jar_is_obeyed_until_he_deletes_the_entry() throws Exception {
        try (Gateway gateway = start()) {
            bundle(gateway, "tool").update(new ByteArrayInputStream(
                    TestBundles.jar("tool", "0.9.0", Map.of(), "his")));
        }
        for (int round = 0; round < 2; round++) {
            try (Gateway gateway = start()) {
                assertEquals("his", content(gateway, "tool"));
                assertEquals(Bundle.ACTIVE, bundle(gateway, "tool").getState());
            }
        }

        Files.writeString(data.resolve("launcher/administrator.json"), "{}");
        try (Gateway gateway = start()) {
            assertEquals("1.0.0", bundle(gateway, "tool").getVersion().toString());
        }
    }

    @Test
    void an_administrator_who_stops_a_bundle_is_obeyed() throws Exception {
        try (Gateway gateway = start()) {
            bundle(gateway, "tool").stop();
        }
        try (Gateway gateway = start()) {
            assertEquals(Bundle.RESOLVED, bundle(gateway, "tool").getState());
            assertEquals(List.of(), gateway.problems());
            bundle(gateway, "tool").start();
        }
        try (Gateway gateway = start()) {
            assertEquals(Bundle.ACTIVE, bundle(gateway, "tool").getState());
        }
    }

    @Test
    void a_replacement_that_no_longer_fits_gives_way_loudly() throws Exception {
        try (Gateway gateway = start()) {
            bundle(gateway, "tool").stop(Bundle.STOP_TRANSIENT);
            bundle(gateway, "tool").update(new ByteArrayInputStream(TestBundles.jar("tool", "3.0.0",
                    Map.of("Import-Package", "nowhere"), "his")));
        }
        try (Gateway gateway = start()) {
            assertEquals(Bundle.ACTIVE, bundle(gateway, "tool").getState());
            assertEquals("1.0.0", bundle(gateway, "tool").getVersion().toString());
        }
        assertTrue(noted("ATTENTION: tool 3.0.0"), notes.toString());
    }

    @Test
    void a_core_bundle_that_an_administrator_removed_keeps_the_gateway_from_counting_as_started() throws Exception {
        try (Gateway gateway = start()) {
            bundle(gateway, "engine").uninstall();
        }
        try (Gateway gateway = start()) {
            assertFalse(gateway.coreStarted());
            assertTrue(gateway.problems().get(0).reason().contains("administrator.json"),
                    gateway.problems().toString());
        }
    }

    @Test
    void a_bundle_that_does_not_resolve_is_told_with_what_it_misses() throws Exception {
        distribution.bundle("needy", "1.0.0", Map.of("Import-Package", "acme.camera;version=\"[2,3)\""), "");
        distribution.feature("more", "needy:1.0.0");

        try (Gateway gateway = start()) {
            assertTrue(gateway.coreStarted());
            assertEquals("needy does not run: needy needs the package acme.camera, version 2.0.0 or later but below "
                    + "3.0.0, and no bundle provides it. Install one that does, or another version of needy",
                    gateway.problems().get(0).toString());
        }
    }

    @Test
    void a_bundle_whose_start_fails_is_told_with_the_cause() throws Exception {
        distribution.bundle("camera", "1.0.0", FailingActivator.class);
        distribution.feature("more", "camera:1.0.0 \"core\":true");

        try (Gateway gateway = start()) {
            assertFalse(gateway.coreStarted());
            assertTrue(gateway.problems().get(0).reason().contains("the camera is unplugged"),
                    gateway.problems().toString());
        }
    }

    @Test
    void a_bundle_that_hangs_in_its_start_is_named_when_the_time_is_up() throws Exception {
        distribution.bundle("hanger", "1.0.0", HangingActivator.class);
        distribution.feature("more", "hanger:1.0.0");

        final Gateway gateway = Gateway.start(options().withStartLimit(Duration.ofMillis(1500)));

        assertFalse(gateway.coreStarted());
        assertTrue(gateway.problems().get(0).reason().contains("hanger"), gateway.problems().toString());
        // It cannot be stopped either; the process would be ended now.
        assertFalse(gateway.stop());
        assertTrue(noted("had not stopped"), notes.toString());
    }

    @Test
    void a_bundle_that_the_cache_lost_is_installed_again_and_nobody_is_blamed() throws Exception {
        final long id;
        try (Gateway gateway = start()) {
            id = bundle(gateway, "tool").getBundleId();
            // What an administrator did before must survive the damage.
            bundle(gateway, "engine").update(new ByteArrayInputStream(
                    TestBundles.jar("engine", "1.0.1", Map.of(), "his")));
        }
        Files.writeString(data.resolve("cache/bundle" + id + "/bundle.info"), "");

        try (Gateway gateway = start()) {
            assertEquals(Bundle.ACTIVE, bundle(gateway, "tool").getState());
            assertEquals("his", content(gateway, "engine"));
        }
        assertFalse(noted("removed it"), notes.toString());
    }

    @Test
    void a_deleted_cache_is_built_anew() throws Exception {
        start().close();
        deleteCache();

        try (Gateway gateway = start()) {
            assertEquals(List.of(), gateway.problems());
        }
        assertFalse(noted("removed it"), notes.toString());
    }

    @Test
    void a_cache_that_cannot_be_read_at_all_is_moved_aside_and_built_anew() throws Exception {
        for (int round = 0; round < 2; round++) {
            start().close();
            deleteCache();
            Files.writeString(data.resolve("cache"), "file " + round + " in the place of the folder");

            try (Gateway gateway = start()) {
                assertEquals(List.of(), gateway.problems());
            }
            assertEquals("file " + round + " in the place of the folder",
                    Files.readString(data.resolve("cache.damaged")));
        }
        assertTrue(noted("It was moved to"), notes.toString());
    }

    private void deleteCache() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("cache"))) {
            for (final Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void a_ledger_that_cannot_be_understood_is_moved_aside_and_told() throws Exception {
        start().close();
        Files.writeString(data.resolve("launcher/installed.json"), "{\"engine\":");
        Files.writeString(data.resolve("launcher/administrator.json"), "{\"engine\":{\"decision\":\"sold\"}}");

        try (Gateway gateway = start()) {
            assertEquals(List.of(), gateway.problems());
        }
        assertTrue(noted("installed.json cannot be understood"), notes.toString());
        assertTrue(noted("administrator.json cannot be understood"), notes.toString());
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_refused_with_its_name() throws Exception {
        Files.writeString(temp.resolve("file"), "");

        final GatewayException refused = assertThrows(GatewayException.class, () -> Gateway.start(
                GatewayOptions.of(distribution.home(), temp.resolve("file/data")).withNotes(notes::add)));

        assertEquals(Reason.ENVIRONMENT, refused.reason());
        assertTrue(refused.getMessage().contains(temp.resolve("file/data").toString()), refused.getMessage());
    }

    @Test
    void a_missing_bundle_of_a_feature_refuses_the_start_and_leaves_nothing_behind() throws Exception {
        distribution.feature("more", "ghost:1.0.0");

        final GatewayException refused = assertThrows(GatewayException.class, this::start);

        assertEquals(Reason.DISTRIBUTION, refused.reason());
        assertTrue(refused.getMessage().contains("t:ghost:1.0.0"), refused.getMessage());
        distribution.feature("more");
        start().close();
    }

    @Test
    void a_restart_of_the_framework_from_inside_is_not_the_end_of_the_gateway() throws Exception {
        try (Gateway gateway = start()) {
            final Thread waiting = new Thread(() -> {
                try {
                    gateway.awaitStop();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            waiting.start();
            restart(gateway);
            assertEquals(Bundle.ACTIVE, bundle(gateway, "engine").getState());
            assertTrue(waiting.isAlive());

            gateway.context().getBundle(0).stop();
            waiting.join();
        }
    }

    private static void restart(final Gateway gateway) throws BundleException, InterruptedException {
        final Bundle framework = gateway.context().getBundle(0);
        final Bundle engine = bundle(gateway, "engine");
        framework.update();
        while (!isUpAgain(gateway, framework, engine)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isUpAgain(final Gateway gateway, final Bundle framework, final Bundle before) {
        try {
            return framework.getState() == Bundle.ACTIVE && gateway.context() != null
                    && bundle(gateway, "engine") != before;
        } catch (final IllegalStateException e) {
            // The context of the framework that just ended.
            return false;
        }
    }
}
