/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

class JarCheckTest {

    private static final JarCheck CHECK = new JarCheck(100, 1 << 20);

    @TempDir
    private Path temp;

    private String refused(final byte[] bytes) throws IOException {
        final Path file = Files.write(temp.resolve("x.jar"), bytes);
        return assertThrows(RefusedJarException.class, () -> CHECK.read(file)).getMessage();
    }

    private static byte[] with(final Map<String, String> headers) {
        return Jars.bytes("model.x", "1.0.0", headers, Map.of());
    }

    private static byte[] with(final String entry, final int bytes) {
        return Jars.bytes("model.x", "1.0.0", Map.of(), Map.of(entry, new byte[bytes]));
    }

    @Test
    void a_bundle_tells_its_name_version_and_kind() throws Exception {
        final Path file = Files.write(temp.resolve("x.jar"), Jars.bytes("model.x; singleton:=true", "1.2.3.beta",
                Map.of("Amarena-Model", "model.json"), Map.of("model.json", new byte[7])));

        final JarFacts facts = CHECK.read(file);
        assertEquals("model.x", facts.symbolicName());
        assertEquals(new Version("1.2.3.beta"), facts.version());
        assertTrue(facts.pack());
        assertTrue(facts.bytes() >= 7);
    }

    @Test
    void what_is_no_jar_is_refused() throws Exception {
        assertTrue(refused(new byte[0]).contains("it is no jar"));
        assertTrue(refused("garbage".getBytes(StandardCharsets.UTF_8)).contains("it is no jar"));
    }

    @Test
    void a_jar_cut_short_anywhere_is_refused() throws Exception {
        final byte[] whole = with("content.txt", 300);
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void a_jar_whose_content_was_damaged_is_refused() throws Exception {
        final byte[] content = new byte[5000];
        new java.util.Random(7).nextBytes(content);
        final byte[] bytes = Jars.bytes("model.x", "1.0.0", Map.of(), Map.of("content.bin", content));
        bytes[bytes.length / 2] ^= 0x55;

        assertTrue(refused(bytes).contains("content.bin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "a/../../evil.txt", "/etc/evil", "a\\..\\evil", "C:/evil"})
    void an_entry_that_leaves_the_jar_is_refused(final String name) throws Exception {
        assertTrue(refused(with(name, 1)).contains(name));
    }

    @Test
    void a_bomb_is_refused_before_it_is_unpacked() throws Exception {
        assertTrue(refused(with("zeros.bin", (1 << 20) + 1)).contains("maxUnpackedMb"));
    }

    @Test
    void too_many_entries_are_refused() throws Exception {
        final Map<String, byte[]> entries = new HashMap<>();
        for (int number = 0; number < 101; number++) {
            entries.put("f" + number, new byte[0]);
        }
        assertTrue(refused(Jars.bytes("model.x", "1.0.0", Map.of(), entries)).contains("maxEntries"));
    }

    @Test
    void a_manifest_that_makes_no_bundle_is_refused_with_what_it_lacks() throws Exception {
        assertTrue(refused(with(Map.of("Bundle-SymbolicName", ""))).contains("Bundle-SymbolicName"));
        assertTrue(refused(with(Map.of("Bundle-ManifestVersion", ""))).contains("Bundle-ManifestVersion"));
        assertTrue(refused(with(Map.of("Bundle-Version", ""))).contains("Bundle-Version"));
        assertTrue(refused(with(Map.of("Bundle-Version", "one"))).contains("\"one\""));
        assertTrue(refused(with(Map.of("Bundle-SymbolicName", "a/b"))).contains("\"a/b\""));
    }
}
