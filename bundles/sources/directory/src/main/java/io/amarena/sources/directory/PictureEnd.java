/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Knows from its last bytes whether a picture is whole. A JPEG file ends with the marker EOI (ITU-T T.81, B.1.1.3), a PNG
 * file with the chunk IEND (W3C PNG, 11.2.5).
 */
final class PictureEnd {

    private static final int TAIL = 12;

    private PictureEnd() {
    }

    /** Whether the file is whole, as far as can be told: true for files of other formats that hold something. */
    static boolean reached(final Path file) throws IOException {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        final boolean png = name.endsWith(".png");
        final boolean jpeg = name.endsWith(".jpg") || name.endsWith(".jpeg");
        final ByteBuffer tail = tail(file);
        if (!png && !jpeg) {
            return tail.hasRemaining();
        }
        if (tail.remaining() < TAIL) {
            return false;
        }
        return png ? StandardCharsets.ISO_8859_1.decode(tail.slice(4, 4)).toString().equals("IEND")
                : tail.getShort(TAIL - 2) == (short) 0xFFD9;
    }

    private static ByteBuffer tail(final Path file) throws IOException {
        final ByteBuffer tail = ByteBuffer.allocate(TAIL);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long from = Math.max(0, channel.size() - TAIL);
            int count = 0;
            while (tail.hasRemaining() && count >= 0) {
                count = channel.read(tail, from + tail.position());
            }
        }
        return tail.flip();
    }
}
