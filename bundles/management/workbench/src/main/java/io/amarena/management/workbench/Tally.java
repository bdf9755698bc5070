/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * How the two sides of {@code bench --naive} tell how far they are: {@value #READY} once results are out, then a number
 * for each line of standard input, until that ends.
 */
final class Tally {

    static final String READY = "ready";

    private static final long STEP_MILLIS = 20;

    private Tally() {
    }

    /**
     * Answers until standard input ends.
     *
     * @param frames whose results the broker has confirmed
     * @param enough frames that must be out before the first answer
     */
    static void serve(final LongSupplier frames, final long enough) throws IOException, InterruptedException {
        while (frames.getAsLong() < enough) {
            Thread.sleep(STEP_MILLIS);
        }
        System.out.println(READY);
        try (BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (questions.readLine() != null) {
                System.out.println(frames.getAsLong());
            }
        }
    }
}
