/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import io.amarena.lib.onnx.OnnxFormatException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Walks through a file in the wire format of protocol buffers, field by field, through a small window. What nobody
 * asks for is passed over without being read. Not thread-safe.
 *
 * <p>Source of the format: protobuf.dev/programming-guides/encoding. Groups (wire types 3 and 4) do not occur in ONNX
 * and count as damage.
 */
final class WireReader {

    /** What is inside a message. */
    interface Body {
        void read() throws IOException;
    }

    private static final int WINDOW = 1 << 16;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_TEXT = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer window;
    private final long size;
    private long windowStart;
    private long position;
    private long limit;
    private int field;
    private int type;

    WireReader(final ByteBuffer bytes) {
        this.channel = null;
        this.window = bytes.slice();
        this.size = window.limit();
        this.limit = size;
    }

    WireReader(final FileChannel channel) throws IOException {
        this.channel = channel;
        this.window = ByteBuffer.allocate(WINDOW).limit(0);
        this.size = channel.size();
        this.limit = size;
    }

    long size() {
        return size;
    }

    /** Goes on to the next field of the current message; false at its end. */
    boolean next() throws IOException {
        if (position == limit) {
            return false;
        }
        final long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0 || type == 3 || type == 4 || type > FIXED32) {
            throw damaged("there is no valid field");
        }
        return true;
    }

    /** Number of the field that {@link #next} found. */
    int field() {
        return field;
    }

    /** The value of an integer field. */
    long number() throws IOException {
        expect(VARINT);
        return varint();
    }

    /** The values of a repeated integer field in either of its two notations. */
    void numbers(final LongConsumer each) throws IOException {
        if (type == VARINT) {
            each.accept(varint());
        } else {
            message(() -> {
                while (position < limit) {
                    each.accept(varint());
                }
            });
        }
    }

    /** The value of a text field; bytes that are not UTF-8 become replacement characters. */
    String text() throws IOException {
        expect(DELIMITED);
        final long length = length();
        if (length > MAX_TEXT) {
            throw new OnnxFormatException(Kind.TOO_LARGE, String.format(Locale.ROOT,
                    "has a text of %,d bytes at byte %,d, more than the %,d that are allowed; export it again",
                    length, position, MAX_TEXT));
        }
        final byte[] bytes = new byte[(int) length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = octet();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads a field that holds a message. */
    void message(final Body body) throws IOException {
        expect(DELIMITED);
        final long length = length();
        final long outer = limit;
        limit = position + length;
        body.read();
        limit = outer;
    }

    /** Passes over the field and tells how many bytes its value has. */
    long skip() throws IOException {
        final long length;
        switch (type) {
            case VARINT -> {
                final long start = position;
                varint();
                return position - start;
            }
            case FIXED64 -> length = within(Long.BYTES);
            case FIXED32 -> length = within(Integer.BYTES);
            default -> length = length();
        }
        position += length;
        return length;
    }

    private void expect(final int wanted) throws OnnxFormatException {
        if (type != wanted) {
            throw damaged("field " + field + " has the wire type " + type + " instead of " + wanted);
        }
    }

    private long length() throws IOException {
        return within(varint());
    }

    private long within(final long length) throws OnnxFormatException {
        if (length < 0 || length > limit - position) {
            if (limit == size && length > 0) {
                throw new OnnxFormatException(Kind.TRUNCATED, String.format(Locale.ROOT,
                        "is truncated: a part that begins at byte %,d has %,d bytes, but the file ends at %,d; "
                                + "copy or export it again", position, length, size));
            }
            throw damaged("a part of " + length + " bytes does not fit into the part around it");
        }
        return length;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == limit) {
                if (limit == size) {
                    throw new OnnxFormatException(Kind.TRUNCATED, String.format(Locale.ROOT,
                            "is truncated: it ends at byte %,d within a number; copy or export it again", size));
                }
                throw damaged("a number is cut off");
            }
            final byte octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw damaged("a number does not end");
    }

    private byte octet() throws IOException {
        final long offset = position - windowStart;
        if (channel != null && (offset < 0 || offset >= window.limit())) {
            fill();
            position++;
            return window.get(0);
        }
        position++;
        return window.get((int) offset);
    }

    private void fill() throws IOException {
        window.clear();
        windowStart = position;
        while (window.hasRemaining()) {
            final int read = channel.read(window, windowStart + window.position());
            if (read < 0) {
                break;
            }
        }
        window.flip();
        if (!window.hasRemaining()) {
            throw new OnnxFormatException(Kind.TRUNCATED, "became shorter while it was read; copy or export it again");
        }
    }

    private OnnxFormatException damaged(final String detail) {
        return new OnnxFormatException(Kind.DAMAGED, String.format(Locale.ROOT,
                "is damaged: %s before byte %,d; copy or export it again", detail, position));
    }
}
