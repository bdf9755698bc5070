/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackDraftTest {

    private static final String DESCRIPTOR = "{\"amarena\":\"model/1.0\",\"name\":\"nuts\",\"version\":\"1.0.0\","
            + "\"contract\":\"detection/1\",\"file\":\"model.onnx\",\"precision\":\"fp32\","
            + "\"input\":{\"use\":\"image/letterbox\",\"std\":255},"
            + "\"output\":{\"use\":\"detection/yolo\",\"layout\":\"v8\",\"labels\":\"labels.txt\"}}";

    @TempDir
    private Path folder;

    private Path model;
    private Path descriptor;

    @BeforeEach
    void a_good_descriptor_and_model() throws IOException {
        model = Samples.copy("plain-v8", folder.resolve("nuts.onnx"));
        descriptor = Files.writeString(folder.resolve("nuts.json"), DESCRIPTOR);
    }

    private PackDraft draft(final Path labels, final Path golden) throws IOException {
        return PackDraft.of(new PackSources(model, descriptor, Optional.ofNullable(labels),
                Optional.ofNullable(golden)));
    }

    private Path labels() throws IOException {
        return Files.writeString(folder.resolve("labels.txt"), "bolt\nnut\n");
    }

    private Path golden() throws IOException {
        return Files.createDirectories(folder.resolve("golden"));
    }

    private void picture(final String name, final String format) throws IOException {
        assertTrue(ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), format,
                golden().resolve(name).toFile()));
    }

    private static void assertProblem(final PackDraft draft, final String place, final String remedy) {
        assertTrue(draft.problems().stream().anyMatch(problem -> problem.startsWith(place) && problem.contains(remedy)),
                draft.problems().toString());
        assertTrue(draft.descriptor().isEmpty());
    }

    @Test
    void a_pack_is_a_bundle_without_code_whose_manifest_says_what_the_descriptor_says() throws IOException {
        labels();
        final PackDraft draft = draft(null, null);
        assertEquals(List.of(), draft.problems());
        final Path jar = folder.resolve("nuts-1.0.0.jar");
        draft.whole(Map.of()).write(jar);
        try (JarFile pack = new JarFile(jar.toFile())) {
            final Manifest manifest = pack.getManifest();
            assertEquals("model.nuts", manifest.getMainAttributes().getValue("Bundle-SymbolicName"));
            assertEquals("1.0.0", manifest.getMainAttributes().getValue("Bundle-Version"));
            assertEquals("2", manifest.getMainAttributes().getValue("Bundle-ManifestVersion"));
            assertEquals("model.json", manifest.getMainAttributes().getValue("Amarena-Model"));
            assertEquals("io.amarena.model;name=nuts;version:Version=\"1.0.0\";contract=\"detection/1\";precision=fp32",
                    manifest.getMainAttributes().getValue("Provide-Capability"));
            assertEquals(List.of("META-INF/MANIFEST.MF", "labels.txt", "model.json", "model.onnx"),
                    pack.stream().map(ZipEntry::getName).toList());
            assertArrayEquals(Samples.bytes("plain-v8"),
                    pack.getInputStream(pack.getEntry("model.onnx")).readAllBytes());
        }
    }

    @Test
    void the_same_content_gives_the_same_bytes_everywhere() throws IOException {
        labels();
        final Path one = folder.resolve("one.jar");
        final Path other = folder.resolve("other.jar");
        draft(null, null).whole(Map.of()).write(one);
        final TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Files.setLastModifiedTime(model, FileTime.fromMillis(0));
            draft(null, null).whole(Map.of()).write(other);
        } finally {
            TimeZone.setDefault(here);
        }
        assertEquals(-1, Files.mismatch(one, other));
    }

    @Test
    void labels_come_from_the_option_or_from_beside_the_descriptor_or_from_the_model_itself() throws IOException {
        final Path given = Files.writeString(folder.resolve("mine"), "a\nb\n");
        assertEquals("a\nb\n", labelsOf(draft(given, null)));
        labels();
        assertEquals("bolt\nnut\n", labelsOf(draft(null, null)));
        Files.delete(folder.resolve("labels.txt"));
        Samples.copy("ultralytics-v8", model);
        final PackDraft draft = draft(null, null);
        assertEquals("bolt\nlock's nut\n", labelsOf(draft));
        assertTrue(draft.notes().toString().contains("labels.txt is made of the 2 class names"),
                draft.notes().toString());
    }

    private String labelsOf(final PackDraft draft) throws IOException {
        assertEquals(List.of(), draft.problems());
        final Path jar = folder.resolve("labels.jar");
        draft.whole(Map.of()).write(jar);
        try (JarFile pack = new JarFile(jar.toFile())) {
            return new String(pack.getInputStream(pack.getEntry("labels.txt")).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_missing_file_of_labels_is_told_where_it_is_named_with_the_option() throws IOException {
        assertProblem(draft(null, null), descriptor + "#/output/labels: names labels.txt", "--labels FILE");
    }

    @Test
    void labels_that_the_descriptor_does_not_name_are_told() throws IOException {
        Files.writeString(descriptor, DESCRIPTOR.replace(",\"labels\":\"labels.txt\"", ""));
        assertProblem(draft(labels(), null), descriptor + "#/output/labels", "leave --labels out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"precision\":\"fp32\"|\"precision\":\"fp32\",\"colour\":1|#/colour: unknown key|known are",
        "\"name\":\"nuts\"|\"name\":\"Nuts\"|#/name|lower-case letters",
        "\"version\":\"1.0.0\"|\"version\":\"one\"|#/version|1.2.3",
        "\"file\":\"model.onnx\"|\"file\":\"labels.txt\"|#/output/labels: names labels.txt|another name",
        "\"file\":\"model.onnx\"|\"file\":\"model.json\"|#/file: names model.json|another name",
        "}}|}|` is no valid JSON object`|JSON",
        "}}|},\"golden\":[7]}|#/golden/0|frame and expect",
        "}}|},\"golden\":[{\"frame\":\"a.png\",\"expect\":\"a.json\"}]}|#/golden/0/frame: names a.png|put it there"})
    void a_wrong_descriptor_is_told_with_its_place_and_the_remedy(final String good, final String bad,
            final String place, final String remedy) throws IOException {
        labels();
        Files.writeString(descriptor, DESCRIPTOR.replace(good, bad));
        assertProblem(draft(null, null), descriptor + place, remedy);
    }

    @Test
    void a_truncated_model_is_told() throws IOException {
        labels();
        Files.write(model, Arrays.copyOf(Samples.bytes("plain-v8"), 1000));
        assertProblem(draft(null, null), model + " is truncated", "copy or export it again");
        Files.writeString(model, "a text");
        assertProblem(draft(null, null), model + " is not an ONNX file", "export the model as ONNX");
    }

    @Test
    void a_model_with_weights_outside_the_pack_is_told() throws IOException {
        labels();
        Files.copy(Path.of("../onnx/src/test/resources/io/amarena/lib/onnx/external-outside.onnx"), model,
                StandardCopyOption.REPLACE_EXISTING);
        assertProblem(draft(null, null), model + " keeps weights outside the pack: ../../etc/passwd",
                "all weights in one file");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() throws IOException {
        Files.writeString(descriptor, DESCRIPTOR.replace("1.0.0", "x").replace("fp32", "x"));
        Files.writeString(model, "a text");
        Files.writeString(golden().resolve("x.png"), "a text");
        assertEquals(5, draft(null, golden()).problems().size(), draft(null, golden()).problems().toString());
    }

    @Test
    void golden_pictures_get_their_expectations_and_those_without_are_to_be_recorded() throws IOException {
        labels();
        picture("b.png", "png");
        Files.writeString(golden().resolve("b.json"), "{\"contract\":\"detection/1\",\"detections\":[]}");
        picture("a line.png", "png");
        picture("photo.JPEG", "jpeg");
        Files.writeString(golden().resolve("lonely.json"), "{}");
        Files.writeString(golden().resolve("notes.txt"), "");
        final PackDraft draft = draft(null, golden());
        assertEquals(List.of(), draft.problems());
        assertEquals(List.of("golden/b.png", "golden/a-line.png", "golden/photo.png"),
                draft.golden().stream().map(GoldenPicture::frame).toList());
        assertEquals(List.of(false, true, true), draft.golden().stream().map(GoldenPicture::toBeRecorded).toList());
        assertEquals(List.of(false, false, true), draft.golden().stream().map(GoldenPicture::toBeConverted).toList());
        assertTrue(draft.notes().toString().contains("lonely.json is left out"), draft.notes().toString());

        final Path made = Files.writeString(folder.resolve("made"), "made");
        final Path jar = folder.resolve("golden.jar");
        draft.whole(Map.of("golden/a-line.json", made, "golden/photo.json", made, "golden/photo.png", made)).write(jar);
        try (JarFile pack = new JarFile(jar.toFile())) {
            for (final String file : List.of("golden/b.png", "golden/b.json", "golden/a-line.png", "golden/a-line.json",
                    "golden/photo.png", "golden/photo.json")) {
                assertNotNull(pack.getEntry(file), file);
            }
            final String json = new String(pack.getInputStream(pack.getEntry("model.json")).readAllBytes(),
                    StandardCharsets.UTF_8);
            assertTrue(json.contains("\"frame\": \"golden/photo.png\""), json);
        }
    }

    @Test
    void samples_that_the_descriptor_lists_keep_their_tolerance() throws IOException {
        labels();
        picture("b.png", "png");
        Files.writeString(descriptor, DESCRIPTOR.replace("}}", "},\"golden\":[{\"frame\":\"golden/b.png\","
                + "\"expect\":\"golden/b.json\",\"tolerance\":{\"iou\":0.5}}]}"));
        final PackDraft draft = draft(null, golden());
        assertEquals(List.of(), draft.problems());
        assertEquals(1, draft.golden().size());
        assertTrue(draft.golden().get(0).toBeRecorded());
        assertTrue(draft.golden().get(0).entry().containsKey("tolerance"));
        assertProblem(draft(null, null), descriptor + "#/golden/0/expect: names golden/b.json", "--golden");
    }

    @Test
    void a_golden_picture_that_is_none_and_names_that_clash_and_an_empty_folder_are_told() throws IOException {
        labels();
        assertProblem(draft(null, golden()), golden() + " has no pictures", "leave --golden out");
        Files.writeString(golden().resolve("x.png"), "a text");
        assertProblem(draft(null, golden()), golden().resolve("x.png") + " is no picture", "save it as PNG");
        picture("x.jpg", "jpeg");
        assertProblem(draft(null, golden()), golden().resolve("x.png") + " and ", "rename one");
    }

    @Test
    void an_expectation_that_cannot_be_read_is_told() throws IOException {
        labels();
        picture("b.png", "png");
        Files.writeString(golden().resolve("b.json"),
                "{\"contract\":\"classification/1\",\"classes\":[{\"label\":\"a\",\"score\":1}]}");
        assertProblem(draft(null, golden()), descriptor + "#/golden/0/expect: names golden/b.json", "detection/1");
    }

    @Test
    void remarks_of_a_suggestion_are_called_to_mind() throws IOException {
        labels();
        Files.writeString(descriptor, DESCRIPTOR.replace("}}", "},\"x-check\":{}}"));
        assertTrue(draft(null, null).notes().toString().contains("#/x-check still lists what was guessed"));
    }
}
