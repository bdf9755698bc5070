/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Makes model packs from the shipped one: good ones of any version, and those that must never serve. They work on small
 * pictures, so that the load comes from the changes and not from the model.
 */
final class PackWorks {

    /** Name of the model. */
    static final String MODEL = "surface-inspection";

    /** Symbolic name of the packs. */
    static final String BUNDLE = "model." + MODEL;

    private static final String DESCRIPTOR = "model.json";
    private static final String ONNX = "model.onnx";
    private static final String CONTRACT = "detection/1";
    private static final int SIDE = 160;
    private static final String[] SAMPLES = {"ok-1", "ok-2"};
    private static final String OTHER_SAMPLE = "scratch-1";

    private final Path shipped;
    private final Path folder;
    private long builds;

    /** What is wrong with a pack. */
    enum Flaw {
        /** Its model is a text. */
        NOT_ONNX("not an ONNX file"),
        /** Its model ends in the middle. */
        TRUNCATED("a truncated model"),
        /** A golden sample expects another answer. */
        WRONG_GOLDEN("a golden sample that differs"),
        /** It says that its answers mean something else. */
        OTHER_CONTRACT("another contract");

        private final String text;

        Flaw(final String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Packs from a shipped one.
     *
     * @param folder where they are written
     */
    PackWorks(final Path shipped, final Path folder) {
        this.shipped = shipped;
        this.folder = folder;
    }

    /** A pack that may serve; each call gives other bytes. */
    Path good(final String version) throws IOException {
        return rebuilt(version, CONTRACT, SAMPLES[1]).build(++builds).writeTo(file(version));
    }

    /** A pack that must not serve. */
    Path bad(final String version, final Flaw flaw) throws IOException {
        final RebuiltJar jar = rebuilt(version, flaw == Flaw.OTHER_CONTRACT ? "classification/1" : CONTRACT,
                flaw == Flaw.WRONG_GOLDEN ? OTHER_SAMPLE : SAMPLES[1]).build(++builds);
        switch (flaw) {
            case NOT_ONNX -> jar.content(ONNX, "This is not a model.".getBytes(StandardCharsets.UTF_8));
            case TRUNCATED -> {
                final byte[] model = RebuiltJar.read(shipped, ONNX);
                jar.content(ONNX, Arrays.copyOf(model, model.length / 2));
            }
            default -> {
                // The descriptor is what is wrong.
            }
        }
        return jar.writeTo(file(version));
    }

    private Path file(final String version) {
        return folder.resolve(BUNDLE + "-" + version + ".jar");
    }

    /** The second sample's picture is given, its expectation is that of a sound plate. */
    private RebuiltJar rebuilt(final String version, final String contract, final String second) throws IOException {
        final JsonObject shippedJson;
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(RebuiltJar.read(shipped, DESCRIPTOR)))) {
            shippedJson = reader.readObject();
        }
        final JsonObjectBuilder json = Json.createObjectBuilder(shippedJson)
                .add("version", version)
                .add("contract", contract)
                .add("input", Json.createObjectBuilder(shippedJson.getJsonObject("input")).add("sizes",
                        Json.createArrayBuilder().add(Json.createArrayBuilder().add(SIDE).add(SIDE))))
                .add("golden", golden(second));
        return new RebuiltJar(shipped)
                .header("Bundle-Version", version)
                .header("Provide-Capability", "io.amarena.model;name=" + MODEL + ";version:Version=\"" + version
                        + "\";contract=\"" + contract + "\";precision=fp32")
                .content(DESCRIPTOR, text(json.build()));
    }

    private static JsonArrayBuilder golden(final String second) {
        return Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("frame", "golden/" + SAMPLES[0] + ".png")
                        .add("expect", "golden/" + SAMPLES[0] + ".json"))
                .add(Json.createObjectBuilder().add("frame", "golden/" + second + ".png")
                        .add("expect", "golden/" + SAMPLES[1] + ".json"));
    }

    private static byte[] text(final JsonValue json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
