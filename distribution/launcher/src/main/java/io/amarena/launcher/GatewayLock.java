/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.GatewayException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right to run on a data folder: held by one gateway at a time, given back by the system when it dies. */
final class GatewayLock implements AutoCloseable {

    private final FileChannel channel;

    private GatewayLock(final FileChannel channel) {
        this.channel = channel;
    }

    static GatewayLock take(final Path data) throws GatewayException {
        final Path file = data.resolve("launcher").resolve("lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(data, file);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new GatewayLock(channel);
        } catch (final OverlappingFileLockException | GatewayException e) {
            closeQuietly(channel);
            throw inUse(data, file);
        } catch (final IOException e) {
            closeQuietly(channel);
            throw new GatewayException(Reason.ENVIRONMENT, file + " cannot be locked: " + e
                    + ". Choose a data folder on a file system with locks", e);
        }
    }

    private static GatewayException inUse(final Path data, final Path file) {
        String holder = "";
        try {
            holder = Files.readString(file).strip();
        } catch (final IOException | RuntimeException e) {
            // The number of the process is a convenience of the message.
        }
        return new GatewayException(Reason.IN_USE, "Another gateway" + (holder.matches("\\d+")
                ? " (process " + holder + ')' : "") + " runs on the data folder " + data
                + ". Stop it, or give this one a folder of its own with --data");
    }

    private static void closeQuietly(final FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                // Nothing was written through it.
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
