/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files that a pack is made from.
 *
 * @param model      ONNX file
 * @param descriptor the model's {@code model.json}, under any name
 * @param labels     one class per line; without it, the file that the descriptor names lies beside the descriptor, or
 *                   the model itself names its classes
 * @param golden     folder with pictures and their expectations
 */
public record PackSources(Path model, Path descriptor, Optional<Path> labels, Optional<Path> golden) {

    /** The folder of the descriptor, where the files that it names may lie. */
    Path beside() {
        return descriptor.toAbsolutePath().getParent();
    }
}
