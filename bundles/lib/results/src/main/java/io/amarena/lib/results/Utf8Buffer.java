/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import java.io.Writer;
import java.util.Arrays;

/**
 * A writer into a byte array that is used again for the next message. Half a surrogate pair becomes {@code ?}.
 * For one thread at a time.
 */
final class Utf8Buffer extends Writer {

    private static final int MOST_BYTES_PER_CHAR = 3;

    private byte[] bytes;
    private int size;
    private char high;

    Utf8Buffer(final int capacity) {
        bytes = new byte[capacity];
    }

    void reset() {
        size = 0;
        high = 0;
    }

    int capacity() {
        return bytes.length;
    }

    byte[] toBytes() {
        endPair();
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public void write(final char[] chars, final int offset, final int length) {
        reserve(length);
        for (int i = offset; i < offset + length; i++) {
            encode(chars[i]);
        }
    }

    @Override
    public void write(final String text, final int offset, final int length) {
        reserve(length);
        for (int i = offset; i < offset + length; i++) {
            encode(text.charAt(i));
        }
    }

    @Override
    public void write(final int character) {
        reserve(1);
        encode((char) character);
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
    }

    private void encode(final char c) {
        if (high != 0) {
            if (Character.isLowSurrogate(c)) {
                final int point = Character.toCodePoint(high, c);
                high = 0;
                put(0xF0 | point >> 18);
                put(0x80 | point >> 12 & 0x3F);
                put(0x80 | point >> 6 & 0x3F);
                put(0x80 | point & 0x3F);
                return;
            }
            endPair();
        }
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | c >> 6);
            put(0x80 | c & 0x3F);
        } else if (Character.isHighSurrogate(c)) {
            high = c;
        } else if (Character.isLowSurrogate(c)) {
            put('?');
        } else {
            put(0xE0 | c >> 12);
            put(0x80 | c >> 6 & 0x3F);
            put(0x80 | c & 0x3F);
        }
    }

    private void endPair() {
        if (high != 0) {
            high = 0;
            put('?');
        }
    }

    private void put(final int value) {
        bytes[size++] = (byte) value;
    }

    /** Makes room for the characters, a pending half pair and its end. */
    private void reserve(final int chars) {
        final long needed = size + ((long) chars + 2) * MOST_BYTES_PER_CHAR;
        if (needed > bytes.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("A message of more than 2 GB cannot be written");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }
}
