/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The small real models beside the tests. */
final class Samples {

    private Samples() {
    }

    static byte[] bytes(final String name) {
        try (InputStream in = Samples.class.getResourceAsStream(name + ".onnx")) {
            return in.readAllBytes();
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static OnnxSummary summary(final String name) throws OnnxFormatException {
        return OnnxFile.read(ByteBuffer.wrap(bytes(name)));
    }
}
