/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.tensor;

import java.util.Arrays;

/**
 * The dimensions of a tensor, outermost first; −1 stands for a dimension that is free. Immutable, with value
 * equality.
 */
public final class Shape {

    /** A dimension that is only known when the model runs. */
    public static final long FREE = -1;

    private final long[] dimensions;
    private final int hash;

    private Shape(final long[] dimensions) {
        this.dimensions = dimensions;
        this.hash = Arrays.hashCode(dimensions);
    }

    public static Shape of(final long... dimensions) {
        for (final long dimension : dimensions) {
            if (dimension < FREE) {
                throw new IllegalArgumentException("A dimension of " + dimension + " in "
                        + Arrays.toString(dimensions) + " is neither a size nor -1 for a free one");
            }
        }
        return new Shape(dimensions.clone());
    }

    public int rank() {
        return dimensions.length;
    }

    /** The dimension at an index from 0. */
    public long dimension(final int index) {
        return dimensions[index];
    }

    /** A copy as an array. */
    public long[] toArray() {
        return dimensions.clone();
    }

    public boolean hasFreeDimensions() {
        for (final long dimension : dimensions) {
            if (dimension == FREE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Number of elements.
     *
     * @throws IllegalStateException when a dimension is free
     * @throws ArithmeticException   when the number does not fit into a long
     */
    public long elements() {
        long elements = 1;
        for (final long dimension : dimensions) {
            if (dimension == FREE) {
                throw new IllegalStateException("The number of elements of " + this + " is not known");
            }
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }

    /** The same shape with another dimension at one index. */
    public Shape with(final int index, final long dimension) {
        final long[] changed = dimensions.clone();
        changed[index] = dimension;
        return of(changed);
    }

    /** Whether a concrete shape fits this one: equal rank, and equal wherever this one is not free. */
    public boolean admits(final Shape concrete) {
        if (concrete.rank() != rank()) {
            return false;
        }
        for (int i = 0; i < dimensions.length; i++) {
            if (dimensions[i] != FREE && dimensions[i] != concrete.dimensions[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Shape && Arrays.equals(dimensions, ((Shape) other).dimensions);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(dimensions).replace("-1", "?");
    }
}
