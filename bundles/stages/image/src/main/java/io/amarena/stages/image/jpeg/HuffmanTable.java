/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

import java.util.Arrays;

/**
 * A Huffman code of ITU-T T.81 as tables. Most symbols are found by one look at the next {@value #LOOK} bits, for small
 * coefficients together with the value that follows the code. An entry of the table holds, from the lowest bit:
 *
 * <pre>
 * 8 bits   length to skip: of the code, or of code and value where the value is here too; 0 when the code is longer
 * 4 bits   run: zeros before the value
 * 4 bits   size of the value in bits; 0 where the value is here
 * 16 bits  the value, signed; 0 where it is not here
 * </pre>
 */
final class HuffmanTable {

    /** Bits that are looked at at once. */
    static final int LOOK = 10;

    /** Bits of the longest code. */
    static final int LONGEST = 16;

    private final byte[] specification;
    private final int[] entries = new int[1 << LOOK];
    private final int[] largest = new int[LONGEST + 1];
    private final int[] offset = new int[LONGEST + 1];
    private final byte[] symbols;

    /**
     * A code.
     *
     * @param specification as in a DHT segment: 16 counts of codes by length, then the symbols
     * @throws DamagedJpegException when there are more codes of a length than fit
     */
    HuffmanTable(final byte[] specification) throws DamagedJpegException {
        this.specification = specification;
        this.symbols = Arrays.copyOfRange(specification, LONGEST, specification.length);
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            final int count = specification[length - 1] & 0xff;
            if (code + count > 1 << length) {
                throw DamagedJpegException.damaged("a Huffman table has too many codes of " + length + " bits");
            }
            offset[length] = index - code;
            for (int i = 0; i < count; i++, code++, index++) {
                if (length <= LOOK) {
                    enter(code, length, symbols[index] & 0xff);
                }
            }
            largest[length] = count == 0 ? -1 : code - 1;
            code <<= 1;
        }
    }

    private void enter(final int code, final int length, final int symbol) {
        final int run = symbol >> 4;
        final int size = symbol & 15;
        final int left = LOOK - length;
        for (int rest = 0; rest < 1 << left; rest++) {
            int entry = size << 12 | run << 8 | length;
            if (size > 0 && size <= left) {
                final int value = extend(rest >> left - size, size);
                entry = value << 16 | run << 8 | length + size;
            }
            entries[(code << left) + rest] = entry;
        }
    }

    /** The signed value that some bits stand for: T.81, figure F.12. */
    static int extend(final int bits, final int size) {
        return bits < 1 << size - 1 ? bits - (1 << size) + 1 : bits;
    }

    /** Whether this is the code of a specification. */
    boolean is(final byte[] other) {
        return Arrays.equals(specification, other);
    }

    int[] entries() {
        return entries;
    }

    /**
     * The entry for a code that is longer than {@value #LOOK} bits.
     *
     * @param bits the next bits, the first one highest
     * @throws DamagedJpegException when there is no such code
     */
    int longEntry(final long bits) throws DamagedJpegException {
        for (int length = LOOK + 1; length <= LONGEST; length++) {
            final int code = (int) (bits >>> Long.SIZE - length);
            if (code <= largest[length]) {
                final int symbol = symbols[code + offset[length]] & 0xff;
                return (symbol & 15) << 12 | symbol >> 4 << 8 | length;
            }
        }
        throw DamagedJpegException.damaged("its data has a code that its tables do not have");
    }
}
