/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.backendkit;

import io.amarena.api.model.GoldenSample;
import io.amarena.api.model.Model;
import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.model.ModelId;
import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;

/** A model pack that exists in memory alone. Immutable. */
public final class KitPack implements Model, ModelDescriptor {

    private static final String VERSION = "1.0.0";
    private static final String DIGEST = "0".repeat(64);

    private final String name;
    private final String file;
    private final String precision;
    private final ByteBuffer bytes;

    private KitPack(final String name, final String file, final String precision, final ByteBuffer bytes) {
        this.name = name;
        this.file = file;
        this.precision = precision;
        this.bytes = bytes;
    }

    /** A float model of that name in a file {@code model.onnx}. */
    public static KitPack of(final String name, final byte[] content) {
        final ByteBuffer direct = ByteBuffer.allocateDirect(content.length).put(content).flip();
        return new KitPack(name, "model.onnx", "fp32", direct.asReadOnlyBuffer());
    }

    public KitPack withFile(final String other) {
        return new KitPack(name, other, precision, bytes);
    }

    public KitPack withPrecision(final String other) {
        return new KitPack(name, file, other, bytes);
    }

    @Override
    public ModelId id() {
        return new ModelId(name, VERSION, DIGEST);
    }

    @Override
    public ModelDescriptor descriptor() {
        return this;
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    @Override
    public byte[] file(final String path) throws IOException {
        throw new NoSuchFileException(path);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public String contract() {
        return "values/1";
    }

    @Override
    public String file() {
        return file;
    }

    @Override
    public String precision() {
        return precision;
    }

    @Override
    public StageSettings input() {
        return new StageSettings("model.json#/input", "none", Map.of());
    }

    @Override
    public StageSettings output() {
        return new StageSettings("model.json#/output", "none", Map.of());
    }

    @Override
    public List<Size> sizes() {
        return List.of();
    }

    @Override
    public int maxBatch() {
        return 8;
    }

    @Override
    public Map<String, String> session() {
        return Map.of();
    }

    @Override
    public List<GoldenSample> golden() {
        return List.of();
    }
}
