/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.model.GoldenSample;
import io.amarena.api.model.Model;
import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.model.ModelId;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import io.amarena.api.result.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of one byte: the number that it adds. */
record TestModel(ModelId id, int offset, int maxBatch, List<GoldenSample> golden, String contract, String labels)
        implements Model, ModelDescriptor {

    /** A version that adds a number, without golden samples. */
    static TestModel adding(final String version, final int offset) {
        return new TestModel(new ModelId("adder", version, "digest-of-" + version + "-" + offset), offset, 1, List.of(),
                "value/1", "");
    }

    TestModel withBatch(final int most) {
        return new TestModel(id, offset, most, golden, contract, labels);
    }

    /** With a golden sample: the input 1 must give that outcome. */
    TestModel expecting(final Outcome outcome) {
        return new TestModel(id, offset, maxBatch, List.of(new GoldenSample("golden/one", outcome, 0.9, 0.05)),
                contract, labels);
    }

    TestModel following(final String another) {
        return new TestModel(id, offset, maxBatch, golden, another, labels);
    }

    /** With a file of labels, separated by commas here. */
    TestModel labelled(final String names) {
        return new TestModel(id, offset, maxBatch, golden, contract, names);
    }

    ModelVersion staged() {
        return new ModelVersion(id.name(), id.version(), id.digest(), ModelVersion.State.STAGED, "", 1,
                Optional.of(this));
    }

    @Override
    public ModelDescriptor descriptor() {
        return this;
    }

    @Override
    public ByteBuffer bytes() {
        return ByteBuffer.allocateDirect(1).put((byte) offset).flip();
    }

    @Override
    public byte[] file(final String path) throws NoSuchFileException {
        if (path.equals("golden/one")) {
            return new byte[] {1};
        }
        if (path.equals("labels.txt") && !labels.isEmpty()) {
            return labels.replace(',', '\n').getBytes(StandardCharsets.UTF_8);
        }
        throw new NoSuchFileException(path);
    }

    @Override
    public String name() {
        return id.name();
    }

    @Override
    public String version() {
        return id.version();
    }

    @Override
    public String file() {
        return "model";
    }

    @Override
    public String precision() {
        return "fp32";
    }

    @Override
    public StageSettings input() {
        return new StageSettings("model.json#/input", "byte", Map.of());
    }

    @Override
    public StageSettings output() {
        return new StageSettings("model.json#/output", "value", labels.isEmpty() ? Map.of()
                : Map.of("labels", "labels.txt"));
    }

    @Override
    public List<Size> sizes() {
        return List.of();
    }

    @Override
    public Map<String, String> session() {
        return Map.of();
    }
}
