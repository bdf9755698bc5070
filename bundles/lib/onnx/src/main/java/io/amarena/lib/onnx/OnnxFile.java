/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import io.amarena.lib.onnx.OnnxFormatException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the summary of an ONNX file in one pass, without loading it: weights are passed over, not read, and memory is
 * bounded by a few megabytes whatever the file claims. Thread-safe.
 *
 * <p>Any bytes may be given. What is not a usable model ends in an {@link OnnxFormatException} and in nothing else.
 */
public final class OnnxFile {

    private OnnxFile() {
    }

    /**
     * Reads a file.
     *
     * @throws OnnxFormatException when it is not a usable ONNX file
     * @throws IOException         when it cannot be read
     */
    public static OnnxSummary read(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        }
    }

    /**
     * Reads an open file from its beginning. The channel's position does not change, and the channel stays open.
     *
     * @throws OnnxFormatException when it is not a usable ONNX file
     * @throws IOException         when it cannot be read
     */
    public static OnnxSummary read(final FileChannel channel) throws IOException {
        return read(new WireReader(channel));
    }

    /**
     * Reads from a buffer's position to its limit, which do not change.
     *
     * @throws OnnxFormatException when it is not a usable ONNX file
     */
    public static OnnxSummary read(final ByteBuffer bytes) throws OnnxFormatException {
        try {
            return read(new WireReader(bytes));
        } catch (final OnnxFormatException wrong) {
            throw wrong;
        } catch (final IOException impossible) {
            throw new UncheckedIOException("A buffer cannot fail to be read", impossible);
        }
    }

    private static OnnxSummary read(final WireReader wire) throws IOException {
        if (wire.size() == 0) {
            throw new OnnxFormatException(Kind.NOT_ONNX, "is empty; copy or export it again");
        }
        final SummaryBuilder summary = new SummaryBuilder(wire.size());
        final ModelWalker walker = new ModelWalker(wire, summary);
        final boolean graph;
        try {
            graph = walker.model();
        } catch (final OnnxFormatException wrong) {
            if (wrong.kind() == Kind.DAMAGED || wrong.kind() == Kind.TRUNCATED) {
                throw summary.begun() ? wrong : notOnnx(wrong.getMessage());
            }
            throw wrong;
        }
        if (!graph) {
            throw summary.begun() ? new OnnxFormatException(Kind.TRUNCATED,
                    "is truncated: it ends before the graph; copy or export it again") : notOnnx("has no graph");
        }
        return summary.build();
    }

    private static OnnxFormatException notOnnx(final String detail) {
        return new OnnxFormatException(Kind.NOT_ONNX, "is not an ONNX file; export the model as ONNX (read as one, it "
                + detail + ')');
    }
}
