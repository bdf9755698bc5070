/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

/** A picture whose data is not what its header promises. The message completes "the JPEG picture is …". */
public final class DamagedJpegException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedJpegException(final String message) {
        super(message);
    }

    static DamagedJpegException truncated(final String detail) {
        return new DamagedJpegException("truncated (" + detail + ')');
    }

    static DamagedJpegException damaged(final String detail) {
        return new DamagedJpegException("damaged (" + detail + ')');
    }
}
