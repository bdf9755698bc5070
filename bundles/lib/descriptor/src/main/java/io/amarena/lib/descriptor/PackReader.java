/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import io.amarena.api.model.Model;
import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.model.ModelId;
import io.amarena.lib.onnx.OnnxLimits;
import io.amarena.lib.onnx.OnnxPreCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and judges a pack that lies unpacked in a folder, without loading its model: descriptor, golden samples, labels,
 * and the ONNX file. Stateless and thread-safe.
 */
public final class PackReader {

    /** Name of the descriptor where the manifest does not say. */
    public static final String DESCRIPTOR = "model.json";

    private static final long MOST_DESCRIPTOR_BYTES = 1 << 20;

    private final DescriptorReader descriptors = new DescriptorReader();
    private final OnnxLimits limits;

    /**
     * A reader.
     *
     * @param limits for ONNX files
     */
    public PackReader(final OnnxLimits limits) {
        this.limits = limits;
    }

    /**
     * A pack that was read.
     *
     * @param model    present when nothing is wrong
     * @param problems each with its place and the remedy
     */
    public record ReadPack(Optional<Model> model, List<String> problems) {
    }

    /**
     * Reads a pack.
     *
     * @param folder     with the pack's files
     * @param descriptor path of the descriptor
     * @param digest     of the pack
     */
    public ReadPack read(final Path folder, final String descriptor, final String digest) {
        final Optional<byte[]> bytes = file(folder, descriptor);
        if (bytes.isEmpty()) {
            return new ReadPack(Optional.empty(), List.of(Files.isRegularFile(folder.resolve(descriptor))
                    ? descriptor + " has more than " + MOST_DESCRIPTOR_BYTES + " bytes, or cannot be read: a descriptor is"
                    + " small, put data into files of their own"
                    : descriptor + " is missing: a model pack needs a descriptor, see the page on model packs"));
        }
        final DescriptorReader.Outcomes read = descriptors.read(descriptor, bytes.get(), path -> file(folder, path));
        final List<String> problems = new ArrayList<>(read.problems());
        if (read.descriptor().isPresent()) {
            problems.addAll(checkModelFile(folder, read.descriptor().get()));
        }
        if (!problems.isEmpty()) {
            return new ReadPack(Optional.empty(), List.copyOf(problems));
        }
        final ModelDescriptor valid = read.descriptor().orElseThrow();
        return new ReadPack(Optional.of(new StoredModel(new ModelId(valid.name(), valid.version(), digest), valid,
                folder)), List.of());
    }

    private List<String> checkModelFile(final Path folder, final ModelDescriptor descriptor) {
        final Path file = folder.resolve(descriptor.file());
        if (!Files.isRegularFile(file)) {
            return List.of(descriptor.file() + " is missing: the descriptor names it as the model");
        }
        if (!descriptor.file().endsWith(".onnx")) {
            return List.of();
        }
        final List<String> problems = new ArrayList<>();
        try {
            OnnxPreCheck.checkFile(file, limits, any -> false).forEach(problem ->
                    problems.add(descriptor.file() + " " + problem));
        } catch (final IOException unreadable) {
            problems.add(descriptor.file() + " cannot be read: " + unreadable.getMessage());
        }
        return problems;
    }

    /** A file of the folder and of no other place. */
    private static Optional<byte[]> file(final Path folder, final String path) {
        final Path file = folder.resolve(path).normalize();
        try {
            if (file.startsWith(folder) && Files.isRegularFile(file) && Files.size(file)
                    <= (path.endsWith(".json") ? MOST_DESCRIPTOR_BYTES : StoredModel.MOST_FILE_BYTES)) {
                return Optional.of(Files.readAllBytes(file));
            }
        } catch (final IOException unreadable) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
