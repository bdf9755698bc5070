/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder with the settings files, and the one with the last good copy of each. Not thread-safe. */
final class SettingsFolder {

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
     * @param texts    of the files that can be read
     * @param problems by file name, of those that cannot
     * @param missing  why the folder itself cannot be read; empty when it can
     */
    record Content(Map<Pid, String> texts, Map<String, String> problems, String missing) {
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
            return new Content(Map.of(), Map.of(), "there is no settings folder " + folder + ": make it");
        } catch (final IOException failed) {
            return new Content(Map.of(), Map.of(), "the settings folder " + folder + " cannot be read ("
                    + failed.getMessage() + "): check its permissions");
        }
        final Map<Pid, String> texts = new TreeMap<>();
        final Map<String, String> problems = new TreeMap<>();
        final Map<String, Path> folded = new HashMap<>();
        for (final Path file : files) {
            final String name = file.getFileName().toString();
            final Optional<Pid> pid = Pid.ofFile(name);
            if (pid.isEmpty()) {
                problems.put(name, "is no name of a settings file: name it <pid>.json or <factory pid>~<name>.json");
            } else if (folded.putIfAbsent(pid.get().folded(), file) != null) {
                problems.put(name, "differs from " + folded.get(pid.get().folded()).getFileName()
                        + " in upper and lower case alone: delete one of them");
            } else {
                text(file, problems).ifPresent(text -> texts.put(pid.get(), text));
            }
        }
        return new Content(texts, problems, "");
    }

    private static Optional<String> text(final Path file, final Map<String, String> problems) {
        final String name = file.getFileName().toString();
        try {
            if (Files.size(file) > MOST_BYTES) {
                problems.put(name, "has more than " + MOST_BYTES + " bytes: settings are small");
                return Optional.empty();
            }
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (final IOException failed) {
            problems.put(name, "cannot be read (" + failed + "): check its permissions, and that it is UTF-8");
            return Optional.empty();
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
            Pid.ofFile(file.getFileName().toString()).ifPresent(pid ->
                    text(file, new HashMap<>()).ifPresent(text -> texts.put(pid, text)));
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
