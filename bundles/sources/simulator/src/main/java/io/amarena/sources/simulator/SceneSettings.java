/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * What a conveyor scene looks like; equal settings and sequence numbers give equal pixels.
 *
 * @param width          frame width in pixels, {@value #MIN_SIDE} to {@value #MAX_SIDE}
 * @param height         frame height in pixels, {@value #MIN_SIDE} to {@value #MAX_SIDE}
 * @param seed           chooses the series of plates
 * @param defectShare    share of the plates with a defect, 0 to 1; the five kinds are equally likely
 * @param driftAmplitude how far the lamp's brightness drifts to either side, 0 (steady) to 0.9
 * @param driftPeriod    frames from one brightest moment to the next, at least 2
 * @param blur           standard deviation of the lens blur in pixels, 0 (sharp) to {@value #MAX_BLUR}
 */
public record SceneSettings(int width, int height, long seed, double defectShare, double driftAmplitude,
        int driftPeriod, double blur) {

    public static final int MIN_SIDE = 64;
    public static final int MAX_SIDE = 8192;
    public static final int MAX_BLUR = 20;

    public SceneSettings {
        check("width", width, MIN_SIDE, MAX_SIDE);
        check("height", height, MIN_SIDE, MAX_SIDE);
        check("defect share", defectShare, 0, 1);
        check("drift amplitude", driftAmplitude, 0, 0.9);
        check("drift period", driftPeriod, 2, Integer.MAX_VALUE);
        check("blur", blur, 0, MAX_BLUR);
        if ((long) width * height * 3 > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("A frame of " + width + " x " + height
                    + " pixels does not fit one array; choose a smaller width or height");
        }
    }

    /** A sharp, steadily lit scene of 1280 × 720 pixels in which every second plate has a defect. */
    public static SceneSettings standard(final long seed) {
        return new SceneSettings(1280, 720, seed, 0.5, 0, 600, 0);
    }

    public SceneSettings withSize(final int newWidth, final int newHeight) {
        return new SceneSettings(newWidth, newHeight, seed, defectShare, driftAmplitude, driftPeriod, blur);
    }

    public SceneSettings withDefectShare(final double share) {
        return new SceneSettings(width, height, seed, share, driftAmplitude, driftPeriod, blur);
    }

    public SceneSettings withDrift(final double amplitude, final int period) {
        return new SceneSettings(width, height, seed, defectShare, amplitude, period, blur);
    }

    public SceneSettings withBlur(final double sigma) {
        return new SceneSettings(width, height, seed, defectShare, driftAmplitude, driftPeriod, sigma);
    }

    /** The bytes of one RGB frame. */
    public int frameBytes() {
        return width * height * 3;
    }

    /** The brightness of the lamp at a frame, where 1 is the default lighting. */
    double lightAt(final long sequence) {
        if (driftAmplitude == 0) {
            return 1;
        }
        final double turn = (double) Math.floorMod(sequence, (long) driftPeriod) / driftPeriod;
        return 1 + driftAmplitude * StrictMath.sin(2 * Math.PI * turn);
    }

    private static void check(final String name, final double value, final double low, final double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException("The scene's " + name + " is " + value
                    + "; choose a value from " + low + " to " + high);
        }
    }
}
