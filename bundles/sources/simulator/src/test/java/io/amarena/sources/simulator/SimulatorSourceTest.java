/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.frame.Image;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorSourceTest {

    private final Sink sink = new Sink();
    private SimulatorSource source;

    @AfterEach
    void stop() {
        source.stop();
    }

    @Test
    void frames_are_jpeg_and_carry_their_ground_truth() throws Exception {
        start(true, 0, true);
        for (int i = 0; i < 10; i++) {
            final FrameDraft draft = sink.next();
            final EncodedImage image = (EncodedImage) draft.content();
            assertEquals((byte) 0xFF, image.bytes().get(0));
            assertEquals((byte) 0xD8, image.bytes().get(1));
            final String label = draft.attributes().get("truth.label");
            assertEquals(!label.equals("ok"), draft.attributes().containsKey("truth.box"), draft.attributes().toString());
        }
    }

    @Test
    void raw_frames_are_rgb_of_the_size_asked_for() throws Exception {
        start(false, 0, true);
        final Image image = (Image) sink.next().content();
        assertEquals(96, image.width());
        assertEquals(64, image.height());
    }

    @Test
    void a_frame_that_is_pushed_back_is_offered_again_and_none_is_lost() throws Exception {
        sink.refuse = 3;
        start(false, 20, false);
        for (int i = 0; i < 20; i++) {
            sink.next();
        }
        assertEquals(0, source.missed());
        assertTrue(sink.refused.get() > 0);
    }

    @Test
    void a_stopped_source_offers_nothing_and_a_restarted_one_goes_on_with_new_plates() throws Exception {
        start(false, 0, true);
        final ByteBuffer first = ((Image) sink.next().content()).pixels();
        source.stop();
        sink.offered.clear();
        source.start(sink);
        assertTrue(!first.equals(((Image) sink.next().content()).pixels()), "a new plate");
    }

    private void start(final boolean jpeg, final long limit, final boolean live) {
        final SceneSettings scene = SceneSettings.standard(1).withSize(96, 64);
        source = new SimulatorSource(new CameraSettings("cam", 0, scene, jpeg, 0.85, limit, live));
        source.start(sink);
    }

    /** Takes frames up to a number that wait, and refuses every so many before. */
    private static final class Sink implements FrameSink {

        private final BlockingQueue<FrameDraft> offered = new LinkedBlockingQueue<>(50);
        private final AtomicInteger offers = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private volatile int refuse;

        FrameDraft next() throws InterruptedException {
            final FrameDraft draft = offered.poll(20, TimeUnit.SECONDS);
            if (draft == null) {
                throw new AssertionError("no frame came");
            }
            return draft;
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
            if (refuse > 0 && offers.incrementAndGet() % refuse == 0) {
                refused.incrementAndGet();
                return Admission.REFUSED_BUSY;
            }
            return offered.offer(draft) ? Admission.ACCEPTED : Admission.REFUSED_BUSY;
        }

        @Override
        public boolean awaitCapacity(final Duration atMost) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(1);
            return true;
        }
    }
}
