/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.Slot;
import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.model.GoldenSample;
import io.amarena.api.model.Model;
import io.amarena.api.model.Size;
import io.amarena.api.result.Outcome;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.StageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Brings single samples through a deployment that is being built, on the thread that builds it. */
final class SampleRun {

    private final Model model;
    private final Session session;
    private final Stages stages;
    private final long maxPixels;

    SampleRun(final Model model, final Session session, final Stages stages, final long maxPixels) {
        this.model = model;
        this.session = session;
        this.stages = stages;
        this.maxPixels = maxPixels;
    }

    /** The outputs of a run are not what the model declares, or no numbers. */
    static final class BrokenOutputException extends Exception {

        private static final long serialVersionUID = 1L;

        BrokenOutputException(final String message) {
            super(message);
        }
    }

    /** What the deployment answers to a golden sample. */
    Outcome of(final GoldenSample sample) throws BackendException, StageException, IOException, BrokenOutputException {
        final byte[] file = model.file(sample.file());
        final ByteBuffer bytes = ByteBuffer.allocateDirect(file.length).put(file).flip();
        FrameContent content = new EncodedImage("image/png", bytes);
        try {
            if (stages.preprocessor().needsDecodedImages()) {
                content = Decoding.decode(stages.decoders(), (EncodedImage) content, stages.preprocessor(),
                        new WorkerScratch(maxPixels));
            }
            return run(content);
        } catch (final StageException failed) {
            throw new StageException("golden sample " + sample.file() + ": " + failed.getMessage(), failed);
        } catch (final BrokenOutputException broken) {
            throw new BrokenOutputException("golden sample " + sample.file() + ": " + broken.getMessage());
        }
    }

    /**
     * What the deployment answers to a picture of that size that shows every brightness, for packs without samples of
     * their own; empty when the preprocessor takes no decoded pictures.
     */
    Optional<Outcome> ofGradient(final Size size) throws BackendException, StageException, BrokenOutputException {
        if (!stages.preprocessor().needsDecodedImages()) {
            return Optional.empty();
        }
        final ByteBuffer pixels = ByteBuffer.allocateDirect(3 * size.width() * size.height());
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                pixels.put((byte) (255 * x / size.width())).put((byte) (255 * y / size.height()))
                        .put((byte) (255 * (x + y) / (size.width() + size.height())));
            }
        }
        final Image picture = new Image(size.width(), size.height(), 3 * size.width(), PixelFormat.RGB, pixels.flip());
        final Slot slot = session.acquire(stages.preprocessor().layout(1));
        try {
            final Geometry geometry;
            try {
                geometry = stages.preprocessor().write(picture, slot.inputs(), 0);
            } catch (final StageException noPictures) {
                return Optional.empty();
            }
            return Optional.of(answer(slot, geometry));
        } finally {
            slot.release();
        }
    }

    private Outcome run(final FrameContent content) throws BackendException, StageException, BrokenOutputException {
        final Slot slot = session.acquire(stages.preprocessor().layout(1));
        try {
            return answer(slot, stages.preprocessor().write(content, slot.inputs(), 0));
        } finally {
            slot.release();
        }
    }

    private Outcome answer(final Slot slot, final Geometry geometry)
            throws BackendException, StageException, BrokenOutputException {
        slot.run(1);
        final Optional<String> wrong = OutputCheck.misshapen(slot.outputs(), 1)
                .or(() -> OutputCheck.notFinite(slot.outputs()));
        if (wrong.isPresent()) {
            throw new BrokenOutputException(wrong.get());
        }
        return stages.postprocessor().read(slot.outputs(), 0, geometry);
    }
}
