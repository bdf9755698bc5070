/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.distribution;

import static io.amarena.distribution.Distribution.amarena;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.distribution.Distribution.Running;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making model packs, as a model's author does: with the files of the pack that is shipped. */
class PackIT {

    private static final Path SHIPPED = Path.of("../../bundles/packs/surface-inspection/src/main/resources");

    @TempDir
    private Path temp;

    private Path descriptor;
    private Path golden;

    @BeforeEach
    void the_shipped_model_without_golden_samples() throws IOException {
        descriptor = temp.resolve("model.json");
        golden = Files.createDirectory(temp.resolve("golden"));
        write(Json.createObjectBuilder(object(SHIPPED.resolve("model.json"))).remove("golden").build());
        Files.copy(SHIPPED.resolve("labels.txt"), temp.resolve("labels.txt"));
    }

    private void write(final JsonObject json) throws IOException {
        Files.writeString(descriptor, json.toString());
    }

    private static JsonObject object(final Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file); JsonReader reader = Json.createReader(text)) {
            return reader.readObject();
        }
    }

    private Running pack(final Path target, final String... more) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("pack", "--model",
                SHIPPED.resolve("model.onnx").toString(), "--descriptor", descriptor.toString(), "-o",
                target.toString()));
        arguments.addAll(List.of(more));
        return amarena(arguments.toArray(String[]::new));
    }

    private void assertRefused(final Running pack, final Path target, final String... told) throws Exception {
        assertEquals(1, pack.exitCode(), pack.output());
        for (final String text : told) {
            assertTrue(pack.output().contains(text), text + " in\n" + pack.output());
        }
        assertTrue(pack.output().contains("no pack is written"), pack.output());
        assertFalse(Files.exists(target));
        try (Stream<Path> left = Files.list(temp)) {
            assertTrue(left.noneMatch(file -> file.toString().endsWith(".part")), "nothing half-done is left");
        }
    }

    @Test
    void golden_pictures_without_an_expectation_get_the_models_own_answer_and_the_pack_repeats_it() throws Exception {
        for (final String name : List.of("crack-1", "ok-1", "stain-2")) {
            Files.copy(SHIPPED.resolve("golden").resolve(name + ".png"), golden.resolve(name + ".png"));
        }
        final BufferedImage picture = ImageIO.read(SHIPPED.resolve("golden/dent-1.png").toFile());
        assertTrue(ImageIO.write(picture, "jpeg", golden.resolve("dent.jpg").toFile()));
        final Path target = temp.resolve("surface-inspection-1.0.0.jar");

        final Running pack = pack(target, "--golden", golden.toString());
        assertEquals(0, pack.exitCode(), pack.output());
        assertTrue(pack.output().contains("4 golden samples reproduced"), pack.output());
        assertTrue(pack.output().contains(golden.resolve("crack-1.json") + " is new"), pack.output());
        assertTrue(pack.output().contains("dent.jpg is in the pack as golden/dent.png, with the same pixels"),
                pack.output());
        assertTrue(pack.output().contains("LOOK at the 4 recorded answers"), pack.output());
        assertFalse(pack.output().contains("WARN"), pack.output());
        assertEquals("[]", object(golden.resolve("ok-1.json")).getJsonArray("detections").toString());

        final Path answers = temp.resolve("answers.json");
        final Running infer = amarena("infer", target.toString(), golden.resolve("crack-1.png").toString(),
                golden.resolve("ok-1.png").toString(), "--json", answers.toString());
        assertEquals(0, infer.exitCode(), infer.output());
        assertFalse(infer.output().contains("WARN"), infer.output());
        final JsonArray results;
        try (Reader text = Files.newBufferedReader(answers); JsonReader reader = Json.createReader(text)) {
            results = reader.readArray();
        }
        for (int i = 0; i < 2; i++) {
            final JsonArray expected = object(SHIPPED.resolve("golden").resolve(
                    List.of("crack-1.json", "ok-1.json").get(i))).getJsonArray("detections");
            final JsonArray found = results.getJsonObject(i).getJsonObject("outcome").getJsonArray("detections");
            assertEquals(expected.size(), found.size(), found::toString);
            for (int object = 0; object < expected.size(); object++) {
                assertEquals(expected.getJsonObject(object).getString("label"),
                        found.getJsonObject(object).getString("label"));
            }
        }

        final Running again = pack(target, "--golden", golden.toString());
        assertEquals(0, again.exitCode(), again.output());
        assertFalse(again.output().contains("recorded"), again.output());
    }

    @Test
    void a_wrong_tensor_and_a_wrong_number_of_labels_are_told_together_and_the_old_pack_stays() throws Exception {
        final JsonObject good = object(descriptor);
        write(Json.createObjectBuilder(good).add("input", Json.createObjectBuilder(good.getJsonObject("input"))
                .add("tensor", "pictures")).build());
        Files.writeString(temp.resolve("labels.txt"), "scratch\ndent\n");
        final Path target = temp.resolve("surface-inspection-1.0.0.jar");

        assertRefused(pack(target), target,
                "model.json#/input/tensor: names pictures, but the model has the inputs images",
                "model.json#/output/labels: labels.txt has 2 labels", "the file must name every class");

        Files.writeString(target, "an older pack");
        assertEquals(1, pack(target).exitCode());
        assertEquals("an older pack", Files.readString(target));
    }

    @Test
    void an_expectation_that_the_model_does_not_reproduce_is_told() throws Exception {
        Files.copy(SHIPPED.resolve("golden/crack-1.png"), golden.resolve("crack-1.png"));
        Files.writeString(golden.resolve("crack-1.json"),
                "{\"contract\":\"detection/1\",\"detections\":[{\"label\":\"dent\","
                + "\"score\":0.9,\"box\":[10,10,50,50]}]}");
        final Path target = temp.resolve("surface-inspection-1.0.0.jar");

        assertRefused(pack(target, "--golden", golden.toString()), target,
                "golden sample golden/crack-1.png is not reproduced: expected dent 0.90 at 10,10 50x50");
    }

    @Test
    void golden_pictures_that_cannot_be_decoded_are_told_by_their_names() throws Exception {
        final byte[] png = Files.readAllBytes(SHIPPED.resolve("golden/crack-1.png"));
        Files.write(golden.resolve("half.png"), Arrays.copyOf(png, png.length / 2));
        Files.write(golden.resolve("half.jpg.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0});
        final Path target = temp.resolve("surface-inspection-1.0.0.jar");

        assertRefused(pack(target, "--golden", golden.toString()), target,
                "golden picture " + golden.resolve("half.png") + ": the PNG picture is truncated",
                "golden picture " + golden.resolve("half.jpg.jpg") + ": the JPEG picture is truncated");
    }

    @Test
    void a_stage_that_nobody_brings_is_told_and_a_name_without_the_version_is_warned_of() throws Exception {
        final JsonObject good = object(descriptor);
        write(Json.createObjectBuilder(good).add("output", Json.createObjectBuilder(good.getJsonObject("output"))
                .add("use", "detection/magic")).build());
        final Path target = temp.resolve("surface.jar");

        assertRefused(pack(target), target, "detection/magic",
                "WARNING: the name surface.jar does not hold the version 1.0.0");
    }
}
