/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix domain socket that answers lines by lines, all connections on one thread of its own. Who can open the file
 * may ask; the file belongs to its owner alone.
 *
 * <p>Bounded on all sides: connections, length of a line, and the time in which a client has to say or take something.
 */
final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final Limits limits;
    private final UnaryOperator<String> answers;
    private final LongSupplier nanoTime;
    private final Path path;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final Thread thread;

    /**
     * What one server bears.
     *
     * @param connections at the same time; more are told so and closed
     * @param lineBytes   of one request
     * @param patience    for a client that neither sends nor takes anything
     */
    record Limits(int connections, int lineBytes, Duration patience) {

        static final Limits USUAL = new Limits(32, 1 << 20, Duration.ofSeconds(30));
    }

    private ControlServer(final Path path, final Limits limits, final UnaryOperator<String> answers,
            final LongSupplier nanoTime, final ServerSocketChannel server, final Selector selector) {
        this.path = path;
        this.limits = limits;
        this.answers = answers;
        this.nanoTime = nanoTime;
        this.server = server;
        this.selector = selector;
        this.thread = new Thread(this::serve, "amarena-control");
        this.thread.setDaemon(true);
    }

    /**
     * Opens the socket and begins to answer. A file that is there already was left by a crash and is replaced: one
     * gateway runs on a data folder.
     *
     * @param path     at most 108 bytes
     * @param answers  one line to one line; called on the server's thread
     * @param nanoTime clock
     */
    static ControlServer open(final Path path, final Limits limits, final UnaryOperator<String> answers,
            final LongSupplier nanoTime) throws IOException {
        Files.deleteIfExists(path);
        final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            server.configureBlocking(false);
            final Selector selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
            final ControlServer control = new ControlServer(path, limits, answers, nanoTime, server, selector);
            control.thread.start();
            return control;
        } catch (final IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void serve() {
        try {
            while (server.isOpen()) {
                selector.select(limits.patience().toMillis() / 2 + 1);
                for (final SelectionKey key : List.copyOf(selector.selectedKeys())) {
                    if (key.isValid() && key.isAcceptable()) {
                        accept();
                    } else if (key.isValid()) {
                        proceed(key);
                    }
                }
                selector.selectedKeys().clear();
                dropTheSilent();
            }
        } catch (final IOException | ClosedSelectorException e) {
            if (server.isOpen()) {
                LOG.error("The control socket {} does not answer any more: {}. Restart the gateway", path, e.toString());
            }
        }
    }

    private void accept() {
        try {
            final SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            channel.configureBlocking(false);
            final Connection connection = new Connection(channel, limits.lineBytes(), answers, nanoTime.getAsLong());
            final int others = connections().size();
            if (others >= 2 * limits.connections()) {
                connection.close();
                return;
            }
            connection.key(channel.register(selector, SelectionKey.OP_READ, connection));
            if (others >= limits.connections()) {
                connection.refuse("The gateway serves " + limits.connections()
                        + " control connections already. Close some and try again");
            }
        } catch (final IOException e) {
            LOG.warn("A control connection could not be accepted: {}", e.toString());
        }
    }

    private void proceed(final SelectionKey key) {
        final Connection connection = (Connection) key.attachment();
        try {
            connection.proceed(nanoTime.getAsLong());
        } catch (final IOException e) {
            LOG.debug("A control connection broke: {}", e.toString());
            connection.close();
        }
    }

    private void dropTheSilent() {
        final long now = nanoTime.getAsLong();
        for (final Connection connection : connections()) {
            if (now - connection.lastHeard() > limits.patience().toNanos()) {
                connection.close();
            }
        }
    }

    private List<Connection> connections() {
        final List<Connection> connections = new ArrayList<>();
        for (final SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof Connection connection) {
                connections.add(connection);
            }
        }
        return connections;
    }

    /** Ends all connections and removes the file. Idempotent. */
    @Override
    public void close() {
        try {
            server.close();
            selector.wakeup();
            thread.join(limits.patience().toMillis());
            connections().forEach(Connection::close);
            selector.close();
            Files.deleteIfExists(path);
        } catch (final IOException | ClosedSelectorException e) {
            LOG.debug("The control socket was not closed cleanly: {}", e.toString());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
