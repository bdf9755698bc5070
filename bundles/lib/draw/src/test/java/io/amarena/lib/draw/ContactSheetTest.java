/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactSheetTest {

    @TempDir
    Path folder;

    @Test
    void pictures_of_any_shape_stand_in_a_grid_with_captions() {
        final BufferedImage sheet = ContactSheet.of(2, 200, 150).with(AnnotatedPictureTest.gray(640, 480), "wide")
                .with(AnnotatedPictureTest.gray(100, 400), "").with(AnnotatedPictureTest.gray(20, 20), "small").draw();
        assertTrue(sheet.getWidth() > 400 && sheet.getWidth() < 440, sheet.getWidth() + " wide");
        assertTrue(sheet.getHeight() > 300 && sheet.getHeight() < 400, sheet.getHeight() + " high");
        assertEquals(0x777777, sheet.getRGB(106, 80) & 0xFFFFFF);
    }

    @Test
    void an_empty_or_an_enormous_sheet_is_refused() {
        assertThrows(IllegalStateException.class, () -> ContactSheet.of(1, 100, 100).draw());
        final ContactSheet enormous = ContactSheet.of(9, 1000, 100)
                .with(AnnotatedPictureTest.gray(4, 4), "").with(AnnotatedPictureTest.gray(4, 4), "")
                .with(AnnotatedPictureTest.gray(4, 4), "").with(AnnotatedPictureTest.gray(4, 4), "")
                .with(AnnotatedPictureTest.gray(4, 4), "").with(AnnotatedPictureTest.gray(4, 4), "")
                .with(AnnotatedPictureTest.gray(4, 4), "").with(AnnotatedPictureTest.gray(4, 4), "")
                .with(AnnotatedPictureTest.gray(4, 4), "");
        assertThrows(IllegalStateException.class, enormous::draw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "b.jpg", "C.JPEG"})
    void files_are_written_whole_and_leave_nothing_else(final String name) throws IOException {
        PictureFile.write(AnnotatedPictureTest.gray(64, 48), folder.resolve(name));
        PictureFile.write(AnnotatedPictureTest.gray(32, 24), folder.resolve(name));
        assertEquals(32, ImageIO.read(folder.resolve(name).toFile()).getWidth());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(name), files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void another_ending_is_refused() {
        final BufferedImage picture = AnnotatedPictureTest.gray(4, 4);
        assertThrows(IllegalArgumentException.class, () -> PictureFile.write(picture, folder.resolve("a.gif")));
        assertFalse(Files.exists(folder.resolve("a.gif")));
    }
}
