/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import io.amarena.api.source.FrameSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera over the simulated conveyor: renders one plate after the other on a thread of its own and offers each with
 * its ground truth.
 *
 * <p>Frames have an absolute schedule, so that the rate does not drift. A frame that is late by more than a period is
 * not made up for: the plate has passed. A frame that is refused is offered again until it is taken, unless the source
 * is live: then it has passed too.
 */
final class SimulatorSource implements FrameSource {

    /** Frame attribute: label of the plate's defect, or {@code ok}. */
    static final String TRUTH_LABEL = "truth.label";

    /** Frame attribute: box of the defect as {@code x,y,width,height} in frame pixels; missing without a defect. */
    static final String TRUTH_BOX = "truth.box";

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorSource.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final CameraSettings settings;
    private Thread camera;
    private volatile boolean running;
    /** The next plate; goes on after a stop, so that a restarted line shows new plates. */
    private volatile long sequence;
    private volatile long missed;

    SimulatorSource(final CameraSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized void start(final FrameSink sink) {
        stop();
        running = true;
        camera = new Thread(() -> run(sink), "amarena-simulator-" + settings.name());
        camera.setDaemon(true);
        camera.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (camera == null) {
            return;
        }
        camera.interrupt();
        boolean interrupted = false;
        while (camera.isAlive()) {
            try {
                camera.join();
            } catch (final InterruptedException again) {
                interrupted = true;
            }
        }
        camera = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Plates that passed without a frame because rendering or the gateway was too slow. */
    long missed() {
        return missed;
    }

    private void run(final FrameSink sink) {
        try (Film film = settings.jpeg() ? new JpegFilm(settings) : new RawFilm(settings)) {
            final double period = settings.framesPerSecond() > 0 ? 1e9 / settings.framesPerSecond() : 0;
            long tick = 0;
            final long begin = System.nanoTime();
            while (running && !exhausted()) {
                final long due = begin + (long) (tick * period);
                final long late = System.nanoTime() - due;
                if (late < 0) {
                    LockSupport.parkNanos(-late);
                    continue;
                }
                if (period > 0 && late > period) {
                    final long passed = (long) (late / period);
                    tick += passed;
                    missed += passed;
                    continue;
                }
                tick++;
                film(sink, film);
            }
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException | OutOfMemoryError broken) {
            LOG.error("Simulator {} ends: {}", settings.name(), broken.toString(), broken);
        }
    }

    private boolean exhausted() {
        return settings.limit() > 0 && sequence >= settings.limit();
    }

    private void film(final FrameSink sink, final Film film) throws InterruptedException {
        final GroundTruth truth = film.render(sequence);
        while (running) {
            final FrameBuffer buffer = sink.allocate(film.bytes());
            final Admission answer = buffer == null ? Admission.REFUSED_BUSY : sink.offer(draft(film, buffer, truth),
                    FrameCompletion.NONE);
            if (answer.accepted()) {
                sequence++;
                return;
            }
            if (answer == Admission.REFUSED_BUSY && !settings.live()) {
                sink.awaitCapacity(PATIENCE);
            } else {
                missed++;
                sequence++;
                if (answer == Admission.REFUSED_UNWANTED) {
                    TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
                }
                return;
            }
        }
    }

    private FrameDraft draft(final Film film, final FrameBuffer buffer, final GroundTruth truth) {
        final FrameDraft draft = FrameDraft.of(buffer, film.copyTo(buffer))
                .withAttribute(TRUTH_LABEL, truth.label());
        return truth.defective() ? draft.withAttribute(TRUTH_BOX, truth.boxText()) : draft;
    }

    /** What the camera writes its pictures on. */
    private interface Film extends AutoCloseable {

        GroundTruth render(long sequence);

        /** Size of the rendered picture. */
        int bytes();

        FrameContent copyTo(FrameBuffer buffer);

        @Override
        void close();
    }

    private static final class JpegFilm implements Film {

        private final Scene scene;
        private final JpegEncoder encoder;
        private byte[] encoded;

        JpegFilm(final CameraSettings settings) {
            scene = new Scene(settings.scene());
            encoder = new JpegEncoder(settings.scene().width(), settings.scene().height(), settings.quality());
        }

        @Override
        public GroundTruth render(final long sequence) {
            final GroundTruth truth = scene.render(sequence, encoder.pixels());
            encoded = encoder.encode();
            return truth;
        }

        @Override
        public int bytes() {
            return encoded.length;
        }

        @Override
        public FrameContent copyTo(final FrameBuffer buffer) {
            buffer.bytes().put(0, encoded);
            return new EncodedImage("image/jpeg", buffer.bytes());
        }

        @Override
        public void close() {
            encoder.close();
        }
    }

    private static final class RawFilm implements Film {

        private final Scene scene;
        private final SceneSettings settings;
        private final byte[] pixels;

        RawFilm(final CameraSettings settings) {
            this.settings = settings.scene();
            scene = new Scene(this.settings);
            pixels = new byte[this.settings.frameBytes()];
        }

        @Override
        public GroundTruth render(final long sequence) {
            return scene.render(sequence, pixels);
        }

        @Override
        public int bytes() {
            return pixels.length;
        }

        @Override
        public FrameContent copyTo(final FrameBuffer buffer) {
            buffer.bytes().put(0, pixels);
            return new Image(settings.width(), settings.height(), settings.width() * 3, PixelFormat.RGB,
                    buffer.bytes());
        }

        @Override
        public void close() {
            // The picture is an array.
        }
    }
}
