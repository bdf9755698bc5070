/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.directory;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.result.Result;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import io.amarena.api.source.FrameSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the pictures of a folder on a thread of its own.
 *
 * <p>A watched file is taken when its size did not change between two looks, in the order of names; it is moved or deleted
 * only when every pipeline has answered. A file that is refused is offered again until it is taken. Which files were taken
 * is remembered in memory: with {@code after = keep}, a restart takes them again.
 */
final class DirectorySource implements FrameSource {

    /** Frame attribute: name of the file. */
    static final String FILE = "file";

    private static final Logger LOG = LoggerFactory.getLogger(DirectorySource.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final long LOOK_MILLIS = 250;
    private static final String PROCESSED = "processed";
    private static final String FAILED = "failed";

    private final FolderSettings settings;
    private final PathMatcher matcher;
    private final Set<Path> taken = ConcurrentHashMap.newKeySet();
    private Thread thread;
    private volatile boolean running;
    private boolean missing;

    DirectorySource(final FolderSettings settings) {
        this.settings = settings;
        this.matcher = settings.matcher();
    }

    @Override
    public synchronized void start(final FrameSink sink) {
        stop();
        running = true;
        thread = new Thread(() -> run(sink), "amarena-directory-" + settings.name());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException again) {
                interrupted = true;
            }
        }
        thread = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(final FrameSink sink) {
        try {
            if (settings.replay()) {
                replay(sink);
            } else {
                watch(sink);
            }
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException broken) {
            LOG.error("Source {} ends: {}", settings.name(), broken.toString(), broken);
        }
    }

    private void watch(final FrameSink sink) throws InterruptedException {
        Map<Path, Long> sizes = new HashMap<>();
        while (running) {
            final Map<Path, Long> next = new HashMap<>();
            final List<Path> files = files();
            taken.retainAll(files);
            for (final Path file : files) {
                final long size = size(file);
                next.put(file, size);
                if (running && !taken.contains(file) && sizes.containsKey(file) && sizes.get(file) == size) {
                    taken.add(file);
                    offer(sink, file, settings.after() == FolderSettings.After.KEEP ? null : file);
                }
            }
            sizes = next;
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void replay(final FrameSink sink) throws InterruptedException {
        final double period = settings.framesPerSecond() > 0 ? 1e9 / settings.framesPerSecond() : 0;
        final long begin = System.nanoTime();
        long tick = 0;
        do {
            final List<Path> files = files();
            if (files.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            for (final Path file : files) {
                if (!running) {
                    return;
                }
                tick = awaitTick(begin, tick, period);
                offer(sink, file, null);
            }
        } while (running && settings.loop());
    }

    /** Waits for the frame's time; ticks that have passed are left out, so that the rate is kept and not made up for. */
    private long awaitTick(final long begin, final long tick, final double period) {
        long now = System.nanoTime();
        final long late = now - begin - (long) (tick * period);
        final long current = period > 0 && late > period ? tick + (long) (late / period) : tick;
        final long due = begin + (long) (current * period);
        while (running && now - due < 0) {
            LockSupport.parkNanos(due - now);
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                return current + 1;
            }
            now = System.nanoTime();
        }
        return current + 1;
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(settings.folder())) {
            final List<Path> files = all.filter(file -> FolderSettings.matches(matcher, file) && Files.isRegularFile(file))
                    .sorted().collect(Collectors.toList());
            if (missing) {
                missing = false;
                LOG.info("Source {}: the folder {} can be read again", settings.name(), settings.folder());
            }
            return files;
        } catch (final IOException | RuntimeException unreadable) {
            if (!missing) {
                missing = true;
                LOG.warn("Source {}: the folder {} cannot be read ({}): make it or check its permissions; it is looked for"
                        + " until it is there", settings.name(), settings.folder(), unreadable.toString());
            }
            return new ArrayList<>();
        }
    }

    private static long size(final Path file) {
        try {
            return Files.size(file);
        } catch (final IOException gone) {
            return -1;
        }
    }

    /**
     * Offers a file until it is taken.
     *
     * @param finish what is moved or deleted after the last result, or null
     */
    private void offer(final FrameSink sink, final Path file, final Path finish) throws InterruptedException {
        while (running) {
            final FrameBuffer buffer;
            try {
                buffer = read(sink, file);
            } catch (final IOException | IllegalArgumentException unusable) {
                LOG.error("Source {}: {} is passed over: {}", settings.name(), file, reason(unusable));
                finish(finish, true);
                return;
            }
            final Admission answer = buffer == null ? Admission.REFUSED_BUSY : sink.offer(draft(buffer, file),
                    finish == null ? FrameCompletion.NONE : new Finish(finish));
            if (answer.accepted() || answer == Admission.REFUSED_CLOSED || settings.live() && buffer != null) {
                return;
            }
            sink.awaitCapacity(PATIENCE);
        }
    }

    private static String reason(final Exception unusable) {
        return unusable instanceof IllegalArgumentException ? unusable.getMessage() : unusable.toString();
    }

    /** Null when there is no memory at the moment. */
    private FrameBuffer read(final FrameSink sink, final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long size = channel.size();
            if (size == 0) {
                throw new IOException("the file is empty");
            }
            if (size > settings.maxBytes()) {
                throw new IOException("the file has " + size + " bytes, more than maxFileMb allows");
            }
            final FrameBuffer buffer = sink.allocate((int) size);
            if (buffer == null) {
                return null;
            }
            final ByteBuffer bytes = buffer.bytes();
            try {
                int count = channel.read(bytes);
                while (bytes.hasRemaining() && count >= 0) {
                    count = channel.read(bytes);
                }
            } catch (final IOException broken) {
                buffer.close();
                throw broken;
            }
            bytes.flip();
            return buffer;
        }
    }

    private static FrameDraft draft(final FrameBuffer buffer, final Path file) {
        final String name = file.getFileName().toString();
        final String mediaType = name.toLowerCase(Locale.ROOT).endsWith(".png") ? "image/png" : "image/jpeg";
        return FrameDraft.of(buffer, new EncodedImage(mediaType, buffer.bytes())).withAttribute(FILE, name);
    }

    private void finish(final Path file, final boolean failed) {
        if (file == null) {
            return;
        }
        try {
            if (settings.after() == FolderSettings.After.DELETE && !failed) {
                Files.deleteIfExists(file);
            } else {
                final Path folder = Files.createDirectories(settings.folder().resolve(failed ? FAILED : PROCESSED));
                Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (final IOException failure) {
            LOG.error("Source {}: {} was inspected but cannot be moved or deleted ({}): check the permissions of the"
                    + " folder; it is not taken again before a restart", settings.name(), file, failure.toString());
        }
    }

    /** Puts a file away when every pipeline has answered; into {@code failed} when one of them could not. */
    private final class Finish implements FrameCompletion {

        private final Path file;
        private volatile boolean failed;

        Finish(final Path file) {
            this.file = file;
        }

        @Override
        public void completed(final Result result) {
            if (result.failure().isPresent()) {
                failed = true;
            }
        }

        @Override
        public void done() {
            finish(file, failed);
        }
    }
}
