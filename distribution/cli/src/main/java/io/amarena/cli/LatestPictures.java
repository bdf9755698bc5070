/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.Gateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps the latest annotated pictures of all pipelines in a folder, until it is closed. */
final class LatestPictures implements AutoCloseable {

    private static final double PER_SECOND = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Path folder;
    private final Thread thread;

    private LatestPictures(final Path folder, final Thread thread) {
        this.folder = folder;
        this.thread = thread;
    }

    /** Begins to write pictures; empty where no bundle draws them. */
    static Optional<LatestPictures> in(final Path folder, final Gateway gateway) throws InterruptedException {
        final Optional<Function<Map<String, Object>, Integer>> drawing =
                Workbench.of(gateway, "demo-pictures", PATIENCE);
        if (drawing.isEmpty()) {
            return Optional.empty();
        }
        final Thread thread = new Thread(() -> drawing.get().apply(
                Map.of("folder", folder.toString(), "perSecond", PER_SECOND)), "amarena-demo-pictures");
        thread.setDaemon(true);
        thread.start();
        return Optional.of(new LatestPictures(folder, thread));
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
