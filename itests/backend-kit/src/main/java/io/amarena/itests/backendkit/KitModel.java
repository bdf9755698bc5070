/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.backendkit;

import io.amarena.api.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The models of the kit; {@code models/make_models.py} makes their files and says what each one computes. */
public enum KitModel {

    /** {@code y = x + 1}, float32, {@code [batch, 4]}. */
    ADD_ONE("add-one"),
    /** {@code y = x · [[1, 2], [3, 4], [5, 6]]}, float32, {@code [batch, 3]} to {@code [batch, 2]}. */
    MATMUL("matmul"),
    /** {@code sum = a + b} and {@code difference = a - b}, float32, {@code [batch, 4]}. */
    TWO_INPUTS("two-inputs"),
    /** {@code y = x * factors}: {@code x} is {@code [batch, 3]}, {@code factors} {@code [3]} serves all frames. */
    SHARED_INPUT("shared-input"),
    /** Sums of 3×3 pixels in steps of 2: {@code image [batch, 1, h, w]}, {@code grid [batch, 1, ⌈h/2⌉, ⌈w/2⌉]}. */
    CONV("conv"),
    /** {@code places [2, n]}: row and column of everything in {@code x} that is not zero; {@code negated = -x}. */
    NONZERO("nonzero"),
    /** {@code pixels}, uint8 {@code [batch, 4]}, as float32 {@code y}. */
    PIXELS("pixels"),
    /** {@code y = 2x}, int64, {@code [batch, 3]}. */
    INTEGERS("integers"),
    /** {@code y = x + 1} with the fixed shape {@code [1, 4]}. */
    FIXED_ONE("fixed-one"),
    /** {@code y = x + 1} with the fixed shape {@code [4, 2]}. */
    FIXED_FOUR("fixed-four"),
    /** {@code y} = the entries of the table 10, 20, 30 at {@code index}; a run with an index of 3 fails. */
    GATHER("gather");

    private final String title;

    KitModel(final String title) {
        this.title = title;
    }

    /** The model's name, as messages about it must contain it. */
    public String title() {
        return title;
    }

    /** The ONNX file as a pack would bring it. */
    public Model onnx() {
        return KitPack.of(title, onnxBytes());
    }

    /** The bytes of the ONNX file. */
    public byte[] onnxBytes() {
        final String file = title + ".onnx";
        try (InputStream in = KitModel.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The kit lacks its file " + file);
            }
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
