/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.sourcekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.frame.Image;
import io.amarena.api.source.FrameSource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every source has to do, as tests: extend it, make a source, and say how a frame comes about. */
public abstract class SourceContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BOUND = Duration.ofSeconds(5);
    /** How long nothing must come, to say that nothing comes. */
    private static final Duration SILENCE = Duration.ofMillis(700);

    private final KitSink sink = new KitSink();
    private FrameSource source;

    /** A source that was not started yet; the same object takes part in the whole test. */
    protected abstract FrameSource source() throws Exception;

    /**
     * Brings a frame about: writes a file, posts a picture. Does nothing for a source that films by itself. Called also
     * while the source is stopped, and must not wait for the frame's result.
     *
     * @param number another one for each frame of a test
     */
    protected abstract void bring(int number) throws Exception;

    /** Whether a frame that was brought about and not handed over must come later, as files must. */
    protected abstract boolean keepsFrames();

    @BeforeEach
    void a_source() throws Exception {
        source = source();
    }

    @AfterEach
    void it_has_given_back_all_memory() {
        source.stop();
        assertEquals(0, sink.out(), "pieces of memory that were neither offered nor closed");
        assertEquals(0, sink.foreign(), "drafts whose memory is not the gateway's, or was offered twice");
    }

    @Test
    void a_frame_lies_in_the_memory_of_its_buffer() throws Exception {
        source.start(sink);
        bring(1);
        awaitTaken(1);
        final FrameDraft draft = sink.taken().get(0);
        final FrameContent content = draft.content();
        if (content instanceof EncodedImage) {
            assertTrue(((EncodedImage) content).bytes().isDirect());
            assertTrue(((EncodedImage) content).bytes().remaining() > 0);
            assertTrue(((EncodedImage) content).bytes().remaining() <= draft.buffer().bytes().capacity());
        } else if (content instanceof Image) {
            assertTrue(((Image) content).pixels().isDirect());
            assertEquals(draft.buffer().bytes().capacity(), ((Image) content).pixels().capacity());
        }
    }

    @Test
    void a_source_that_was_never_started_can_be_stopped() {
        source.stop();
        source.stop();
        assertEquals(0, sink.taken().size());
    }

    @Test
    void a_stopped_source_offers_nothing() throws Exception {
        source.start(sink);
        bring(1);
        awaitTaken(1);
        source.stop();
        source.stop();
        final int before = sink.taken().size();
        bring(2);
        assertFalse(sink.awaitTaken(before + 1, SILENCE), "a frame came after the stop");
    }

    @Test
    void stop_returns_only_when_the_frame_that_is_on_its_way_was_offered_or_given_up() throws Exception {
        final Thread stopping = new Thread(source::stop, "stops the source");
        sink.closedWhen(() -> stopping.getState() == Thread.State.TERMINATED);
        sink.onAllocate(() -> {
            stopping.start();
            joinBriefly(stopping);
        });
        source.start(sink);
        bring(1);
        assertTrue(sink.awaitAsked(1, PATIENCE), "no memory was asked for");
        stopping.join(BOUND.toMillis());
        assertFalse(stopping.isAlive(), "stop does not return");
        assertFalse(sink.awaitTaken(Integer.MAX_VALUE, SILENCE));
        assertEquals(0, sink.offeredAfterStop(), "frames that were offered after stop had returned");
        if (keepsFrames() && sink.taken().isEmpty()) {
            sink.closedWhen(() -> false);
            source.start(sink);
            awaitTaken(1);
        }
    }

    /** Until it has ended or clearly waits for us. The interrupt that may come from it is kept. */
    private static void joinBriefly(final Thread thread) {
        boolean interrupted = false;
        final long until = System.nanoTime() + SILENCE.toNanos();
        while (thread.isAlive() && System.nanoTime() < until) {
            try {
                thread.join(20);
            } catch (final InterruptedException meant) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void start_and_stop_return_while_the_gateway_is_full() throws Exception {
        sink.full(true);
        final long start = System.nanoTime();
        source.start(sink);
        bring(1);
        assertTrue(sink.awaitAsked(1, PATIENCE), "no memory was asked for");
        final long stop = System.nanoTime();
        source.stop();
        assertTrue(System.nanoTime() - stop < BOUND.toNanos(), "stop takes long");
        assertTrue(stop - start < PATIENCE.toNanos());
        assertEquals(0, sink.taken().size());
    }

    @Test
    void a_frame_that_waited_when_the_source_was_stopped_comes_after_the_next_start() throws Exception {
        assumeTrue(keepsFrames(), "SKIPPED: this source does not keep frames");
        sink.full(true);
        source.start(sink);
        bring(1);
        assertTrue(sink.awaitAsked(1, PATIENCE), "no memory was asked for");
        source.stop();
        sink.full(false);
        source.start(sink);
        awaitTaken(1);
        assertFalse(sink.awaitTaken(2, SILENCE), "the frame came twice");
    }

    @Test
    void a_source_starts_again_with_another_sink() throws Exception {
        source.start(sink);
        bring(1);
        awaitTaken(1);
        source.stop();
        final int before = sink.taken().size();
        final KitSink next = new KitSink();
        source.start(next);
        bring(2);
        assertTrue(next.awaitTaken(1, PATIENCE), "no frame came after the second start");
        assertEquals(before, sink.taken().size(), "frames that went to the old sink");
    }

    @Test
    void a_second_start_replaces_the_sink() throws Exception {
        source.start(new KitSink());
        source.start(sink);
        bring(1);
        awaitTaken(1);
    }

    private void awaitTaken(final int count) throws InterruptedException {
        assertTrue(sink.awaitTaken(count, PATIENCE), () -> sink.taken().size() + " frames came instead of " + count);
    }
}
