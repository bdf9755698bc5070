/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.backendkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amarena.api.backend.Backend;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.Device;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.backend.Support;
import io.amarena.api.model.Model;
import io.amarena.api.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** The backend under test, and the words in which the tests of the kit speak about it. */
abstract class ContractVocabulary {

    /** Models that a backend must run; the others are skipped where the device cannot run them. */
    static final Set<KitModel> REQUIRED = Set.of(KitModel.ADD_ONE, KitModel.MATMUL, KitModel.TWO_INPUTS,
            KitModel.CONV, KitModel.PIXELS);

    /** The backend under test; asked for once or several times by each test. */
    protected abstract Backend backend();

    /** The device under test: the first one, unless overridden. */
    protected Device device() {
        return backend().devices().get(0);
    }

    /** The model in the format of the backend's runtime. */
    protected Model model(final KitModel which) {
        return which.onnx();
    }

    /** How far a number may lie from the exact one, relative to it: rough devices override it. */
    protected double tolerance() {
        return 1e-5;
    }

    final Session open(final KitModel which) throws BackendException {
        return open(which, SessionOptions.forCallers(2));
    }

    final Session open(final KitModel which, final SessionOptions options) throws BackendException {
        final Model model = model(which);
        final Support support = backend().supports(model, device());
        assumeTrue(support.supported() || REQUIRED.contains(which), support::reason);
        return backend().open(model, device(), options);
    }

    static BatchLayout layout(final int capacity, final Map<String, Shape> inputs) {
        return new BatchLayout(capacity, inputs);
    }

    static BatchLayout addOne(final int capacity) {
        return layout(capacity, Map.of("x", Shape.of(capacity, 4)));
    }

    static BatchLayout matmul(final int capacity) {
        return layout(capacity, Map.of("x", Shape.of(capacity, 3)));
    }

    static BatchLayout twoInputs(final int capacity) {
        return layout(capacity, Map.of("a", Shape.of(capacity, 4), "b", Shape.of(capacity, 4)));
    }

    static float[] sequence(final int length, final int start) {
        final float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (start + i) % 50;
        }
        return values;
    }

    static float[] plusOne(final float[] values) {
        final float[] sums = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            sums[i] = values[i] + 1;
        }
        return sums;
    }

    final void assertClose(final float[] expected, final float[] actual) {
        assertEquals(expected.length, actual.length, "number of values");
        for (int i = 0; i < expected.length; i++) {
            final int at = i;
            assertEquals(expected[i], actual[i], tolerance() * Math.max(1, Math.abs(expected[i])),
                    () -> "value " + at + " of " + Arrays.toString(actual));
        }
    }

    static void assertMismatch(final Session session, final BatchLayout layout, final String... words) {
        final BackendException error = assertThrows(BackendException.class, () -> session.acquire(layout));
        assertEquals(Code.LAYOUT_MISMATCH, error.code(), error::toString);
        assertMentions(error, words);
    }

    static void assertMentions(final Exception error, final String... words) {
        for (final String word : words) {
            assertTrue(error.getMessage().contains(word), () -> '"' + error.getMessage() + "\" lacks " + word);
        }
    }
}
