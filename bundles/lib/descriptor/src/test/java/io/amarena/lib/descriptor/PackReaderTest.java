/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.Model;
import io.amarena.lib.onnx.OnnxLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackReaderTest {

    private static final String DESCRIPTOR = "{\"amarena\":\"model/1.0\",\"name\":\"conv\",\"version\":\"1.0.0\","
            + "\"contract\":\"values/1\",\"file\":\"conv.onnx\",\"precision\":\"fp32\",\"input\":{\"use\":\"a/b\"},"
            + "\"output\":{\"use\":\"c/d\"}}";

    @TempDir
    private Path folder;

    private final Map<String, byte[]> pack = new TreeMap<>();
    private PackStore store;

    @BeforeEach
    void a_good_pack() throws IOException {
        pack.put("model.json", DESCRIPTOR.getBytes(StandardCharsets.UTF_8));
        pack.put("conv.onnx", onnx("conv.onnx"));
        pack.put("labels.txt", "one\ntwo\n".getBytes());
        store = new PackStore(folder.resolve("models"), 1 << 20, 100);
    }

    @Test
    void a_good_pack_is_stored_once_under_its_digest_and_read_from_there() throws IOException {
        final String digest = copy();
        assertEquals(64, digest.length());
        assertEquals(digest, copy());
        final Model model = read(digest).model().orElseThrow();
        assertEquals("conv 1.0.0 (" + digest.substring(0, 12) + ")", model.id().toString());
        assertArrayEquals("one\ntwo\n".getBytes(), model.file("labels.txt"));
        assertEquals(pack.get("conv.onnx").length, model.bytes().remaining());
        assertTrue(model.bytes().isReadOnly());
        assertThrows(NoSuchFileException.class, () -> model.file("../../secret"));
        assertThrows(NoSuchFileException.class, () -> model.file("none"));
    }

    @Test
    void another_byte_or_another_name_is_another_digest() throws IOException {
        final String digest = copy();
        pack.put("labels.txt", "one\ntwx\n".getBytes());
        assertNotEquals(digest, copy());
        pack.put("labels.txt", "one\ntwo\n".getBytes());
        pack.put("more", new byte[0]);
        assertNotEquals(digest, copy());
    }

    @Test
    void each_hostile_pack_is_refused_with_its_reason() throws IOException {
        pack.remove("model.json");
        problem("model.json is missing");
        a_good_pack();
        pack.remove("conv.onnx");
        problem("conv.onnx is missing");
        a_good_pack();
        pack.put("conv.onnx", Arrays.copyOf(pack.get("conv.onnx"), 200));
        problem("conv.onnx is truncated");
        a_good_pack();
        pack.put("conv.onnx", "this is a text and no model".getBytes());
        problem("conv.onnx is not an ONNX file");
        a_good_pack();
        pack.put("conv.onnx", onnx("external-outside.onnx"));
        problem("conv.onnx");
        a_good_pack();
        pack.put("model.json", DESCRIPTOR.replace("}}", "},\"surprise\":1}").getBytes());
        problem("model.json#/surprise: unknown key");
    }

    @Test
    void a_pack_that_unpacks_to_too_much_or_names_files_outside_is_refused() throws IOException {
        pack.put("bomb", new byte[2 << 20]);
        assertTrue(assertThrows(PackStore.RefusedPackException.class, this::copy).getMessage().contains("maxPackMb"));
        pack.remove("bomb");
        pack.put("../../evil", new byte[1]);
        assertTrue(assertThrows(PackStore.RefusedPackException.class, this::copy).getMessage().contains("evil"));
        assertFalse(Files.exists(folder.resolve("evil")));
        for (int i = 0; i < 200; i++) {
            pack.put("file" + i, new byte[0]);
        }
        assertTrue(assertThrows(PackStore.RefusedPackException.class, this::copy).getMessage().contains("files"));
        try (var left = Files.list(folder.resolve("models"))) {
            assertEquals(0, left.count(), "nothing half-done is left");
        }
    }

    @Test
    void a_descriptor_or_a_file_beside_it_that_is_huge_or_nested_without_end_is_refused() throws IOException {
        store = new PackStore(folder.resolve("models"), 1 << 30, 100);
        pack.put("model.json", new byte[100 << 20]);
        problem("model.json has more than 1048576 bytes");
        pack.put("model.json", "[".repeat(100_000).getBytes());
        problem("model.json is nested deeper than 32 levels");
        pack.put("model.json", DESCRIPTOR.replace("}}", "},\"x-note\":" + "{\"a\":".repeat(5_000) + "1"
                + "}".repeat(5_001)).getBytes());
        problem("model.json is nested deeper than 32 levels");
        pack.put("model.json", DESCRIPTOR.replace("}}", "},\"x-note\":\"" + "[{\\\"".repeat(5_000) + "\"}").getBytes());
        pack.put("labels.txt", new byte[65 << 20]);
        final Model model = read(copy()).model().orElseThrow();
        assertTrue(assertThrows(IOException.class, () -> model.file("labels.txt")).getMessage()
                .contains("labels.txt has"));
    }

    @Test
    void names_that_meet_are_refused_or_mean_the_same_file() throws IOException {
        final String digest = copy();
        final List<String> twice = new ArrayList<>(pack.keySet());
        twice.add("labels.txt");
        assertEquals(digest, store.copy(twice, path -> new ByteArrayInputStream(pack.get(path))));
        pack.put("labels.txt/more", new byte[1]);
        assertTrue(assertThrows(PackStore.RefusedPackException.class, this::copy).getMessage().contains("of one name"));
        assertThrows(PackStore.RefusedPackException.class, () -> store.copy(List.of("a/b", "a"),
                path -> new ByteArrayInputStream(new byte[1])));
    }

    @Test
    void content_that_no_pack_brings_any_more_is_deleted() throws IOException {
        final String first = copy();
        pack.put("labels.txt", "other".getBytes());
        final String second = copy();
        store.keepOnly(Set.of(second));
        assertFalse(Files.exists(store.folder(first)));
        assertTrue(Files.exists(store.folder(second)));
    }

    private void problem(final String expected) throws IOException {
        final PackReader.ReadPack read = read(copy());
        assertTrue(read.model().isEmpty());
        assertTrue(read.problems().stream().anyMatch(problem -> problem.startsWith(expected)), read.problems().toString());
    }

    private String copy() throws IOException {
        return store.copy(List.copyOf(pack.keySet()), path -> new ByteArrayInputStream(pack.get(path)));
    }

    private PackReader.ReadPack read(final String digest) {
        return new PackReader(OnnxLimits.DEFAULT).read(store.folder(digest), "model.json", digest);
    }

    /** The models that the reader of ONNX files is tested with. */
    private static byte[] onnx(final String name) throws IOException {
        return Files.readAllBytes(Path.of("../onnx/src/test/resources/io/amarena/lib/onnx", name));
    }
}
