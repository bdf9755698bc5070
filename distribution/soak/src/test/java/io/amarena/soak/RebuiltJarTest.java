/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuiltJarTest {

    @TempDir
    private Path temp;

    @Test
    void a_rebuilt_jar_has_the_new_version_the_new_content_and_everything_else_as_it_was() throws Exception {
        final Path copy = new RebuiltJar(original()).header("Bundle-Version", "2.0.0")
                .content("changed.txt", "new".getBytes()).build(7).writeTo(temp.resolve("copy.jar"));

        try (JarFile jar = new JarFile(copy.toFile())) {
            assertEquals("2.0.0", jar.getManifest().getMainAttributes().getValue("Bundle-Version"));
            assertEquals("some.bundle", jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
        }
        assertArrayEquals("new".getBytes(), RebuiltJar.read(copy, "changed.txt"));
        assertArrayEquals("as it was".getBytes(), RebuiltJar.read(copy, "kept.txt"));
        assertArrayEquals("build 7\n".getBytes(), RebuiltJar.read(copy, "soak-build.txt"));
    }

    private Path original() throws Exception {
        final Path file = temp.resolve("original.jar");
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "some.bundle");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (final String[] entry : new String[][] {{"changed.txt", "old"}, {"kept.txt", "as it was"}}) {
                jar.putNextEntry(new ZipEntry(entry[0]));
                jar.write(entry[1].getBytes());
            }
        }
        return file;
    }
}
