/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import io.amarena.lib.onnx.OnnxFile;
import io.amarena.lib.onnx.OnnxSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small models beside the tests, made by {@code make_models.py}. */
final class Samples {

    private Samples() {
    }

    static byte[] bytes(final String name) throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream(name + ".onnx")) {
            return in.readAllBytes();
        }
    }

    static OnnxSummary summary(final String name) throws IOException {
        return OnnxFile.read(ByteBuffer.wrap(bytes(name)));
    }

    static Path copy(final String name, final Path target) throws IOException {
        return Files.write(target, bytes(name));
    }
}
