/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.frame.Frame;
import io.amarena.api.manage.FrameTap;
import io.amarena.api.manage.TapListener;
import io.amarena.api.result.Result;
import io.amarena.lib.draw.AnnotatedPicture;
import io.amarena.lib.draw.FramePicture;
import io.amarena.lib.draw.PictureFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code demo-pictures}: keeps the latest annotated pictures of every pipeline in a folder, until its thread
 * is interrupted. Arguments: {@code folder} (text), {@code perSecond} (number, pictures per pipeline).
 */
@Component(service = Function.class, property = "amarena.command=demo-pictures")
public final class DemoPictures implements Function<Map<String, Object>, Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(DemoPictures.class);
    private static final int KEPT_PER_PIPELINE = 8;
    private static final double LOOKS_PER_PICTURE = 20;
    private static final int SIDE = 960;

    private final FrameTap tap;

    @Activate
    public DemoPictures(@Reference final FrameTap tap) {
        this.tap = tap;
    }

    @Override
    public Integer apply(final Map<String, Object> arguments) {
        final Path folder = Path.of((String) arguments.get("folder"));
        final double perSecond = ((Number) arguments.get("perSecond")).doubleValue();
        try {
            Files.createDirectories(folder);
        } catch (final IOException failed) {
            LOG.error("The folder {} for annotated pictures cannot be made: {}", folder, failed.toString());
            return 1;
        }
        try (AutoCloseable looking = tap.open("*", LOOKS_PER_PICTURE * perSecond, new Album(folder, perSecond))) {
            new CountDownLatch(1).await();
        } catch (final InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (final Exception failed) {
            LOG.error("Annotated pictures end: {}", failed.toString(), failed);
            return 1;
        }
        return 0;
    }

    /** Draws what it sees into the folder, not more often than asked for per pipeline. */
    private static final class Album implements TapListener {

        private final Path folder;
        private final long intervalNanos;
        private final AnnotatedPicture drawing = AnnotatedPicture.bounded(SIDE);
        private final Map<String, Long> lastAt = new HashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private boolean failing;

        Album(final Path folder, final double perSecond) {
            this.folder = folder;
            this.intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        }

        @Override
        public void seen(final Frame frame, final Result result) {
            final long now = System.nanoTime();
            final Long last = lastAt.get(result.pipeline());
            if (last != null && now - last < intervalNanos) {
                return;
            }
            lastAt.put(result.pipeline(), now);
            final int count = counts.merge(result.pipeline(), 1, Integer::sum) % KEPT_PER_PIPELINE;
            try {
                final byte[] picture = PictureFile.jpeg(draw(frame, result), PictureFile.JPEG_QUALITY);
                write(result.pipeline() + "-" + (count + 1) + ".jpg", picture);
                write(result.pipeline() + ".jpg", picture);
                failing = false;
            } catch (final IOException failed) {
                if (!failing) {
                    failing = true;
                    LOG.warn("Annotated pictures cannot be written to {}: {}", folder, failed.toString());
                }
            }
        }

        private BufferedImage draw(final Frame frame, final Result result) {
            try {
                return drawing.draw(FramePicture.of(frame.content(), SIDE), result, Truths.of(result));
            } catch (final IOException noPicture) {
                return drawing.drawWithoutPicture(result);
            }
        }

        private void write(final String name, final byte[] picture) throws IOException {
            final Path half = folder.resolve("." + name);
            Files.write(half, picture);
            Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
