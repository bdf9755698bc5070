/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One path through a stage: its settings, what the model declares, and what it gets to read. Give a case for every
 * path: what no case goes through is not checked.
 */
public abstract class StageCase {

    private final String use;
    private final Map<String, Object> settings;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    StageCase(final String use, final Map<String, Object> settings) {
        this.use = use;
        this.settings = Map.copyOf(settings);
    }

    /** With a file of the model pack. */
    public StageCase file(final String path, final String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Makes an instance. */
    abstract AutoCloseable create(Object factory, StageContext context) throws Exception;

    /** Brings its frame through an instance; the answers of two calls are equal when they mean the same. */
    abstract Object use(AutoCloseable instance) throws Exception;

    /** A copy of everything that the instance reads and must not change. */
    abstract List<ByteBuffer> read();

    abstract List<TensorSpec> inputs();

    abstract List<TensorSpec> outputs();

    abstract Optional<Size> size();

    /** What {@code create} gets, with more settings. */
    StageContext context(final Map<String, Object> more) {
        final Map<String, Object> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return new StageContext() {

            @Override
            public StageSettings settings() {
                return new StageSettings("model.json", use, all);
            }

            @Override
            public List<TensorSpec> inputs() {
                return StageCase.this.inputs();
            }

            @Override
            public List<TensorSpec> outputs() {
                return StageCase.this.outputs();
            }

            @Override
            public Optional<Size> size() {
                return StageCase.this.size();
            }

            @Override
            public Optional<Double> scoreFloor() {
                return Optional.empty();
            }

            @Override
            public byte[] file(final String path) throws IOException {
                final byte[] bytes = files.get(path);
                if (bytes == null) {
                    throw new NoSuchFileException(path);
                }
                return bytes.clone();
            }
        };
    }

    @Override
    public String toString() {
        return use + ' ' + settings;
    }
}
