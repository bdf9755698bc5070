/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.StageException;
import java.util.List;

/** Finds the decoder that knows a picture. */
public final class Decoding {

    private Decoding() {
    }

    /**
     * Decodes with the first decoder that knows the format.
     *
     * @throws StageException when none does, or the one that does cannot
     */
    public static Image decode(final List<ImageDecoder> decoders, final EncodedImage encoded,
            final DecodeScratch scratch) throws StageException {
        for (final ImageDecoder decoder : decoders) {
            if (decoder.probe(encoded).isPresent()) {
                return decoder.decode(encoded, scratch);
            }
        }
        final int bytes = encoded.bytes().remaining();
        throw new StageException(bytes == 0 ? "the picture is empty: 0 bytes"
                : "the picture (" + encoded.mediaType() + ", " + bytes + " bytes) is in no known format;"
                + (decoders.isEmpty() ? " no image decoder is installed" : " JPEG and PNG are supported"));
    }
}
