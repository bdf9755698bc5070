/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the golden samples of a pack: those that the descriptor lists, in its order, then the pictures of the folder
 * that it does not list, by name. Those without an expectation come last.
 */
final class GoldenSamples {

    private static final String FOLDER = "golden/";
    private static final String PICTURE = "(?i).*\\.(png|jpe?g)";

    private final PackSources sources;
    private final List<String> problems;
    private final List<String> notes;
    private final Map<String, GoldenPicture> found = new TreeMap<>();
    private final List<GoldenPicture> samples = new ArrayList<>();

    /**
     * Nothing found yet.
     *
     * @param sources  of the pack
     * @param problems takes what is wrong
     * @param notes    takes what is worth knowing
     */
    GoldenSamples(final PackSources sources, final List<String> problems, final List<String> notes) {
        this.sources = sources;
        this.problems = problems;
        this.notes = notes;
    }

    /**
     * Finds them.
     *
     * @param listed entries of the descriptor's list {@code golden}
     */
    List<GoldenPicture> find(final List<JsonValue> listed) throws IOException {
        if (sources.golden().isPresent()) {
            readFolder(sources.golden().get());
        }
        for (int i = 0; i < listed.size(); i++) {
            listed(listed.get(i), sources.descriptor() + "#/golden/" + i);
        }
        samples.addAll(found.values());
        final List<GoldenPicture> ordered = new ArrayList<>(samples);
        ordered.sort((one, other) -> Boolean.compare(one.toBeRecorded(), other.toBeRecorded()));
        return ordered;
    }

    private void readFolder(final Path pictures) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.list(pictures)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (final Path file : files) {
            final String name = file.getFileName().toString();
            if (name.matches(PICTURE)) {
                picture(file, stem(name));
            }
        }
        for (final Path file : files) {
            final String name = file.getFileName().toString();
            if (name.toLowerCase(Locale.ROOT).endsWith(".json")
                    && !found.containsKey(FOLDER + safe(stem(name)) + ".png")) {
                notes.add(file + " is left out: there is no picture " + stem(name) + ".png or .jpg beside it");
            }
        }
        if (found.isEmpty()) {
            problems.add(pictures + " has no pictures (.png, .jpg, .jpeg); put some in, or leave --golden out");
        }
    }

    private void picture(final Path file, final String stem) throws IOException {
        final String frame = FOLDER + safe(stem) + ".png";
        final JsonObject entry = Json.createObjectBuilder().add("frame", frame)
                .add("expect", FOLDER + safe(stem) + ".json").build();
        final Path expectation = file.resolveSibling(stem + ".json");
        final GoldenPicture picture = new GoldenPicture(entry, file, GoldenPicture.Format.of(file),
                Optional.of(expectation).filter(Files::isRegularFile));
        if (picture.format() == GoldenPicture.Format.OTHER) {
            problems.add(file + " is no picture: its content is neither PNG nor JPEG; save it as PNG or take it out");
        }
        final GoldenPicture other = found.put(frame, picture);
        if (other != null) {
            problems.add(file + " and " + other.source() + " would have the same name in the pack, " + frame
                    + "; rename one of them");
        }
    }

    /** An entry of the descriptor: its files are those of the folder, or lie beside the descriptor. */
    private void listed(final JsonValue value, final String place) throws IOException {
        if (value.getValueType() != JsonValue.ValueType.OBJECT
                || !(value.asJsonObject().get("frame") instanceof JsonString)
                || !(value.asJsonObject().get("expect") instanceof JsonString)) {
            problems.add(place + ": must be an object with the paths frame and expect, not " + value);
            return;
        }
        try {
            listed(value.asJsonObject(), place);
        } catch (final InvalidPathException noPath) {
            problems.add(place + ": names something that is no path: " + noPath.getMessage());
        }
    }

    private void listed(final JsonObject entry, final String place) throws IOException {
        final GoldenPicture given = found.remove(entry.getString("frame"));
        final Path source = given != null ? given.source() : sources.beside().resolve(entry.getString("frame"));
        final Path expectation = given != null && given.expectation().isPresent() ? given.expectation().get()
                : sources.beside().resolve(entry.getString("expect"));
        final boolean there = Files.isRegularFile(expectation);
        if (!Files.isRegularFile(source)) {
            problems.add(place + "/frame: names " + entry.getString("frame") + ", but there is no file " + source
                    + "; put it there, or take the entry out");
        } else if (!there && sources.golden().isEmpty()) {
            problems.add(place + "/expect: names " + entry.getString("expect") + ", but there is no file " + expectation
                    + "; put it there, or give the folder with --golden, so that the answer is recorded");
        } else {
            samples.add(new GoldenPicture(entry, source, GoldenPicture.Format.of(source),
                    there ? Optional.of(expectation) : Optional.empty()));
        }
    }

    private static String stem(final String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Names in packs become addresses, in which other characters have meanings. */
    private static String safe(final String stem) {
        return stem.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
