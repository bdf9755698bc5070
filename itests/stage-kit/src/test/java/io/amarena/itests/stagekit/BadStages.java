/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import io.amarena.api.result.Outcome;
import io.amarena.api.result.Text;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;

/** Stages that break one rule each, and one that keeps them all. */
final class BadStages {

    private BadStages() {
    }

    private static String words() {
        try (InputStream in = BadStages.class.getResourceAsStream("words.txt")) {
            if (in == null) {
                throw new IllegalStateException("words.txt is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Outcome text(final String text) {
        return new Text(text, 1);
    }

    /** Reads everything in create. */
    static final class Good implements PostprocessorFactory {

        @Override
        public Postprocessor create(final StageContext context) {
            final String words = words();
            return (outputs, index, geometry) -> text(words);
        }
    }

    /** Reads a resource when a frame comes. */
    static final class LateResource implements PostprocessorFactory {

        @Override
        public Postprocessor create(final StageContext context) {
            return (outputs, index, geometry) -> text(words());
        }
    }

    /** Keeps the bundle context, in a lambda. */
    static final class KeepsContext implements PostprocessorFactory {

        private final BundleContext context;

        KeepsContext(final BundleContext context) {
            this.context = context;
        }

        @Override
        public Postprocessor create(final StageContext ignored) {
            final BundleContext kept = context;
            return (outputs, index, geometry) -> text(String.valueOf(kept == null));
        }
    }

    /** Keeps its factory. */
    static final class KeepsFactory implements PostprocessorFactory {

        private String answer() {
            return "yes";
        }

        @Override
        public Postprocessor create(final StageContext context) {
            return (outputs, index, geometry) -> text(answer());
        }
    }

    /** Looks up how to say good-bye when it is closed. */
    static final class LazyClose implements PostprocessorFactory {

        @Override
        public Postprocessor create(final StageContext context) {
            return new Polite();
        }

        private static final class Polite implements Postprocessor {

            @Override
            public Outcome read(final Tensors outputs, final int index, final Geometry geometry) {
                return text("yes");
            }

            @Override
            public void close() {
                words();
            }
        }
    }

    /** Leaves a thread behind. */
    static final class LeavesThread implements PostprocessorFactory {

        @Override
        public Postprocessor create(final StageContext context) {
            final Thread thread = new Thread(LeavesThread::sleep, "left behind");
            thread.setDaemon(true);
            thread.start();
            return (outputs, index, geometry) -> text("yes");
        }

        private static void sleep() {
            try {
                new CountDownLatch(1).await();
            } catch (final InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writes into the outputs that it reads. */
    static final class ChangesInput implements PostprocessorFactory {

        @Override
        public Postprocessor create(final StageContext context) {
            return (outputs, index, geometry) -> {
                outputs.get("y").data().putFloat(0, 7);
                return text("yes");
            };
        }
    }

    /** Gives another answer with every frame. */
    static final class Moody implements PostprocessorFactory {

        @Override
        public Postprocessor create(final StageContext context) {
            final AtomicInteger frames = new AtomicInteger();
            return (outputs, index, geometry) -> text("frame " + frames.incrementAndGet());
        }
    }
}
