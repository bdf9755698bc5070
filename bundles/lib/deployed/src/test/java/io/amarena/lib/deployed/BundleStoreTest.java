/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleStoreTest {

    @TempDir
    private Path temp;
    private BundleStore store;

    @BeforeEach
    void store() {
        store = new BundleStore(temp.resolve("store"));
    }

    private static byte[] jar(final String name, final String version) throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name + ";singleton:=true");
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return bytes.toByteArray();
    }

    /** Puts jars into the store, each older than the next one. */
    private List<String> put(final String name, final int count) throws IOException {
        final List<String> digests = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            final String digest = store.put(Files.write(temp.resolve("new.jar"), jar(name, "1.0." + number)));
            Files.setLastModifiedTime(store.file(digest), FileTime.fromMillis(1000L * (number + 1)));
            digests.add(digest);
        }
        return digests;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("store"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_jar_is_found_by_its_digest_and_twice_the_same_is_one() throws Exception {
        final byte[] bytes = jar("model.x", "1.0.0");
        final String digest = store.put(Files.write(temp.resolve("a.jar"), bytes));

        assertEquals(digest, store.put(Files.write(temp.resolve("b.jar"), bytes)));
        assertEquals(BundleStore.digest(temp.resolve("a.jar")), digest);
        assertEquals(Optional.of(store.file(digest)), store.find(digest));
        assertEquals(List.of(digest + ".jar"), names());
    }

    @Test
    void a_damaged_jar_is_not_found() throws Exception {
        final String digest = put("model.x", 1).get(0);
        Files.writeString(store.file(digest), "damaged");

        assertEquals(Optional.empty(), store.find(digest));
        assertEquals(Optional.empty(), store.find("cd"));
        assertEquals(Optional.empty(), store.find(""));
    }

    @Test
    void a_copy_that_breaks_off_or_is_too_large_leaves_nothing() throws Exception {
        assertThrows(BundleStore.TooLargeException.class,
                () -> store.take(new ByteArrayInputStream(new byte[11]), 10));
        assertThrows(IOException.class, () -> store.take(new InputStream() {
            private int left = 5;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("the stick was pulled out");
                }
                return 1;
            }
        }, 10));
        assertEquals(List.of(), names());
    }

    @Test
    void what_a_crash_left_half_copied_is_swept_away() throws Exception {
        final String digest = put("model.x", 1).get(0);
        store.take(new ByteArrayInputStream(new byte[3]), 10);
        assertEquals(2, names().size());

        store.sweep();
        assertEquals(List.of(digest + ".jar"), names());
    }

    @Test
    void needed_jars_stay_and_so_do_the_newest_of_each_name() throws Exception {
        final List<String> x = put("model.x", 4);
        final List<String> y = put("model.y", 2);

        store.tidy(Set.of(x.get(0)), 2, Long.MAX_VALUE);

        assertEquals(Stream.of(x.get(0), x.get(2), x.get(3), y.get(0), y.get(1)).map(one -> one + ".jar").sorted()
                .toList(), names());
    }

    @Test
    void a_store_that_is_too_large_loses_its_oldest_spare_jars_but_never_a_needed_one() throws Exception {
        final List<String> x = put("model.x", 3);
        final long one = Files.size(store.file(x.get(0)));

        assertTrue(store.tidy(Set.of(x.get(0)), 9, 2 * one + one / 2) <= 2 * one + one / 2);
        assertEquals(Stream.of(x.get(0), x.get(2)).map(digest -> digest + ".jar").sorted().toList(), names());
        store.tidy(Set.of(x.get(0)), 9, 0);
        assertEquals(List.of(x.get(0) + ".jar"), names());
    }
}
