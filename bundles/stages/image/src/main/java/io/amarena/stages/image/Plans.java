/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.model.Size;

/**
 * The plans of the latest picture sizes. Thread-safe; a known size is found without a lock and without allocation.
 */
final class Plans {

    private static final int MOST = 16;

    private final Placement.Rule rule;
    private final Size input;
    private final PixelFormat colour;
    private volatile Plan[] known = new Plan[0];

    Plans(final Placement.Rule rule, final Size input, final PixelFormat colour) {
        this.rule = rule;
        this.input = input;
        this.colour = colour;
    }

    Plan of(final Image image) {
        final Plan found = find(image);
        return found != null ? found : add(image);
    }

    /** Where pictures of frames of a size come to lie. */
    Placement placement(final int frameWidth, final int frameHeight) {
        for (final Plan plan : known) {
            if (plan.isOf(frameWidth, frameHeight)) {
                return plan.placement();
            }
        }
        return Placement.of(rule, frameWidth, frameHeight, input);
    }

    private Plan find(final Image image) {
        for (final Plan plan : known) {
            if (plan.suits(image)) {
                return plan;
            }
        }
        return null;
    }

    private synchronized Plan add(final Image image) {
        final Plan found = find(image);
        if (found != null) {
            return found;
        }
        final Plan made = new Plan(image, placement(image.frameWidth(), image.frameHeight()), colour);
        final Plan[] before = known;
        final int kept = Math.min(before.length, MOST - 1);
        final Plan[] after = new Plan[kept + 1];
        after[0] = made;
        System.arraycopy(before, 0, after, 1, kept);
        known = after;
        return made;
    }
}
