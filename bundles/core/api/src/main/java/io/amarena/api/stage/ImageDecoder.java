/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.model.Size;
import java.util.Optional;

/**
 * Decodes pictures, registered as a service; of several that know a picture, the one with the highest
 * {@code service.ranking} decodes it. The methods may be called by several threads at the same time.
 */
public interface ImageDecoder {

    /**
     * Reads the header alone, at a cost that does not depend on the size of the picture.
     *
     * @return what it says, or empty when the bytes are not of a format that this decoder knows
     * @throws StageException when the header is of a known format but damaged
     */
    Optional<ImageHeader> probe(EncodedImage encoded) throws StageException;

    /**
     * Decodes the picture to 8-bit RGB, BGR or GRAY.
     *
     * @param least   how many pixels are of use: a decoder that saves work by it may deliver the picture at a part of
     *                its
     *                size, but with at least so many in each direction. It then tells the size of the frame in the
     *                {@linkplain Image#frameWidth() image}.
     * @param scratch memory of the calling thread to decode into; the image may refer to it and is valid until the
     *                next call with the same scratch
     * @throws StageException when the picture is damaged or of an unsupported kind, or has more pixels than allowed
     */
    Image decode(EncodedImage encoded, Size least, DecodeScratch scratch) throws StageException;
}
