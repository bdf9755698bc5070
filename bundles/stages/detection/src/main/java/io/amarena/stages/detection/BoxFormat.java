/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.StageSettings;

/** What the four numbers of a box mean. Each axis has two of them. */
enum BoxFormat {

    /** Two corners. */
    XYXY {
        @Override
        double left(final double first, final double second) {
            return first;
        }

        @Override
        double right(final double first, final double second) {
            return second;
        }
    },

    /** One corner and the size. */
    XYWH {
        @Override
        double left(final double first, final double second) {
            return first;
        }

        @Override
        double right(final double first, final double second) {
            return first + second;
        }
    },

    /** The centre and the size. */
    CXCYWH {
        @Override
        double left(final double first, final double second) {
            return first - second / 2;
        }

        @Override
        double right(final double first, final double second) {
            return first + second / 2;
        }
    };

    /** The lower edge of an axis. */
    abstract double left(double first, double second);

    /** The upper edge of an axis. */
    abstract double right(double first, double second);

    static BoxFormat of(final StageSettings settings) throws InvalidModelException {
        final String text = settings.text("format", "xyxy");
        for (final BoxFormat format : values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw settings.problem("format", "must be xyxy, xywh or cxcywh, not " + text);
    }
}
