/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.stage.ImageHeader;
import io.amarena.api.stage.StageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Reads what the header of a JPEG or PNG file says, without decoding anything and within a bounded number of steps.
 * A pure function over the bytes.
 */
final class HeaderProbe {

    static final String JPEG = "JPEG";
    static final String PNG = "PNG";

    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int PNG_IHDR = 0x49484452;
    private static final int START_OF_SCAN = 0xDA;
    private static final int MOST_SEGMENTS = 1000;

    private HeaderProbe() {
    }

    /**
     * Probes from position to limit; neither is changed.
     *
     * @return empty when it is neither JPEG nor PNG
     * @throws StageException when it is one of them, but damaged before the size is known
     */
    static Optional<ImageHeader> probe(final ByteBuffer encoded) throws StageException {
        final ByteBuffer bytes = encoded.slice().order(ByteOrder.BIG_ENDIAN);
        if (bytes.remaining() >= 8 && bytes.getLong(0) == PNG_SIGNATURE) {
            return Optional.of(png(bytes));
        }
        if (bytes.remaining() >= 3 && bytes.get(0) == (byte) 0xFF && bytes.get(1) == (byte) 0xD8
                && bytes.get(2) == (byte) 0xFF) {
            return Optional.of(jpeg(bytes));
        }
        return Optional.empty();
    }

    private static ImageHeader png(final ByteBuffer bytes) throws StageException {
        if (bytes.remaining() < 33) {
            throw truncated(PNG, bytes);
        }
        final int width = bytes.getInt(16);
        final int height = bytes.getInt(20);
        if (bytes.getInt(12) != PNG_IHDR || width < 1 || height < 1) {
            throw new StageException("the PNG picture is damaged: it does not begin with a valid header; save it again");
        }
        return new ImageHeader(PNG, width, height);
    }

    private static ImageHeader jpeg(final ByteBuffer bytes) throws StageException {
        final int at = segment(bytes, 2, HeaderProbe::isStartOfFrame);
        if (at + 8 > bytes.limit()) {
            throw truncated(JPEG, bytes);
        }
        return size(bytes, at);
    }

    /**
     * How many scans the JPEG picture from position to limit has. Pairs of bytes that only look like the marker are
     * counted too, so that the number is never too small; a picture whose first scan holds everything has one.
     */
    static int scans(final ByteBuffer encoded) throws StageException {
        final ByteBuffer bytes = encoded.slice().order(ByteOrder.BIG_ENDIAN);
        final int frame = segment(bytes, 2, HeaderProbe::isStartOfFrame);
        final int first = segment(bytes, frame, marker -> marker == START_OF_SCAN);
        if (first + 4 > bytes.limit()) {
            throw truncated(JPEG, bytes);
        }
        final boolean progressive = (bytes.get(frame) & 3) == 2;
        if (!progressive && bytes.get(first + 3) == bytes.get(frame + 8)) {
            return 1;
        }
        int scans = 1;
        for (int at = first + 2; at < bytes.limit(); at++) {
            if (bytes.get(at) == (byte) START_OF_SCAN && bytes.get(at - 1) == (byte) 0xFF) {
                scans++;
            }
        }
        return scans;
    }

    /** Where the first wanted marker from there on lies. */
    private static int segment(final ByteBuffer bytes, final int from, final IntPredicate wanted)
            throws StageException {
        int at = from;
        for (int segment = 0; segment < MOST_SEGMENTS; segment++) {
            while (at < bytes.limit() && bytes.get(at) == (byte) 0xFF) {
                at++;
            }
            if (at + 3 > bytes.limit()) {
                throw truncated(JPEG, bytes);
            }
            final int marker = Byte.toUnsignedInt(bytes.get(at));
            final int length = Short.toUnsignedInt(bytes.getShort(at + 1));
            if (wanted.test(marker)) {
                return at;
            }
            if (length < 2 || marker == START_OF_SCAN || marker == 0xD9) {
                break;
            }
            at += 1 + length;
        }
        throw new StageException("the JPEG picture is damaged: its size is not told before its data; save it again");
    }

    private static ImageHeader size(final ByteBuffer bytes, final int at) throws StageException {
        final int height = Short.toUnsignedInt(bytes.getShort(at + 4));
        final int width = Short.toUnsignedInt(bytes.getShort(at + 6));
        if (width == 0 || height == 0) {
            throw new StageException("the JPEG picture says that it has " + width + "x" + height
                    + " pixels; save it again");
        }
        return new ImageHeader(JPEG, width, height);
    }

    /** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
    private static boolean isStartOfFrame(final int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static StageException truncated(final String format, final ByteBuffer bytes) {
        return new StageException("the " + format + " picture is truncated: it ends after " + bytes.limit()
                + " bytes, within its header; send it again");
    }
}
