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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {

    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe0000000000000000000ffd9");
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000049454e44ae426082");

    @TempDir
    private Path folder;

    private final Sink sink = new Sink();
    private int patienceMillis;
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
    void a_folder_that_disappears_is_told_and_looked_for_until_it_is_back() throws Exception {
        final Path inner = folder.resolve("inner");
        source = new DirectorySource(new FolderSettings("files", inner, false, "*.jpg", FolderSettings.After.KEEP, true,
                0, false, 1_000_000, 0));
        source.start(sink);
        await(() -> !source.status().healthy());
        assertTrue(source.status().message().contains(inner + " cannot be read"), source.status().message());
        for (int round = 0; round < 2; round++) {
            Files.createDirectories(inner);
            Files.write(inner.resolve("a.jpg"), new byte[4]);
            assertEquals("a.jpg", sink.next().name());
            assertTrue(source.status().healthy(), source.status().message());
            Files.delete(inner.resolve("a.jpg"));
            Files.delete(inner);
            await(() -> !source.status().healthy());
        }
    }

    @Test
    void a_picture_that_is_written_slowly_is_taken_when_its_end_is_there() throws Exception {
        patienceMillis = 60_000;
        start(false, FolderSettings.After.KEEP);
        final Path jpeg = folder.resolve("slow.jpg");
        final Path png = folder.resolve("slow.png");
        Files.write(jpeg, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});
        Files.write(png, new byte[0]);
        write("whole.jpg", JPEG);
        assertEquals("whole.jpg", sink.next().name());
        // Several looks later, both are still unfinished.
        write("later.jpg", JPEG);
        assertEquals("later.jpg", sink.next().name());
        assertEquals(0, sink.offers.size());
        Files.write(jpeg, JPEG, StandardOpenOption.APPEND);
        assertEquals(JPEG.length + 3, sink.next().size());
        Files.write(png, PNG);
        assertEquals("slow.png", sink.next().name());
    }

    @Test
    void a_picture_that_never_gets_its_end_is_taken_as_it_is_after_the_patience() throws Exception {
        patienceMillis = 600;
        final long begin = System.nanoTime();
        write("half.jpg", 7);
        start(false, FolderSettings.After.KEEP);
        assertEquals("half.jpg", sink.next().name());
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(600));
    }

    @Test
    void a_file_that_is_written_anew_is_a_new_picture_and_is_not_put_away_with_the_old_one() throws Exception {
        write("latest.jpg", JPEG);
        start(false, FolderSettings.After.MOVE);
        final Offer first = sink.next();
        Files.write(folder.resolve("latest.jpg"), new byte[3], StandardOpenOption.APPEND);
        first.completion.done();
        assertTrue(Files.exists(folder.resolve("latest.jpg")), "the new picture stays");
        final Offer second = sink.next();
        assertEquals(JPEG.length + 3, second.size());
        second.completion.done();
        assertEquals(JPEG.length + 3, Files.size(folder.resolve("processed/latest.jpg")));
    }

    @Test
    void files_that_are_passed_over_are_told_with_their_reason_until_they_are_gone() throws Exception {
        write("a.jpg", 0);
        write("b.jpg", 2_000_000);
        start(true, FolderSettings.After.KEEP);
        await(() -> source.status().message().startsWith("2 files"));
        assertFalse(source.status().healthy());
        Files.delete(folder.resolve("b.jpg"));
        await(() -> source.status().message().contains("a.jpg because it is empty: replace or remove"));
        Files.write(folder.resolve("a.jpg"), JPEG);
        assertEquals("a.jpg", sink.next().name());
        await(() -> source.status().healthy());
    }

    @Test
    void a_folder_from_which_files_cannot_be_moved_is_told_and_no_file_is_taken_twice() throws Exception {
        Files.writeString(folder.resolve("processed"), "no folder");
        write("a.jpg", JPEG);
        start(false, FolderSettings.After.MOVE);
        sink.next().completion.done();
        assertFalse(source.status().healthy());
        assertTrue(source.status().message().contains("cannot be moved"), source.status().message());
        write("b.jpg", JPEG);
        final Offer next = sink.next();
        assertEquals("b.jpg", next.name());
        Files.delete(folder.resolve("processed"));
        next.completion.done();
        assertTrue(source.status().healthy(), source.status().message());
        assertEquals(0, sink.offers.size());
    }

    @Test
    void a_file_that_waits_when_the_source_is_stopped_is_offered_after_the_next_start() throws Exception {
        write("a.jpg", JPEG);
        sink.refusals.set(Integer.MAX_VALUE);
        start(false, FolderSettings.After.MOVE);
        await(() -> sink.refusals.get() < Integer.MAX_VALUE - 3);
        source.stop();
        sink.refusals.set(0);
        source.start(sink);
        assertEquals("a.jpg", sink.next().name());
        assertFalse(Files.exists(folder.resolve("failed")));
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
                1_000_000, patienceMillis));
        source.start(sink);
    }

    private void write(final String name, final int bytes) throws Exception {
        write(name, new byte[bytes]);
    }

    private void write(final String name, final byte[] bytes) throws Exception {
        final Path half = folder.resolve(name + ".half");
        Files.write(half, bytes);
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

        int size() {
            return ((EncodedImage) draft.content()).bytes().remaining();
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
