/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The source behind the servlet; the servlet is tested with a real web server, in the container. */
class HttpSourceTest {

    private final HttpSource source = new HttpSource();
    private final Sink sink = new Sink();

    @Test
    void a_picture_is_handed_over_with_its_bytes_and_its_media_type() {
        source.start(sink);
        assertEquals(Admission.ACCEPTED, source.offer(new byte[] {1, 2, 3}, "image/png", FrameCompletion.NONE));
        final EncodedImage image = (EncodedImage) sink.drafts.get(0).content();
        assertEquals("image/png", image.mediaType());
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), image.bytes());
    }

    @Test
    void without_a_pipeline_a_picture_is_not_wanted() {
        assertEquals(Admission.REFUSED_UNWANTED, source.offer(new byte[1], "image/png", FrameCompletion.NONE));
        source.start(sink);
        source.stop();
        assertEquals(Admission.REFUSED_UNWANTED, source.offer(new byte[1], "image/png", FrameCompletion.NONE));
        assertEquals(List.of(), sink.drafts);
    }

    @Test
    void without_memory_the_gateway_is_busy_and_what_never_fits_is_told() {
        source.start(sink);
        sink.room = 10;
        assertEquals(Admission.REFUSED_BUSY, source.offer(new byte[11], "image/png", FrameCompletion.NONE));
        assertThrows(IllegalArgumentException.class,
                () -> source.offer(new byte[Sink.MOST + 1], "image/png", FrameCompletion.NONE));
        assertEquals(Admission.ACCEPTED, source.offer(new byte[10], "image/png", FrameCompletion.NONE));
    }

    private static final class Sink implements FrameSink {

        private static final int MOST = 100;

        private final List<FrameDraft> drafts = new ArrayList<>();
        private int room = MOST;

        @Override
        public FrameBuffer allocate(final int bytes) {
            if (bytes > MOST) {
                throw new IllegalArgumentException("never");
            }
            final ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
            return bytes > room ? null : new FrameBuffer() {

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
            drafts.add(draft);
            return Admission.ACCEPTED;
        }

        @Override
        public boolean awaitCapacity(final Duration atMost) {
            return true;
        }
    }
}
