/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import io.amarena.api.model.ModelDescriptor;
import io.amarena.lib.descriptor.DescriptorReader;
import io.amarena.lib.onnx.OnnxFile;
import io.amarena.lib.onnx.OnnxFormatException;
import io.amarena.lib.onnx.OnnxLimits;
import io.amarena.lib.onnx.OnnxPreCheck;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pack that is being made: what goes into it, and what is wrong with it as far as its files tell without the model
 * being loaded. Large files are named, not read. Used by one thread.
 */
public final class PackDraft {

    private static final long MOST_DESCRIPTOR_BYTES = 1 << 20;
    private static final String GOLDEN = "golden";

    private final PackSources sources;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, PackEntry> files = new TreeMap<>();
    private List<GoldenPicture> golden = List.of();
    private JsonObject json = JsonValue.EMPTY_JSON_OBJECT;
    private Optional<ModelDescriptor> descriptor = Optional.empty();

    private PackDraft(final PackSources sources) {
        this.sources = sources;
    }

    /**
     * Reads and judges the sources.
     *
     * @throws IOException when one of them cannot be read at all
     */
    public static PackDraft of(final PackSources sources) throws IOException {
        final PackDraft draft = new PackDraft(sources);
        draft.read();
        return draft;
    }

    /** Everything that is wrong, each with its place and the remedy; empty for a pack that may be tried. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What was decided on behalf of the user. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** What the pack says of itself; present when nothing is wrong. */
    public Optional<ModelDescriptor> descriptor() {
        return problems.isEmpty() ? descriptor : Optional.empty();
    }

    public List<GoldenPicture> golden() {
        return golden;
    }

    /** The pack without golden samples, in which golden pictures are run for the first time. */
    public PackJar withoutGolden() {
        return new PackJar(descriptor().orElseThrow(), Json.createObjectBuilder(json).remove(GOLDEN).build(), files);
    }

    /**
     * The whole pack.
     *
     * @param made golden frames and expectations that did not exist before, by their path in the pack
     */
    public PackJar whole(final Map<String, Path> made) {
        final Map<String, PackEntry> all = new LinkedHashMap<>(files);
        for (final GoldenPicture sample : golden) {
            all.put(sample.frame(), PackEntry.of(made.getOrDefault(sample.frame(), sample.source())));
            all.put(sample.expect(), PackEntry.of(sample.expectation().orElseGet(() -> made.get(sample.expect()))));
        }
        return new PackJar(descriptor().orElseThrow(), json, all);
    }

    private void read() throws IOException {
        if (Files.size(sources.descriptor()) > MOST_DESCRIPTOR_BYTES) {
            problems.add(sources.descriptor() + " has more than " + MOST_DESCRIPTOR_BYTES
                    + " bytes; it is no descriptor");
            return;
        }
        final byte[] bytes = Files.readAllBytes(sources.descriptor());
        json = parse(bytes);
        readModel();
        readLabels();
        final List<JsonValue> listed = json.get(GOLDEN) instanceof JsonArray list ? list : List.of();
        golden = new GoldenSamples(sources, problems, notes).find(listed);
        final boolean broken = json.isEmpty();
        if (!listed.isEmpty() || !golden.isEmpty() && !broken) {
            json = Json.createObjectBuilder(json).add(GOLDEN, entries(golden)).build();
        }
        final DescriptorReader.Outcomes outcomes = new DescriptorReader().read(sources.descriptor().toString(),
                broken ? bytes : recorded().toString().getBytes(StandardCharsets.UTF_8), this::content);
        problems.addAll(0, outcomes.problems());
        descriptor = outcomes.descriptor();
        if (json.containsKey(Suggestion.REMARKS)) {
            notes.add(sources.descriptor() + "#/" + Suggestion.REMARKS
                    + " still lists what was guessed: check it, then take it out");
        }
    }

