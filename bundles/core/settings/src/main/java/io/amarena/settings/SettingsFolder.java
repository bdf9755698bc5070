/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder with the settings files, and the one with the last good copy of each. Not thread-safe. */
final class SettingsFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsFolder.class);
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final long MOST_BYTES = 1 << 20;

    private final Path folder;
    private final Path lastGood;

    SettingsFolder(final Path folder, final Path lastGood) {
        this.folder = folder.toAbsolutePath().normalize();
        this.lastGood = lastGood.toAbsolutePath().normalize();
    }

    /**
     * What the folder holds.
     *
     * @param texts      of the files that can be read
     * @param problems   by file name, of those that cannot
     * @param unreadable what the files that cannot be read are settings of
     * @param missing    why the folder itself cannot be read; empty when it can
     */
    record Content(Map<Pid, String> texts, Map<String, String> problems, Set<Pid> unreadable, String missing) {

        /** Whether there is a file for it, good or not. */
        boolean has(final Pid pid) {
            return texts.containsKey(pid) || unreadable.contains(pid);
        }
    }

    Path path(final Pid pid) {
        return folder.resolve(pid.fileName());
    }

    Content read() {
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> Pid.isSettingsFile(file.getFileName().toString())).sorted()
                    .collect(Collectors.toList());
        } catch (final NoSuchFileException | NotDirectoryException none) {
            return new Content(Map.of(), Map.of(), Set.of(), "there is no settings folder " + folder + ": make it");
        } catch (final IOException failed) {
            return new Content(Map.of(), Map.of(), Set.of(), "the settings folder " + folder + " cannot be read ("
                    + failed.getMessage() + "): check its permissions");
        }
        final Map<Pid, String> texts = new TreeMap<>();
        final Map<String, String> problems = new TreeMap<>();
        final Set<Pid> unreadable = new TreeSet<>();
        final Map<String, Pid> folded = new HashMap<>();
        for (final Path file : files) {
            final String name = file.getFileName().toString();
            final Optional<Pid> pid = Pid.ofFile(name);
            if (pid.isEmpty()) {
                problems.put(name, "is no name of a settings file: name it <pid>.json or <factory pid>~<name>.json");
                continue;
            }
            final Pid twin = folded.putIfAbsent(pid.get().folded(), pid.get());
            if (twin != null) {
                problems.put(name, "differs from " + twin.fileName() + " in upper and lower case alone, so that neither is"
                        + " read: delete one of them");
                texts.remove(twin);
                unreadable.add(twin);
                unreadable.add(pid.get());
                continue;
            }
            try {
                texts.put(pid.get(), text(file));
            } catch (final UnreadableFileException broken) {
                problems.put(name, broken.getMessage());
                unreadable.add(pid.get());
            }
        }
        return new Content(texts, problems, unreadable, "");
    }

    /** A settings file that gives no text; the message goes behind its name. */
    private static final class UnreadableFileException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableFileException(final String message, final Exception cause) {
            super(message, cause);
        }
    }

    /** Without the mark that some editors put before UTF-8. */
    private static String text(final Path file) throws UnreadableFileException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UnreadableFileException("has more than " + MOST_BYTES + " bytes: settings are small", null);
            }
            final String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (final CharacterCodingException foreign) {
            throw new UnreadableFileException("is no text in UTF-8: save it as UTF-8", foreign);
        } catch (final IOException failed) {
            throw new UnreadableFileException("cannot be read (" + failed + "): check its permissions", failed);
        }
    }

    /** The copies of files whose settings took effect last. */
    Map<Pid, String> lastGood() {
        final Map<Pid, String> texts = new TreeMap<>();
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(lastGood)) {
            all.forEach(files::add);
        } catch (final IOException none) {
            return texts;
        }
        for (final Path file : files) {
            try {
                final Optional<Pid> pid = Pid.ofFile(file.getFileName().toString());
                if (pid.isPresent()) {
                    texts.put(pid.get(), text(file));
                }
            } catch (final UnreadableFileException damaged) {
                LOG.debug("The last good copy {} is damaged", file, damaged);
            }
        }
        return texts;
    }

    /** Replaces a settings file as a whole. */
    void write(final Pid pid, final String text) throws IOException {
        replace(path(pid), text);
    }

    void delete(final Pid pid) throws IOException {
        Files.deleteIfExists(path(pid));
    }

    void keepLastGood(final Pid pid, final String text) throws IOException {
        replace(lastGood.resolve(pid.fileName()), text);
    }

    void forgetLastGood(final Pid pid) throws IOException {
        Files.deleteIfExists(lastGood.resolve(pid.fileName()));
    }

    private static void replace(final Path file, final String text) throws IOException {
        Files.createDirectories(file.getParent());
        final Path half = file.resolveSibling("." + file.getFileName() + ".half");
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
