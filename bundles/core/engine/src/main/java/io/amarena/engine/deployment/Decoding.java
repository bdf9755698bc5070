/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.model.Size;
import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.ImageHeader;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.StageException;
import java.util.List;
import java.util.Optional;

/** Finds the decoder that knows a picture. */
public final class Decoding {

    private Decoding() {
    }

    /**
     * Decodes with the first decoder that knows the format.
     *
     * @param preprocessor that uses the picture
     * @throws StageException when none does, or the one that does cannot
     */
    public static Image decode(final List<ImageDecoder> decoders, final EncodedImage encoded,
            final Preprocessor preprocessor, final DecodeScratch scratch) throws StageException {
        for (final ImageDecoder decoder : decoders) {
            final Optional<ImageHeader> header = decoder.probe(encoded);
            if (header.isPresent()) {
                final Size all = new Size(header.get().width(), header.get().height());
                return decoder.decode(encoded, preprocessor.usefulSize(all), scratch);
            }
        }
        final int bytes = encoded.bytes().remaining();
        throw new StageException(bytes == 0 ? "the picture is empty: 0 bytes"
                : "the picture (" + encoded.mediaType() + ", " + bytes + " bytes) is in no known format;"
                + (decoders.isEmpty() ? " no image decoder is installed" : " JPEG and PNG are supported"));
    }
}
