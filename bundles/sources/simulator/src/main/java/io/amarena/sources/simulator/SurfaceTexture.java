/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * The finish of a metal surface as a table of precomputed noise, from which each plate takes its own piece: at a
 * random offset, possibly mirrored. Tables repeat seamlessly. Immutable.
 */
final class SurfaceTexture {
    /** The standard deviation of the noise in every table. */
    static final int DEVIATION = 32;

    /** Table values by row, signed. */
    private final byte[] values;
    private final int side;

    private SurfaceTexture(final float[] noise, final int side) {
        this.side = side;
        this.values = new byte[noise.length];
        double sum = 0;
        double squares = 0;
        for (final float value : noise) {
            sum += value;
            squares += (double) value * value;
        }
        final double mean = sum / noise.length;
        final double scale = DEVIATION / Math.sqrt(squares / noise.length - mean * mean);
        for (int i = 0; i < noise.length; i++) {
            values[i] = (byte) Math.max(-127, Math.min(127, Math.round((noise[i] - mean) * scale)));
        }
    }

    /** Brushed steel: long horizontal streaks over fine lines. */
    static SurfaceTexture brushed(final int plateSide, final SceneRandom random) {
        final int side = tableSide(plateSide);
        final float[] noise = new float[side * side];
        final float[] line = new float[side];
        final int streak = Math.max(2, plateSide / 6);
        float row = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                line[x] = (float) random.normal();
            }
            row = 0.35f * row + (float) random.normal();
            final float[] walk = smooth(line, streak);
            for (int x = 0; x < side; x++) {
                noise[y * side + x] = walk[x] * (float) Math.sqrt(streak) + 0.7f * row + 0.2f * line[x];
            }
        }
        return new SurfaceTexture(noise, side);
    }

    /** Cast metal: soft mottles of two sizes. */
    static SurfaceTexture cast(final int plateSide, final SceneRandom random) {
        final int side = tableSide(plateSide);
        final float[] coarse = blurred(white(side, random), side, plateSide / 52);
        final float[] fine = blurred(white(side, random), side, plateSide / 200);
        final double coarseWeight = plateSide / 52.0;
        final double fineWeight = Math.max(1, plateSide / 200.0) * 0.6;
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = (float) (coarse[i] * coarseWeight + fine[i] * fineWeight);
        }
        return new SurfaceTexture(coarse, side);
    }

    /** Sand-blasted metal: an even fine grain. */
    static SurfaceTexture blasted(final int plateSide, final SceneRandom random) {
        final int side = tableSide(plateSide);
        return new SurfaceTexture(blurred(white(side, random), side, plateSide / 280), side);
    }

    /** The table's column (or row) for each pixel of a plate's side, starting at {@code offset}. */
    void positions(final int[] positions, final int count, final int offset, final boolean mirrored) {
        final int start = Math.floorMod(offset, side);
        for (int i = 0; i < count; i++) {
            positions[i] = (start + (mirrored ? count - 1 - i : i)) % side;
        }
    }

    byte[] values() {
        return values;
    }

    int side() {
        return side;
    }

    private static int tableSide(final int plateSide) {
        return Math.max(32, plateSide * 6 / 5);
    }

    private static float[] white(final int side, final SceneRandom random) {
        final float[] noise = new float[side * side];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.normal();
        }
        return noise;
    }

    /** Two box filters in each direction, over the table's edges. */
    private static float[] blurred(final float[] noise, final int side, final int width) {
        if (width < 2) {
            return noise;
        }
        final float[] result = noise.clone();
        final float[] line = new float[side];
        for (int y = 0; y < side; y++) {
            System.arraycopy(result, y * side, line, 0, side);
            System.arraycopy(smooth(smooth(line, width), width), 0, result, y * side, side);
        }
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                line[y] = result[y * side + x];
            }
            final float[] smooth = smooth(smooth(line, width), width);
            for (int y = 0; y < side; y++) {
                result[y * side + x] = smooth[y];
            }
        }
        return result;
    }

    /** The running mean of {@code width} values of a ring. */
    private static float[] smooth(final float[] ring, final int width) {
        final float[] means = new float[ring.length];
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += ring[i];
        }
        for (int i = 0; i < ring.length; i++) {
            means[i] = (float) (sum / width);
            sum += ring[(i + width) % ring.length] - ring[i];
        }
        return means;
    }
}
