/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {

    @TempDir
    private Path folder;

    private final Sink sink = new Sink();
    private DirectorySource source;

    @AfterEach
    void stop() {
        source.stop();
    }

    @Test
    void files_that_are_there_and_files_that_come_are_taken_once_in_the_order_of_names() throws Exception {
        write("b.png", 7);
        write("a.JPG", 5);
        write("notes.txt", 3);
        start(false, FolderSettings.After.KEEP);
        assertEquals("a.JPG", sink.next().name());
        assertEquals("b.png", sink.next().name());
        write("c.jpeg", 9);
        final Offer last = sink.next();
        assertEquals("c.jpeg", last.name());
        assertEquals(9, ((EncodedImage) last.draft.content()).bytes().remaining());
        assertTrue(Files.exists(folder.resolve("a.JPG")));
    }

    @Test
    void a_file_is_moved_only_after_every_pipeline_has_answered() throws Exception {
        write("a.jpg", 5);
        start(false, FolderSettings.After.MOVE);
        final Offer offer = sink.next();
        assertTrue(Files.exists(folder.resolve("a.jpg")));
        offer.completion.done();
        assertTrue(Files.exists(folder.resolve("processed/a.jpg")));
        assertFalse(Files.exists(folder.resolve("a.jpg")));
    }

    @Test
    void a_refused_file_is_offered_again() throws Exception {
        sink.refusals.set(5);
        write("a.jpg", 5);
        start(false, FolderSettings.After.KEEP);
        assertEquals("a.jpg", sink.next().name());
        assertTrue(sink.refusals.get() <= 0);
    }

    @Test
    void an_empty_file_and_one_that_is_too_large_are_put_aside_and_others_go_on() throws Exception {
        write("a.jpg", 0);
        write("b.jpg", 2_000_000);
        write("c.jpg", 5);
        start(false, FolderSettings.After.MOVE);
        assertEquals("c.jpg", sink.next().name());
        await(() -> Files.exists(folder.resolve("failed/a.jpg")) && Files.exists(folder.resolve("failed/b.jpg")));
    }

    @Test
    void a_folder_that_disappears_is_looked_for_until_it_is_back() throws Exception {
        final Path inner = folder.resolve("inner");
        source = new DirectorySource(new FolderSettings("files", inner, false, "*.jpg", FolderSettings.After.KEEP, true,
                0, false, 1_000_000));
        source.start(sink);
        Files.createDirectories(inner);
        Files.write(inner.resolve("a.jpg"), new byte[4]);
        assertEquals("a.jpg", sink.next().name());
    }

    @Test
    void a_replay_shows_all_files_again_and_again() throws Exception {
        write("a.jpg", 5);
        write("b.jpg", 5);
        start(true, FolderSettings.After.KEEP);
        for (int i = 0; i < 6; i++) {
            assertEquals(i % 2 == 0 ? "a.jpg" : "b.jpg", sink.next().name());
        }
        source.stop();
        sink.offers.clear();
        assertEquals(0, sink.offers.size());
    }

    private void start(final boolean replay, final FolderSettings.After after) {
        source = new DirectorySource(new FolderSettings("files", folder, replay, "*.{jpg,jpeg,png}", after, true, 0, false,
                1_000_000));
        source.start(sink);
    }

    private void write(final String name, final int bytes) throws Exception {
        final Path half = folder.resolve(name + ".half");
        Files.write(half, new byte[bytes]);
        Files.move(half, folder.resolve(name));
    }

    private static void await(final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, "it did not happen in time");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static final class Offer {

        private final FrameDraft draft;
        private final FrameCompletion completion;

        Offer(final FrameDraft draft, final FrameCompletion completion) {
            this.draft = draft;
            this.completion = completion;
        }

        String name() {
            return draft.attributes().get("file");
        }
    }

    private static final class Sink implements FrameSink {

        private final BlockingQueue<Offer> offers = new LinkedBlockingQueue<>(10);
        private final AtomicInteger refusals = new AtomicInteger();

        Offer next() throws InterruptedException {
            final Offer offer = offers.poll(20, TimeUnit.SECONDS);
            if (offer == null) {
                throw new AssertionError("no file was offered");
            }
            return offer;
        }

        @Override
        public FrameBuffer allocate(final int bytes) {
            final ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
            return new FrameBuffer() {

                @Override
                public ByteBuffer bytes() {
                    return memory;
                }

                @Override
                public void close() {
                    // The garbage collector takes it.
                }
            };
        }

        @Override
        public Admission offer(final FrameDraft draft, final FrameCompletion completion) {
            if (refusals.getAndDecrement() > 0) {
                return Admission.REFUSED_BUSY;
            }
            return offers.offer(new Offer(draft, completion)) ? Admission.ACCEPTED : Admission.REFUSED_BUSY;
        }

        @Override
        public boolean awaitCapacity(final Duration atMost) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(1);
            return true;
        }
    }
}
