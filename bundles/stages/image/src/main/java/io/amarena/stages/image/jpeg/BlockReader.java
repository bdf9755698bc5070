/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

import io.amarena.stages.image.jpeg.JpegHeader.Component;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads blocks of coefficients out of the data of a scan: the sequential Huffman coding of ITU-T T.81, annex F.2.
 *
 * <p><b>Note</b> The next bits stand highest in {@code bits}; a refill reads eight bytes and keeps as many whole ones as
 * there is room for, without a branch (Fabian Giesen, "Reading bits in far too many ways", variant 4). So it may read
 * beyond the end of the data, into zeros; {@link #isBeyondEnd} tells.
 *
 * <p>Not thread-safe.
 */
final class BlockReader {

    /** Where the coefficients stand in a block, in the order of the data. */
    private static final int[] NATURAL = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
        55, 62, 63};

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Bits of the longest code with its value. */
    private static final int LONGEST_SYMBOL = 31;

    private static final int ENOUGH = 56;
    private static final int LAST = 63;
    private static final int SIXTEEN_ZEROS = 15;

    private byte[] bytes;
    private int at;
    private int end;
    private long bits;
    private int count;

    /** Where the coefficient with an index in the order of the data stands in a block. */
    static int natural(final int index) {
        return NATURAL[index];
    }

    /** Begins with a part of the data. */
    void open(final ScanData data, final int part) {
        bytes = data.bytes();
        at = data.begin(part);
        end = data.end(part);
        bits = 0;
        count = 0;
    }

    /** Whether more was read than the part has. To be asked after each unit of the scan. */
    boolean isBeyondEnd() {
        return 8L * at - count > 8L * end;
    }

    /**
     * Reads one block.
     *
     * @param block     gets the dequantized coefficients, row by row; all zero before
     * @param component to which the block belongs
     * @param predicted the first coefficient of the block before, not dequantized
     * @return index of the last coefficient that is not zero in the low 8 bits, in the order of the data; above it the
     *         first coefficient, not dequantized
     * @throws DamagedJpegException when the data has a code that the tables do not have, or a block too long
     */
    int read(final int[] block, final Component component, final int predicted) throws DamagedJpegException {
        final byte[] data = bytes;
        long window = bits;
        int valid = count;
        int next = at;
        window |= (long) LONGS.get(data, next) >>> valid;
        next += 63 - valid >>> 3;
        valid |= ENOUGH;

        final HuffmanTable dc = component.dc();
        int entry = dc.entries()[(int) (window >>> Long.SIZE - HuffmanTable.LOOK)];
        if (entry == 0) {
            entry = dc.longEntry(window);
        }
        window <<= entry & 0xff;
        valid -= entry & 0xff;
        int difference = entry >> 16;
        int size = entry >> 12 & 15;
        if (size != 0) {
            difference = HuffmanTable.extend((int) (window >>> Long.SIZE - size), size);
            window <<= size;
            valid -= size;
        }
        final int first = (short) (predicted + difference);
        final int[] quantizer = component.quantizer();
        block[0] = first * quantizer[0];

        final HuffmanTable ac = component.ac();
        final int[] entries = ac.entries();
        int last = 0;
        int k = 1;
        while (k <= LAST) {
            if (valid < LONGEST_SYMBOL) {
                window |= (long) LONGS.get(data, next) >>> valid;
                next += 63 - valid >>> 3;
                valid |= ENOUGH;
            }
            entry = entries[(int) (window >>> Long.SIZE - HuffmanTable.LOOK)];
            if (entry == 0) {
                entry = ac.longEntry(window);
            }
            window <<= entry & 0xff;
            valid -= entry & 0xff;
            k += entry >> 8 & 15;
            int value = entry >> 16;
            if (value == 0) {
                size = entry >> 12 & 15;
                if (size == 0) {
                    if ((entry >> 8 & 15) != SIXTEEN_ZEROS) {
                        break;
                    }
                    k++;
                    continue;
                }
                value = HuffmanTable.extend((int) (window >>> Long.SIZE - size), size);
                window <<= size;
                valid -= size;
            }
            if (k > LAST) {
                throw DamagedJpegException.damaged("its data has a block of more than 64 coefficients");
            }
            block[NATURAL[k]] = value * quantizer[k];
            last = k++;
        }
        bits = window;
        count = valid;
        at = next;
        return first << 8 | last;
    }
}