    /** Empty when it cannot be parsed; the reader of descriptors tells why. */
    private static JsonObject parse(final byte[] bytes) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        } catch (final JsonException | IllegalStateException | StackOverflowError broken) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    /** What can be judged now: expectations that are yet to be recorded are left out. */
    private JsonObject recorded() {
        if (!(json.get(GOLDEN) instanceof JsonArray)) {
            return json;
        }
        return Json.createObjectBuilder(json).add(GOLDEN, entries(golden.stream()
                .filter(sample -> !sample.toBeRecorded()).toList())).build();
    }

    private static JsonArrayBuilder entries(final List<GoldenPicture> samples) {
        final JsonArrayBuilder entries = Json.createArrayBuilder();
        samples.forEach(sample -> entries.add(sample.entry()));
        return entries;
    }

    private void readModel() throws IOException {
        OnnxPreCheck.checkFile(sources.model(), OnnxLimits.DEFAULT, any -> false)
                .forEach(problem -> problems.add(sources.model() + " " + problem));
        text(json, "file").ifPresent(path -> put("file", path, PackEntry.of(sources.model())));
    }

    private void readLabels() throws IOException {
        final JsonValue output = json.get("output");
        final Optional<String> named = output == null || output.getValueType() != JsonValue.ValueType.OBJECT
                ? Optional.empty() : text(output.asJsonObject(), "labels");
        final String place = sources.descriptor() + "#/output/labels";
        if (sources.labels().isPresent()) {
            if (named.isEmpty()) {
                problems.add(place + ": is missing, but a file of labels is given; add \"labels\": \""
                        + Suggestion.LABELS + "\", or leave --labels out");
            }
            named.ifPresent(path -> put("output/labels", path, PackEntry.of(sources.labels().get())));
        } else if (named.isPresent()) {
            findLabels(named.get(), place);
        }
    }

    private void findLabels(final String path, final String place) throws IOException {
        final Optional<Path> beside = beside(path);
        if (beside.isPresent()) {
            put("output/labels", path, PackEntry.of(beside.get()));
            return;
        }
        final List<String> names = classNames();
        if (names.isEmpty()) {
            problems.add(place + ": names " + path + ", but there is no such file in " + sources.beside()
                    + "; write it, one class per line, or give another one with --labels FILE");
        } else {
            final String lines = String.join("\n", names) + '\n';
            put("output/labels", path, PackEntry.of(lines.getBytes(StandardCharsets.UTF_8)));
            notes.add(path + " is made of the " + names.size() + " class names that " + sources.model() + " brings");
        }
    }

    /** Gives a file its place in the pack. */
    private void put(final String pointer, final String path, final PackEntry entry) {
        if (path.equals(PackJar.DESCRIPTOR) || path.startsWith("META-INF/") || files.containsKey(path)) {
            problems.add(sources.descriptor() + "#/" + pointer + ": names " + path
                    + ", which is the place of another file of the pack; choose another name");
        } else {
            files.put(path, entry);
        }
    }

    private List<String> classNames() throws IOException {
        try {
            return ExporterNotes.of(OnnxFile.read(sources.model()).metadata()).names();
        } catch (final OnnxFormatException told) {
            return List.of();
        }
    }

    /** A file that lies beside the descriptor or below. */
    private Optional<Path> beside(final String path) {
        try {
            final Path file = sources.beside().resolve(path).normalize();
            return Files.isRegularFile(file) && file.startsWith(sources.beside().normalize()) ? Optional.of(file)
                    : Optional.empty();
        } catch (final InvalidPathException noFile) {
            return Optional.empty();
        }
    }


    private static Optional<String> text(final JsonObject json, final String key) {
        return json.get(key) instanceof JsonString text && !text.getString().isEmpty() ? Optional.of(text.getString())
                : Optional.empty();
    }

    /** What the reader of descriptors asks for: the heads of frames, and whole expectations. */
    private Optional<byte[]> content(final String path) {
        for (final GoldenPicture sample : golden) {
            try {
                if (sample.frame().equals(path)) {
                    return sample.format() == GoldenPicture.Format.OTHER ? Optional.of(new byte[0])
                            : Optional.of(GoldenPicture.Format.pngHead());
                }
                if (sample.expect().equals(path) && sample.expectation().isPresent()
                        && Files.size(sample.expectation().get()) <= MOST_DESCRIPTOR_BYTES) {
                    return Optional.of(Files.readAllBytes(sample.expectation().get()));
                }
            } catch (final IOException unreadable) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
