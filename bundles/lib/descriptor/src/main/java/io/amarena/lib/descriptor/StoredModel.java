/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import io.amarena.api.model.Model;
import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.model.ModelId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A pack that lies unpacked in a folder. */
record StoredModel(ModelId id, ModelDescriptor descriptor, Path folder) implements Model {

    /** Golden samples and labels are read as a whole. */
    static final long MOST_FILE_BYTES = 64L << 20;

    @Override
    public ByteBuffer bytes() throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(descriptor.file()), StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    @Override
    public byte[] file(final String path) throws IOException {
        final Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) {
            throw new NoSuchFileException(path, null, "it lies outside of the pack");
        }
        if (Files.size(file) > MOST_FILE_BYTES) {
            throw new IOException(path + " has " + Files.size(file) + " bytes; of files beside the model at most "
                    + MOST_FILE_BYTES + " are read");
        }
        return Files.readAllBytes(file);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
