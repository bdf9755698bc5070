/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes messages in the wire format of protocol buffers, also such as no exporter would write. */
final class Proto {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Proto message() {
        return new Proto();
    }

    /** The beginning of a usable model: format version 8, standard operators 13. */
    static Proto model() {
        return message().number(1, 8).message(8, message().number(2, 13));
    }

    Proto number(final int field, final long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    Proto text(final int field, final String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Proto message(final int field, final Proto value) {
        return bytes(field, value.bytes.toByteArray());
    }

    Proto bytes(final int field, final byte[] value) {
        length(field, value.length);
        bytes.writeBytes(value);
        return this;
    }

    /** The head of a field with a length, without the bytes that it promises. */
    Proto length(final int field, final long length) {
        varint((long) field << 3 | 2);
        varint(length);
        return this;
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void varint(final long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
