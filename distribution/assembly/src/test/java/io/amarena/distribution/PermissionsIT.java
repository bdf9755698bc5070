/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.distribution;

import static io.amarena.distribution.Distribution.amarena;
import static io.amarena.distribution.Distribution.freePort;
import static io.amarena.distribution.Distribution.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amarena.distribution.Distribution.Running;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway whose user may not do what it needs to. Permissions do not bind root: run by root, these tests start the
 * gateway as another user, and are skipped where that is impossible.
 */
class PermissionsIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String USER = "nobody";

    @TempDir
    private Path temp;

    private final List<String> as = new ArrayList<>();
    private Path data;

    @BeforeEach
    void a_user_whom_permissions_bind() throws Exception {
        allow(temp, "rwxr-xr-x");
        data = Files.createDirectories(temp.resolve("data"));
        if (System.getProperty("user.name").equals("root")) {
            as.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=65534", "--clear-groups"));
            Files.setOwner(data, temp.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
            final String reads = "test -x " + Distribution.HOME.resolve("bin/amarena") + " && "
                    + System.getProperty("java.home") + "/bin/java -version";
            assumeTrue(runs("sh", "-c", reads), "SKIPPED: as root, these tests need setpriv (util-linux) and a"
                    + " distribution and a JDK that the user " + USER + " can read, outside of /root");
        }
    }

    @AfterEach
    void everything_can_be_deleted() throws Exception {
        new ProcessBuilder("chmod", "-R", "u+rwX", temp.toString()).start().waitFor();
    }

    private boolean runs(final String... command) throws InterruptedException {
        final List<String> whole = new ArrayList<>(as);
        whole.addAll(List.of(command));
        try {
            return new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (final IOException missing) {
            return false;
        }
    }

    private Running run(final Path folder) throws IOException {
        return amarena(as, "run", "--data", folder.toString(), "--http-port", freePort(), "--name", "press-7");
    }

    @Test
    void a_data_folder_that_its_user_may_not_write_is_named_with_the_option_that_chooses_another_one() throws Exception {
        final Path closed = Files.createDirectory(temp.resolve("closed"));
        allow(closed, "r-xr-xr-x");
        for (final Path folder : new Path[] {closed, closed.resolve("data")}) {
            final Running gateway = run(folder);
            assertEquals(2, gateway.exitCode(), gateway.output());
            assertTrue(gateway.output().contains(closed.toString()), gateway.output());
            assertTrue(gateway.output().contains("--data"), gateway.output());
        }
    }

    @Test
    void folders_and_files_that_its_user_may_not_read_are_told_by_the_status() throws Exception {
        final Path secret = Files.createDirectory(temp.resolve("secret"));
        final Path open = Files.createDirectory(temp.resolve("open"));
        Files.write(open.resolve("secret.png"), new byte[100]);
        allow(open.resolve("secret.png"), "---------");
        allow(open, "rwxr-xr-x");
        allow(secret, "---------");
        final Path configs = Files.createDirectory(temp.resolve("configs"));
        for (final Path folder : new Path[] {secret, open}) {
            final String name = folder.getFileName().toString();
            Files.writeString(configs.resolve("io.amarena.source.directory~" + name + ".json"),
                    "{\"name\": \"" + name + "\", \"folder\": \"" + folder + "\"}");
            Files.writeString(configs.resolve("io.amarena.pipeline~" + name + ".json"),
                    "{\"source\": \"" + name + "\", \"model\": \"none\"}");
        }
        try (Running gateway = amarena(as, "run", "--data", data.toString(), "--configs", configs.toString(),
                "--http-port", freePort(), "--name", "press-7")) {
            gateway.awaitLine("gateway press-7 runs");
            awaitStatus("the folder " + secret + " cannot be read");
            awaitStatus("secret.png because it cannot be read; check its permissions: replace or remove");
            final Running people = amarena("status", "--data", data.toString());
            assertEquals(0, people.exitCode());
            assertTrue(people.output().contains("! source secret: the folder " + secret + " cannot be read"),
                    people.output());
            assertTrue(people.output().contains("! source open: 1 files of " + open), people.output());
            assertEquals(0, gateway.signal("TERM").exitCode(), gateway.output());
        }
    }

    @Test
    void a_data_folder_that_becomes_read_only_is_told_and_new_settings_take_effect_all_the_same() throws Exception {
        try (Running gateway = run(data)) {
            gateway.awaitLine("gateway press-7 runs");
            allow(data.resolve("settings/last-good"), "r-xr-xr-x");
            final Path half = data.resolve("configs/.half");
            Files.writeString(half, "{\"source\": \"none\", \"model\": \"none\"}");
            Files.move(half, data.resolve("configs/io.amarena.pipeline~late.json"));
            final JsonObject status = awaitStatus("has no last good copy: check the permissions of the data folder");
            assertEquals("late", status.getJsonArray("pipelines").getJsonObject(0).getString("name"));
            assertEquals(0, gateway.signal("TERM").exitCode(), gateway.output());
        }
    }

    private JsonObject awaitStatus(final String text) throws Exception {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            final JsonObject status = status(data);
            if (status.toString().contains(text)) {
                return status;
            }
            assertTrue(System.nanoTime() < end, () -> text + " is not told: " + status);
        }
    }

    private static void allow(final Path path, final String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
