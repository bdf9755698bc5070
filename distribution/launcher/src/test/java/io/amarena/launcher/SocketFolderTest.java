/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFolderTest {

    @TempDir
    private Path temp;
    private Path data;
    private Path base;

    @BeforeEach
    void folders() throws IOException {
        data = Files.createDirectory(temp.resolve("data"));
        base = Files.createDirectory(temp.resolve("run"));
    }

    @Test
    void the_folder_is_open_to_its_owner_alone_and_the_data_folder_points_to_the_socket() throws IOException {
        try (SocketFolder folder = SocketFolder.open(data, List.of(base))) {
            assertEquals("rwx------", PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(folder.socket().getParent())));
            assertEquals(folder.socket().toString(), Files.readString(data.resolve("control")).strip());
        }
        assertFalse(Files.exists(data.resolve("control")));
        try (var left = Files.list(base)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void after_a_crash_the_same_folder_is_used_again() throws IOException {
        final Path first = SocketFolder.open(data, List.of(base)).socket();

        try (SocketFolder again = SocketFolder.open(data, List.of(base))) {
            assertEquals(first, again.socket());
        }
    }

    @Test
    void a_folder_that_others_may_open_is_not_used() throws IOException {
        final Path usual = SocketFolder.open(data, List.of(base)).socket().getParent();
        Files.setPosixFilePermissions(usual, PosixFilePermissions.fromString("rwxrwxrwx"));

        try (SocketFolder other = SocketFolder.open(data, List.of(base))) {
            assertNotEquals(usual, other.socket().getParent());
            assertEquals("rwx------", PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(other.socket().getParent())));
        }
    }

    @Test
    void a_link_in_the_place_of_the_folder_is_not_followed() throws IOException {
        final Path usual = SocketFolder.open(data, List.of(base)).socket().getParent();
        Files.delete(usual);
        Files.createSymbolicLink(usual, Files.createDirectory(temp.resolve("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));

        try (SocketFolder other = SocketFolder.open(data, List.of(base))) {
            assertNotEquals(usual, other.socket().getParent());
        }
    }

    @Test
    void a_base_whose_paths_would_be_too_long_is_passed_over() throws IOException {
        final Path longBase = Files.createDirectory(temp.resolve("x".repeat(90)));

        try (SocketFolder folder = SocketFolder.open(data, List.of(temp.resolve("missing"), longBase,
                Path.of("/tmp")))) {
            assertEquals(Path.of("/tmp"), folder.socket().getParent().getParent());
        }
        assertThrows(IOException.class, () -> SocketFolder.open(data, List.of(longBase)));
    }
}
