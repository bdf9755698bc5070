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
import io.amarena.api.source.SourceStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * <p>A watched file is taken when it has {@linkplain Arrivals arrived}, in the order of names; it is moved or deleted only
 * when every pipeline has answered. A file that is refused is offered again until it is taken. Which files were taken is
 * remembered in memory: with {@code after = keep}, a restart takes them again.
 */
final class DirectorySource implements FrameSource {

    /** Frame attribute: name of the file. */
    static final String FILE = "file";

    private static final Logger LOG = LoggerFactory.getLogger(DirectorySource.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final long LOOK_MILLIS = 250;

    private final FolderSettings settings;
    private final PathMatcher matcher;
    private final Arrivals arrivals;
    private final Disposal disposal;
    private final Map<Path, String> passedOver = new ConcurrentHashMap<>();
    private Thread thread;
    private volatile boolean running;
    private volatile String missing = "";

    DirectorySource(final FolderSettings settings) {
        this.settings = settings;
        this.matcher = settings.matcher();
        this.arrivals = new Arrivals(TimeUnit.MILLISECONDS.toNanos(settings.patienceMillis()));
        this.disposal = new Disposal(settings);
    }

    @Override
    public SourceStatus status() {
        if (!missing.isEmpty()) {
            return new SourceStatus(false, missing);
        }
        if (!disposal.trouble().isEmpty()) {
            return new SourceStatus(false, disposal.trouble());
        }
        final Iterator<Map.Entry<Path, String>> useless = passedOver.entrySet().iterator();
        if (useless.hasNext()) {
            final Map.Entry<Path, String> one = useless.next();
            return new SourceStatus(false, passedOver.size() + " files of " + settings.folder() + " are passed over, "
                    + one.getKey().getFileName() + " because " + one.getValue() + ": replace or remove them");
        }
        return new SourceStatus(true, (settings.replay() ? "replays " : "watches ") + settings.folder());
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
        while (running) {
            final List<Path> files = files();
            arrivals.keepOnly(files);
            for (final Path file : files) {
                final Arrivals.Stamp stamp = running ? arrivals.arrived(file, System.nanoTime()) : null;
                if (stamp != null) {
                    offer(sink, file, stamp);
                    arrivals.take(file, stamp);
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void replay(final FrameSink sink) throws InterruptedException {
        final double period = settings.framesPerSecond() > 0 ? 1e9 / settings.framesPerSecond() : 0;
        final long begin = System.nanoTime();
        long tick = 0;
        do {
            boolean shown = false;
            for (final Path file : files()) {
                if (!running) {
                    return;
                }
                tick = awaitTick(begin, tick, period);
                shown |= offer(sink, file, null);
            }
            if (!shown) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
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
            if (!missing.isEmpty()) {
                missing = "";
                LOG.info("Source {}: the folder {} can be read again", settings.name(), settings.folder());
            }
            passedOver.keySet().retainAll(files);
            return files;
        } catch (final IOException | RuntimeException unreadable) {
            if (missing.isEmpty()) {
                missing = "the folder " + settings.folder() + " cannot be read (" + unreadable
                        + "): make it or check its permissions; it is looked for until it is there";
                LOG.warn("Source {}: {}", settings.name(), missing);
            }
            return List.of();
        }
    }

    /**
     * Offers a file until it is taken.
     *
     * @param finish when it is put away after the last result, its stamp; or null
     * @return whether there was something to offer
     * @throws InterruptedException when the source is stopped before the file is taken
     */
    private boolean offer(final FrameSink sink, final Path file, final Arrivals.Stamp finish)
            throws InterruptedException {
        while (running) {
            final FrameBuffer buffer;
            try {
                buffer = read(sink, file);
            } catch (final ClosedByInterruptException stopped) {
                throw stopped(stopped);
            } catch (final IOException | IllegalArgumentException unusable) {
                passOver(file, reason(unusable));
                if (finish != null) {
                    disposal.putAway(file, finish, true);
                }
                return false;
            }
            passedOver.remove(file);
            final Admission answer = buffer == null ? Admission.REFUSED_BUSY : sink.offer(draft(buffer, file),
                    finish == null ? FrameCompletion.NONE : new Finish(file, finish));
            if (answer.accepted() || settings.live() && buffer != null) {
                return true;
            }
            if (answer == Admission.REFUSED_CLOSED) {
                break;
            }
            sink.awaitCapacity(PATIENCE);
        }
        throw stopped(null);
    }

    /** The file was not offered: it is when the source is started again. */
    private static InterruptedException stopped(final Exception cause) {
        final InterruptedException stopped = new InterruptedException("the source was stopped");
        stopped.initCause(cause);
        return stopped;
    }

    /** Told once per file and reason: a replay meets it in every round. */
    private void passOver(final Path file, final String reason) {
        if (!reason.equals(passedOver.put(file, reason))) {
            LOG.error("Source {}: {} is passed over: {}", settings.name(), file, reason);
        }
    }

    private static String reason(final Exception unusable) {
        if (unusable instanceof AccessDeniedException) {
            return "it cannot be read; check its permissions";
        }
        return unusable instanceof IllegalArgumentException || unusable instanceof UnusableFileException
                ? unusable.getMessage() : unusable.toString();
    }

    /** Null when there is no memory at the moment. */
    private FrameBuffer read(final FrameSink sink, final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long size = channel.size();
            if (size == 0) {
                throw new UnusableFileException("it is empty");
            }
            if (size > settings.maxBytes()) {
                throw new UnusableFileException("it has " + size + " bytes, more than maxFileMb allows");
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

    /** A file that is not even offered; the message says why. */
    private static final class UnusableFileException extends IOException {

        private static final long serialVersionUID = 1L;

        UnusableFileException(final String message) {
            super(message);
        }
    }

    /** Puts a file away when every pipeline has answered; into {@code failed} when one of them could not. */
    private final class Finish implements FrameCompletion {

        private final Path file;
        private final Arrivals.Stamp stamp;
        private volatile boolean failed;

        Finish(final Path file, final Arrivals.Stamp stamp) {
            this.file = file;
            this.stamp = stamp;
        }

        @Override
        public void completed(final Result result) {
            if (result.failure().isPresent()) {
                failed = true;
            }
        }

        @Override
        public void done() {
            disposal.putAway(file, stamp, failed);
        }
    }
}
