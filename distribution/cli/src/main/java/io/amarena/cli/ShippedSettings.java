/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The settings that come with the distribution: a gateway that has none yet starts with a copy of them. */
final class ShippedSettings {

    private static final String PIPELINES = "io.amarena.pipeline~";

    private ShippedSettings() {
    }

    /** Copies the shipped settings when there is no such folder; whether it did. */
    static boolean copyTo(final Path home, final Path configs) throws EnvironmentException {
        if (Files.exists(configs)) {
            return false;
        }
        try {
            Files.createDirectories(configs);
            for (final Path file : files(home.resolve("configs"))) {
                Files.copy(file, configs.resolve(file.getFileName()));
            }
            return true;
        } catch (final IOException e) {
            throw new EnvironmentException("The folder of settings " + configs + " cannot be written: " + e
                    + ". Choose another one with --configs, or another data folder with --data", e);
        }
    }

    /** Whether any pipeline is configured. */
    static boolean hasPipelines(final Path configs) {
        try {
            return files(configs).stream().anyMatch(file -> file.getFileName().toString().startsWith(PIPELINES));
        } catch (final IOException e) {
            return false;
        }
    }

    private static List<Path> files(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json")).sorted().toList();
        }
    }
}
