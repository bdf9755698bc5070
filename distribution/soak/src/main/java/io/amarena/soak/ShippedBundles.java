/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The bundles in the repository of the distribution that the soak rebuilds. */
final class ShippedBundles {

    /** The stages that the shipped model names. */
    static final List<String> STAGES = List.of("io.amarena.stages.image", "io.amarena.stages.detection");

    static final String BACKEND = "io.amarena.backends.onnxruntime";
    static final String PUBLISHER = "io.amarena.publishers.mqtt";
    static final String TRANSPORT = "io.amarena.publishers.mqtt-transport";
    static final String SOURCE = "io.amarena.sources.simulator";

    private static final String PACK = "surface-inspection";

    private final Path repository;

    ShippedBundles(final Path home) {
        this.repository = home.resolve("repository");
    }

    Path pack() throws IOException {
        return jar(PACK);
    }

    /** The jar of an artifact, whose name is that of the bundle. */
    Path jar(final String artifact) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(file -> file.getFileName().toString().startsWith(artifact + "-")
                            && file.getParent().getParent().getFileName().toString().equals(artifact))
                    .filter(file -> file.getFileName().toString().endsWith(".jar")).findFirst()
                    .orElseThrow(() -> new IOException("There is no " + artifact + " in " + repository
                            + ": unpack the distribution again"));
        }
    }
}
