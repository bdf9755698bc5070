/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Draws in a Java runtime of its own and watches that the classes which look for fonts are never loaded: on a machine
 * without fonts they throw.
 */
class BareMachineTest {

    @TempDir
    Path folder;

    @Test
    void pictures_are_drawn_where_no_fonts_are_installed() throws Exception {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true",
                "-XX:TieredStopAtLevel=1", "-verbose:class", "-cp", System.getProperty("java.class.path"), Drawing.class.getName(),
                folder.resolve("drawn.png").toString()));
        final File output = folder.resolve("output.txt").toFile();
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
        try {
            assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        final String loaded = java.nio.file.Files.readString(output.toPath());
        assertEquals(0, process.exitValue(), loaded);
        assertEquals(List.of(), loaded.lines().filter(line -> line.contains("FontManager")
                || line.contains("FontConfiguration") || line.contains("sun.font.Font2D ")).toList(), "drawing must not reach for fonts");
    }

    /** The main class of the other process. */
    static final class Drawing {

        private Drawing() {
        }

        public static void main(final String[] arguments) throws Exception {
            PictureFile.write(AnnotatedPicture.standard().draw(AnnotatedPictureTest.gray(640, 480),
                    DrawnResult.failed(640, 480, new io.amarena.api.result.Failure("decode", "no fonts here")),
                    java.util.Optional.empty()), Path.of(arguments[0]));
        }
    }
}
