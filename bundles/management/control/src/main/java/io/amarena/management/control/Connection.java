/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * One client of the control socket: reads a line, answers it, reads the next. While an answer is on its way nothing is
 * read, so that a client that never reads cannot make the gateway hoard answers. Used by the server's thread alone.
 */
final class Connection {

    private static final int READ_BYTES = 8192;
    private static final int DISCARDED_LINES = 16;

    private final SocketChannel channel;
    private final int lineBytes;
    private final UnaryOperator<String> answers;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteBuffer input = ByteBuffer.allocate(READ_BYTES);
    private SelectionKey key;
    private ByteBuffer output;
    private boolean refused;
    private long discarded;
    private long lastHeard;

    Connection(final SocketChannel channel, final int lineBytes, final UnaryOperator<String> answers,
            final long now) {
        this.channel = channel;
        this.lineBytes = lineBytes;
        this.answers = answers;
        this.lastHeard = now;
        this.input.flip();
    }

    void key(final SelectionKey registered) {
        this.key = registered;
    }

    /** When something last went in or out, by the server's clock. */
    long lastHeard() {
        return lastHeard;
    }

    /**
     * Says why there is no service and says no more. What the client still sends is read and forgotten for a while,
     * because hanging up on it would take the answer away from it.
     */
    void refuse(final String message) throws IOException {
        refused = true;
        say(Requests.error(message));
    }

    /** Reads and writes what can be read and written now. */
    void proceed(final long now) throws IOException {
        if (output == null) {
            input.clear();
            final int count = channel.read(input);
            input.flip();
            if (count < 0) {
                close();
                return;
            }
            lastHeard = now;
        } else if (write()) {
            lastHeard = now;
        }
        while (output == null && input.hasRemaining() && !refused) {
            take(input.get());
        }
        if (refused && output == null) {
            discarded += input.remaining();
            input.position(input.limit());
            if (discarded > (long) lineBytes * DISCARDED_LINES) {
                close();
            }
        }
    }

    private void take(final byte sign) throws IOException {
        if (sign == '\n') {
            final String request = line.toString(StandardCharsets.UTF_8).strip();
            line.reset();
            if (!request.isEmpty()) {
                say(answers.apply(request));
            }
        } else if (line.size() >= lineBytes) {
            refuse("A request has at most " + lineBytes + " bytes in one line");
        } else {
            line.write(sign);
        }
    }

    private void say(final String answer) throws IOException {
        output = ByteBuffer.wrap((answer + '\n').getBytes(StandardCharsets.UTF_8));
        write();
    }

    /** Whether anything could be written. */
    private boolean write() throws IOException {
        final int count = channel.write(output);
        if (!output.hasRemaining()) {
            output = null;
            if (refused) {
                channel.shutdownOutput();
            }
        }
        key.interestOps(output == null ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
        return count > 0;
    }

    void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            // There is nobody left to tell.
        }
    }
}
