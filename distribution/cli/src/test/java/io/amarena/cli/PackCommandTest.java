/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part of the command that needs no gateway; the rest is tried with the distribution as a process. */
class PackCommandTest {

    private static final Path MODELS = Path.of("../../bundles/lib/pack/src/test/resources/io/amarena/lib/pack");

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;

    @BeforeEach
    void a_model() throws IOException {
        model = copy("ultralytics-v8");
    }

    private Path copy(final String name) throws IOException {
        return Files.copy(MODELS.resolve(name + ".onnx"), temp.resolve("nuts.onnx"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private int pack(final String... arguments) {
        final String[] all = new String[arguments.length + 1];
        all[0] = "pack";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Amarena.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all);
    }

    private void assertTold(final String text) {
        assertTrue(err.toString().contains(text), err.toString());
    }

    @Test
    void a_suggestion_is_json_on_standard_output_and_everything_else_on_standard_error() {
        assertEquals(ExitCode.OK, pack("--model", model.toString(), "--suggest"));
        try (JsonReader reader = Json.createReader(new StringReader(out.toString()))) {
            assertEquals("nuts", reader.readObject().getString("name"));
        }
        assertTold("input   images FLOAT[1, 3, 64, 64]");
        assertTold("guessed, check it");
        assertTold("/output/score: ");
        assertTold("the model names its 2 classes");
    }

    @Test
    void the_names_of_the_classes_are_written_where_nothing_is_yet() throws IOException {
        final Path labels = temp.resolve("labels.txt");
        assertEquals(ExitCode.OK, pack("--model", model.toString(), "--suggest", "--labels", labels.toString()));
        assertEquals("bolt\nlock's nut\n", Files.readString(labels));
        Files.writeString(labels, "mine\n");
        assertEquals(ExitCode.OK, pack("--model", model.toString(), "--suggest", "--labels", labels.toString()));
        assertEquals("mine\n", Files.readString(labels));
        assertTold(labels + " is there already and stays as it is");
    }

    @Test
    void a_model_that_names_no_classes_says_so_and_writes_no_labels() throws IOException {
        copy("yolox");
        final Path labels = temp.resolve("labels.txt");
        assertEquals(ExitCode.OK, pack("--model", model.toString(), "--suggest", "--labels", labels.toString()));
        assertFalse(Files.exists(labels));
        assertTold("does not name its classes");
        assertTold("/output/labels: the file does not name its 2 classes");
    }

    @Test
    void nothing_is_suggested_for_what_is_no_model() throws IOException {
        Files.writeString(model, "a text");
        assertEquals(ExitCode.FAILURE, pack("--model", model.toString(), "--suggest"));
        assertTold(model + " is not an ONNX file; export the model as ONNX");
        assertEquals("", out.toString());
    }

    @Test
    void a_suggestion_with_open_ends_is_no_pack_yet_and_every_end_is_told() throws IOException {
        copy("mask");
        assertEquals(ExitCode.OK, pack("--model", model.toString(), "--suggest"));
        final Path descriptor = Files.writeString(temp.resolve("model.json"), out.toString());
        final Path target = temp.resolve("nuts-1.0.0.jar");
        assertEquals(ExitCode.FAILURE, pack("--model", model.toString(), "--descriptor", descriptor.toString(), "-o",
                target.toString()));
        assertTold("no pack is written: 2 problems");
        assertTold(descriptor + "#/contract: must be a contract such as detection/1, not \"?\"");
        assertTold(descriptor + "#/output/use: must be the name of a stage");
        assertFalse(Files.exists(target));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pack|Missing required option: '--model=FILE'",
        "pack --model nuts.onnx|--suggest > model.json",
        "pack --model nuts.onnx --suggest --golden .|--suggest goes with --model and --labels alone",
        "pack --model none.onnx --suggest|There is no file none.onnx. Correct --model",
        "pack --model pom.xml --descriptor none.json|There is no file none.json. Correct --descriptor",
        "pack --model pom.xml --descriptor pom.xml --labels none|There is no file none. Correct --labels",
        "pack --model pom.xml --descriptor pom.xml --golden none|There is no folder none. Correct --golden",
        "pack --model pom.xml --descriptor pom.xml -o nuts.onnx|A pack is a jar",
        "pack --model pom.xml --descriptor pom.xml -o none/nuts.jar|there is no folder"})
    void wrong_usage_is_told_with_exit_code_2(final String line, final String told) {
        assertEquals(ExitCode.USAGE, pack(line.substring("pack".length()).strip().isEmpty() ? new String[0]
                : line.substring("pack ".length()).split(" ")));
        assertTold(told);
    }
}
