/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdministratorFileTest {

    @TempDir
    private Path data;
    private Path folder;
    private AdministratorFile file;

    @BeforeEach
    void file() {
        folder = data.resolve("console");
        file = new AdministratorFile(folder, new SecureRandom(), 1000);
    }

    private String password() throws IOException {
        return Files.readString(file.passwordFile()).strip();
    }

    @Test
    void the_first_start_makes_a_password_that_the_account_knows() throws IOException {
        final PasswordHash made = file.open();

        assertTrue(made.matches(password().toCharArray()));
        assertTrue(password().matches("([a-z2-9]{4}-){4}[a-z2-9]{4}"), password());
        assertTrue(file.open().matches(password().toCharArray()));
    }

    @Test
    void only_the_owner_can_read_what_is_kept_and_the_password_is_not_in_the_account() throws IOException {
        file.open();

        for (final String name : new String[] {AdministratorFile.ACCOUNT, AdministratorFile.PASSWORD}) {
            assertEquals("rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
        }
        assertFalse(Files.readString(folder.resolve(AdministratorFile.ACCOUNT)).contains(password()));
    }

    @Test
    void later_starts_keep_the_account_after_the_password_was_forgotten() throws IOException {
        file.open();
        final String password = password();
        file.forgetPassword();

        assertTrue(file.open().matches(password.toCharArray()));
        assertFalse(Files.exists(file.passwordFile()));
        file.forgetPassword();
    }

    @Test
    void a_deleted_account_is_made_anew_with_another_password() throws IOException {
        file.open();
        final String first = password();
        Files.delete(folder.resolve(AdministratorFile.ACCOUNT));
        file.open();

        assertNotEquals(first, password());
    }

    @Test
    void a_damaged_account_lets_nobody_in_and_says_what_to_do() throws IOException {
        file.open();
        for (final String text : new String[] {"", "{}", "{\"salt\":\"00\",\"iterations\":1,\"hash\":\"00\"}"}) {
            Files.writeString(folder.resolve(AdministratorFile.ACCOUNT), text);
            final IOException refused = assertThrows(IOException.class, file::open);
            assertTrue(refused.getMessage().contains("Delete it"), refused.getMessage());
        }
    }
}
