/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.stage.StageException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Pictures that were made to harm the decoder. */
class HostilePicturesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final JpegAndPngDecoder decoder = new JpegAndPngDecoder();
    private final TestScratch scratch = new TestScratch();

    @Test
    void a_picture_without_width_or_height_is_refused() throws Exception {
        refused(Pictures.png(0, 4, 8, Pictures.GRAY, Pictures.data(4, 4, 0)), "damaged");
        refused(Pictures.png(4, 0, 8, Pictures.GRAY, Pictures.data(4, 4, 0)), "damaged");
        refused(Pictures.png(-1, 4, 8, Pictures.GRAY, Pictures.data(4, 4, 0)), "damaged");
        refused(jpegOfSize(0, 100), "0x100");
        refused(jpegOfSize(100, 0), "100x0");
    }

    @Test
    void a_jpeg_of_absurd_dimensions_is_refused_by_its_header() throws Exception {
        refused(jpegOfSize(65_535, 65_535), "65535x65535");
        assertEquals(0, scratch.allocations());
    }

    @Test
    void a_chunk_that_claims_to_be_huge_is_refused_and_one_that_is_large_is_passed_over() throws Exception {
        final byte[] pixels = Pictures.data(4, 4, 1, 2, 3);
        refused(Pictures.png(4, 4, 8, Pictures.RGB, Pictures.chunk("tEXt", Integer.MAX_VALUE, new byte[10]), pixels),
                "PNG");
        refused(Pictures.png(4, 4, 8, Pictures.RGB, Pictures.chunk("tEXt", -1, new byte[10]), pixels), "PNG");
        refused(Pictures.png(4, 4, 8, Pictures.RGB, Pictures.chunk("IDAT", Integer.MAX_VALUE, new byte[10])), "PNG");
        assertEquals(4, decode(Pictures.png(4, 4, 8, Pictures.RGB, Pictures.chunk("prVt", new byte[8 << 20]), pixels))
                .width());
    }

    @Test
    void a_text_or_a_profile_that_unpacks_to_gigabytes_is_not_unpacked() throws Exception {
        final byte[] bomb = packedZeros(256 << 20);
        final byte[] named = ByteBuffer.allocate(bomb.length + 3).put(new byte[] {'n', 0, 0}).put(bomb).array();
        for (final String type : new String[] {"zTXt", "iCCP"}) {
            assertEquals(4, decode(Pictures.png(4, 4, 8, Pictures.RGB, Pictures.chunk(type, named),
                    Pictures.data(4, 4, 1, 2, 3))).width());
        }
    }

    @Test
    void pixels_that_unpack_to_more_than_the_header_says_fill_no_memory() throws Exception {
        final byte[] picture = Pictures.png(4, 4, 8, Pictures.RGB, Pictures.chunk("IDAT", packedZeros(256 << 20)));
        assertTimeoutPreemptively(SOON, () -> assertEquals(4, decode(picture).width()));
    }

    @Test
    void a_second_header_does_not_smuggle_a_larger_picture_in() throws Exception {
        settled(Pictures.png(4, 4, 8, Pictures.RGB, Pictures.header(30_000, 30_000, 8, Pictures.RGB),
                Pictures.data(4, 4, 1, 2, 3)));
        final byte[] small = Pictures.jpeg(Pictures.noise(16, 16), false);
        settled(Pictures.withSegment(small, 0xC0, startOfFrame(60_000, 60_000)));
        settled(Pictures.withSegment(jpegOfSize(60_000, 60_000), 0xC0, startOfFrame(16, 16)));
    }

    @Test
    void hundreds_of_thousands_of_chunks_and_segments_end_soon() throws Exception {
        final List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            chunks.add(Pictures.chunk("prVt"));
        }
        chunks.add(Pictures.data(4, 4, 1, 2, 3));
        final byte[] png = Pictures.png(4, 4, 8, Pictures.RGB, chunks.toArray(byte[][]::new));
        assertTimeoutPreemptively(SOON, () -> settled(png));
        final byte[] small = Pictures.jpeg(Pictures.noise(16, 16), false);
        final ByteBuffer jpeg = ByteBuffer.allocate(small.length + 200_000 * 4).put(small, 0, 2);
        for (int i = 0; i < 200_000; i++) {
            jpeg.putInt(0xFFE50002);
        }
        refused(jpeg.put(small, 2, small.length - 2).array(), "JPEG");
    }

    @Test
    void a_progressive_jpeg_of_thousands_of_scans_does_not_hold_a_worker() throws Exception {
        final byte[] progressive = Pictures.jpeg(Pictures.noise(64, 64), true);
        assertEquals(64, decode(progressive).width());
        assertTimeoutPreemptively(SOON, () -> refused(Pictures.withScansRepeated(progressive, 2_000), "scans"));
        assertEquals(64, decode(Pictures.withSegment(progressive, 0xE5, manyMarkers())).width());
    }

    /** What looks like thousands of scans within a segment that is passed over, such as a thumbnail. */
    private static byte[] manyMarkers() {
        final ByteBuffer markers = ByteBuffer.allocate(60_000);
        while (markers.hasRemaining()) {
            markers.putShort((short) 0xFFDA);
        }
        return markers.array();
    }

    /** Decoded as small as its first header says, or refused; nothing else. */
    private void settled(final byte[] file) {
        try {
            final Image image = decode(file);
            assertTrue(image.width() <= 16 && image.height() <= 16, image.width() + "x" + image.height());
        } catch (final StageException refused) {
            assertTrue(refused.getMessage().matches(".*(JPEG|PNG).*"), refused.getMessage());
        }
    }

    private void refused(final byte[] file, final String because) {
        final String message = assertThrows(StageException.class, () -> decode(file)).getMessage();
        assertTrue(message.contains(because), message);
    }

    private Image decode(final byte[] file) throws StageException {
        return decoder.decode(new EncodedImage("image/any", ByteBuffer.allocateDirect(file.length).put(file).flip()),
                TestScratch.ALL, scratch);
    }

    private static byte[] jpegOfSize(final int width, final int height) throws Exception {
        final byte[] file = Pictures.jpeg(Pictures.noise(16, 16), false);
        int at = 0;
        while (file[at] != (byte) 0xFF || file[at + 1] != (byte) 0xC0) {
            at++;
        }
        ByteBuffer.wrap(file).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
        return file;
    }

    private static byte[] startOfFrame(final int width, final int height) {
        return ByteBuffer.allocate(15).put((byte) 8).putShort((short) height).putShort((short) width).put((byte) 3)
                .put(new byte[] {1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0}).array();
    }

    private static byte[] packedZeros(final int count) {
        final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        final byte[] block = new byte[1 << 20];
        final java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        final byte[] out = new byte[1 << 16];
        for (int done = 0; done < count; done += block.length) {
            deflater.setInput(block);
            while (!deflater.needsInput()) {
                packed.write(out, 0, deflater.deflate(out));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            packed.write(out, 0, deflater.deflate(out));
        }
        deflater.end();
        return packed.toByteArray();
    }
}
