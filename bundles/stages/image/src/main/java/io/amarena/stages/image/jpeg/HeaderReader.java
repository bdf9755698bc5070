/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

import io.amarena.stages.image.jpeg.JpegHeader.Component;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what stands before the data of a JPEG picture. It keeps the tables of the latest picture: those of a camera's
 * next one are the same. Not thread-safe.
 */
final class HeaderReader {

    private static final int SOF_BASELINE = 0xC0;
    private static final int SOF_EXTENDED = 0xC1;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF_LAST = 0xCF;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int APP14 = 0xEE;

    private static final int COEFFICIENTS = 64;
    private static final int MOST_SAMPLING = 4;
    /** Blocks of a unit: T.81, B.2.3. */
    private static final int MOST_BLOCKS = 10;

    private final int[][] quantizers = new int[4][];
    private final HuffmanTable[] codes = new HuffmanTable[8];
    private final boolean[] defined = new boolean[8];
    private ByteBuffer bytes;
    private int at;
    private int end;
    private int frame;
    private int restartInterval;
    private boolean otherColours;

    /**
     * Reads a header.
     *
     * @param encoded the picture from index 0 to its limit
     * @return empty when the picture is of a kind that is left to other decoders: progressive, arithmetic coding, 12
     *         bits, more than one scan, colours that are not luminance and differences
     * @throws DamagedJpegException when the picture cannot be what it says
     */
    Optional<JpegHeader> read(final ByteBuffer encoded) throws DamagedJpegException {
        bytes = encoded;
        at = 2;
        frame = 0;
        restartInterval = 0;
        otherColours = false;
        Arrays.fill(defined, false);
        Arrays.fill(quantizers, null);
        try {
            while (true) {
                final int marker = marker();
                final int begin = at + 2;
                end = at + length();
                at = begin;
                if (marker == SOS) {
                    return scan();
                }
                if (marker == EOI || !segment(marker)) {
                    return Optional.empty();
                }
                at = end;
            }
        } catch (final IndexOutOfBoundsException beyond) {
            throw DamagedJpegException.truncated("it ends within its header");
        } finally {
            bytes = null;
        }
    }

    private int marker() throws DamagedJpegException {
        if (octet() != 0xFF) {
            throw DamagedJpegException.damaged("its header is not a list of segments");
        }
        int marker = octet();
        while (marker == 0xFF) {
            marker = octet();
        }
        return marker;
    }

    private int length() throws DamagedJpegException {
        final int length = bytes.get(at) << 8 & 0xff00 | bytes.get(at + 1) & 0xff;
        if (length < 2) {
            throw DamagedJpegException.damaged("a segment of its header has no length");
        }
        if (at + length > bytes.limit()) {
            throw DamagedJpegException.truncated("it ends within its header");
        }
        return length;
    }

    private int octet() {
        return bytes.get(at++) & 0xff;
    }

    private int pair() {
        return octet() << 8 | octet();
    }

    /** Reads one segment; false when the picture is not for this decoder. */
    private boolean segment(final int marker) throws DamagedJpegException {
        switch (marker) {
            case DQT:
                quantizers();
                return true;
            case DHT:
                codes();
                return true;
            case DRI:
                restartInterval = pair();
                return true;
            case SOF_BASELINE:
            case SOF_EXTENDED:
                frame = at;
                return bytes.get(at) == 8;
            case APP14:
                // "Adobe", version, two flags, and how the colours are told: 1 is luminance and differences.
                otherColours = end - at >= 12 && bytes.get(at) == 'A' && bytes.get(at + 11) != 1;
                return true;
            default:
                return marker < SOF_BASELINE || marker > SOF_LAST || marker == JPG || marker == DAC;
        }
    }

    private void quantizers() throws DamagedJpegException {
        while (at < end) {
            final int kind = octet();
            final boolean wide = kind >> 4 != 0;
            final int[] quantizer = new int[COEFFICIENTS];
            for (int i = 0; i < COEFFICIENTS; i++) {
                quantizer[i] = wide ? pair() : octet();
            }
            if (at > end || (kind & 15) >= quantizers.length) {
                throw DamagedJpegException.damaged("a quantization table is not what its length says");
            }
            quantizers[kind & 15] = quantizer;
        }
    }

    private void codes() throws DamagedJpegException {
        while (at < end) {
            final int kind = octet();
            final int index = (kind >> 4) * 4 + (kind & 15);
            int count = 0;
            for (int i = 0; i < HuffmanTable.LONGEST; i++) {
                count += bytes.get(at + i) & 0xff;
            }
            final int length = HuffmanTable.LONGEST + count;
            if (at + length > end || (kind & 15) >= 4 || index >= codes.length || count > 256) {
                throw DamagedJpegException.damaged("a Huffman table is not what its length says");
            }
            final byte[] specification = new byte[length];
            bytes.get(at, specification);
            if (codes[index] == null || !codes[index].is(specification)) {
                codes[index] = new HuffmanTable(specification);
            }
            defined[index] = true;
            at += length;
        }
    }

    private Optional<JpegHeader> scan() throws DamagedJpegException {
        final int count = octet();
        if (frame == 0 || otherColours || count != (bytes.get(frame + 5) & 0xff) || count != 1 && count != 3) {
            return Optional.empty();
        }
        final int height = bytes.get(frame + 1) << 8 & 0xff00 | bytes.get(frame + 2) & 0xff;
        final int width = bytes.get(frame + 3) << 8 & 0xff00 | bytes.get(frame + 4) & 0xff;
        final Component[] components = new Component[count];
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            components[i] = component(frame + 6 + 3 * i, count == 1);
            if (components[i] == null) {
                return Optional.empty();
            }
            blocks += components[i].horizontal() * components[i].vertical();
        }
        if (blocks > MOST_BLOCKS) {
            throw DamagedJpegException.damaged("a unit of its scan has " + blocks + " blocks");
        }
        final boolean named = count == 3 && components[0].id() == 'R' && components[1].id() == 'G'
                && components[2].id() == 'B';
        return named || width == 0 || height == 0 ? Optional.empty()
                : Optional.of(new JpegHeader(width, height, components, restartInterval, end));
    }

    /** The component of the frame at an index, which has to be the next one of the scan; null when it is not. */
    private Component component(final int at, final boolean alone) throws DamagedJpegException {
        final int id = octet();
        final int tables = octet();
        if (id != (bytes.get(at) & 0xff)) {
            return null;
        }
        final int horizontal = alone ? 1 : bytes.get(at + 1) >> 4 & 15;
        final int vertical = alone ? 1 : bytes.get(at + 1) & 15;
        final int quantizer = bytes.get(at + 2) & 0xff;
        final int dc = tables >> 4;
        final int ac = tables & 15;
        if (horizontal < 1 || horizontal > MOST_SAMPLING || vertical < 1 || vertical > MOST_SAMPLING
                || quantizer >= quantizers.length || quantizers[quantizer] == null
                || dc >= 4 || ac >= 4 || !defined[dc] || !defined[4 + ac]) {
            throw DamagedJpegException.damaged("its scan refers to tables that it does not have");
        }
        return new Component(id, horizontal, vertical, quantizers[quantizer], codes[dc], codes[4 + ac]);
    }
}
