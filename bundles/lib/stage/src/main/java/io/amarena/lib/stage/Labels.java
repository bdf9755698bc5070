/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.stage;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of a model's classes, read from the file of the pack that the key {@code labels} names: UTF-8, one name
 * per line, in the order of the model's classes. Immutable and thread-safe.
 */
public final class Labels {

    /** The settings key that names the file. */
    public static final String KEY = "labels";

    private final String file;
    private final StageSettings settings;
    private final List<String> names;

    private Labels(final String file, final StageSettings settings, final List<String> names) {
        this.file = file;
        this.settings = settings;
        this.names = List.copyOf(names);
    }

    /**
     * Reads the labels that the settings of a stage name.
     *
     * @throws InvalidModelException when the key or the file is missing, or the file is no list of names
     */
    public static Labels read(final StageContext context) throws InvalidModelException {
        final StageSettings settings = context.settings();
        final String file = settings.text(KEY);
        final byte[] bytes;
        try {
            bytes = context.file(file);
        } catch (final IOException unreadable) {
            throw settings.problem(KEY, "names the file " + file + ", which cannot be read from the pack ("
                    + unreadable.getMessage() + "); put it into the pack or correct the name");
        }
        return new Labels(file, settings, names(settings, file, bytes));
    }

    private static List<String> names(final StageSettings settings, final String file, final byte[] bytes)
            throws InvalidModelException {
        final String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException notText) {
            throw settings.problem(KEY, "names " + file + ", which is not UTF-8 text; save it as UTF-8");
        }
        final String[] lines = text.replace("\uFEFF", "").stripTrailing().split("\\R");
        final List<String> names = new ArrayList<>(lines.length);
        for (int i = 0; i < lines.length; i++) {
            final String name = lines[i].strip();
            if (name.isEmpty()) {
                throw settings.problem(KEY, lines.length == 1 ? "names " + file + ", which is empty; write one label"
                        + " per line" : "names " + file + ", whose line " + (i + 1) + " is empty; write one label"
                        + " per line");
            }
            names.add(name);
        }
        return names;
    }

    public int count() {
        return names.size();
    }

    public String name(final int classIndex) {
        return names.get(classIndex);
    }

    /**
     * Refuses a model whose output has another number of classes than there are labels.
     *
     * @param classes how many the output has, or a negative number where its shape leaves that open
     */
    public void requireClasses(final long classes, final TensorSpec output) throws InvalidModelException {
        final Optional<String> mismatch = mismatch(classes, output.toString());
        if (mismatch.isPresent()) {
            throw settings.problem(KEY, mismatch.get());
        }
    }

    /**
     * What is wrong when an output has that many classes.
     *
     * @param classes how many the output has, or a negative number where that is not known
     * @param output  the output, for the message
     */
    public Optional<String> mismatch(final long classes, final String output) {
        return classes < 0 || classes == names.size() ? Optional.empty() : Optional.of(file + " has " + names.size()
                + " labels, but output " + output + " has " + classes + " classes; the file must name every class, in"
                + " the order of the model");
    }
}
