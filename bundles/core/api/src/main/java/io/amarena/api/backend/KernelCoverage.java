/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

/**
 * How many convolutions and matrix products of a loaded model run in quantized kernels, and how many in float.
 * Immutable.
 *
 * <p>An int8 model is not a fact about its file but about file and processor: where the runtime has no quantized
 * kernel for an operator in its form, it converts to float and back, which may cost more than a float model.
 */
public final class KernelCoverage {

    private final int convolutions;
    private final int quantizedConvolutions;
    private final int products;
    private final int quantizedProducts;

    private KernelCoverage(final int convolutions, final int quantizedConvolutions, final int products,
            final int quantizedProducts) {
        if (quantizedConvolutions < 0 || quantizedConvolutions > convolutions || quantizedProducts < 0
                || quantizedProducts > products) {
            throw new IllegalArgumentException(quantizedConvolutions + " of " + convolutions + " convolutions and "
                    + quantizedProducts + " of " + products + " matrix products cannot be quantized");
        }
        this.convolutions = convolutions;
        this.quantizedConvolutions = quantizedConvolutions;
        this.products = products;
        this.quantizedProducts = quantizedProducts;
    }

    /**
     * What was counted in the graph as the runtime runs it.
     *
     * @param convolutions          all of them
     * @param quantizedConvolutions those that run in quantized kernels
     * @param products              all matrix products
     * @param quantizedProducts     those that run in quantized kernels
     */
    public static KernelCoverage of(final int convolutions, final int quantizedConvolutions, final int products,
            final int quantizedProducts) {
        return new KernelCoverage(convolutions, quantizedConvolutions, products, quantizedProducts);
    }

    public int convolutions() {
        return convolutions;
    }

    public int quantizedConvolutions() {
        return quantizedConvolutions;
    }

    /** Matrix products, all of them. */
    public int products() {
        return products;
    }

    public int quantizedProducts() {
        return quantizedProducts;
    }

    /** Whether all of them run in quantized kernels. */
    public boolean complete() {
        return quantizedConvolutions == convolutions && quantizedProducts == products;
    }

    @Override
    public String toString() {
        return quantizedConvolutions + " of " + convolutions + " convolutions and " + quantizedProducts + " of "
                + products + " matrix products have quantized kernels";
    }
}
