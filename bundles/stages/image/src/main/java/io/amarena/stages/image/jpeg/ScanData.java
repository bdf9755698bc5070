/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The data of a scan without what only separates it: the zero after each 0xFF is taken out, and restart markers cut it
 * into parts. Used again for the next picture; not thread-safe.
 */
final class ScanData {

    /**
     * Zeros that follow the data, so that a reader need not look at the end for every code: more than one unit of a scan
     * can take, which is ten blocks of 64 codes of 31 bits.
     */
    static final int MARGIN = 4096;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final int RST_FIRST = 0xD0;
    private static final int RST_LAST = 0xD7;

    private byte[] bytes = new byte[0];
    private int[] ends = new int[1];
    private int parts;

    /**
     * Takes the data of a picture.
     *
     * @param encoded the picture from index 0 to its limit
     * @param from    first byte of the data
     */
    void open(final ByteBuffer encoded, final int from) {
        final int length = encoded.limit() - from;
        if (bytes.length < length + MARGIN) {
            bytes = new byte[length + length / 4 + MARGIN];
        }
        encoded.get(from, bytes, 0, length);
        final int end = compact(length);
        Arrays.fill(bytes, end, end + MARGIN, (byte) 0);
    }

    /** Takes out what only separates, in place; the answer is the end of the data. */
    private int compact(final int length) {
        parts = 0;
        int read = 0;
        int written = 0;
        while (read < length) {
            final int found = find(read, length);
            if (read != written) {
                System.arraycopy(bytes, read, bytes, written, found - read);
            }
            written += found - read;
            read = found + 1;
            while (read < length && bytes[read] == (byte) 0xFF) {
                read++;
            }
            if (read >= length) {
                break;
            }
            final int marker = bytes[read++] & 0xff;
            if (marker == 0) {
                bytes[written++] = (byte) 0xFF;
            } else if (marker >= RST_FIRST && marker <= RST_LAST) {
                endPart(written);
            } else {
                break;
            }
        }
        endPart(written);
        return written;
    }

    /** The next 0xFF, or the end: eight bytes at a time. */
    private int find(final int from, final int length) {
        int at = from;
        for (; at + 8 <= length; at += 8) {
            final long inverse = ~(long) LONGS.get(bytes, at);
            if ((inverse - ONES & ~inverse & HIGH) != 0) {
                break;
            }
        }
        while (at < length && bytes[at] != (byte) 0xFF) {
            at++;
        }
        return at;
    }

    private void endPart(final int end) {
        if (parts == ends.length) {
            ends = Arrays.copyOf(ends, 2 * parts);
        }
        ends[parts++] = end;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Number of parts between restart markers. */
    int parts() {
        return parts;
    }

    int begin(final int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    int end(final int part) {
        return ends[part];
    }
}
