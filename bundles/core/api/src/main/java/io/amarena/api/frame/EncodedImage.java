/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A picture as a file or a camera delivers it, not yet decoded.
 *
 * @param mediaType what the source believes it to be, such as {@code image/jpeg}; decoders look at the bytes
 * @param bytes     the encoded bytes from position to limit; readers use {@link ByteBuffer#duplicate()}
 */
public record EncodedImage(String mediaType, ByteBuffer bytes) implements FrameContent {

    public EncodedImage {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(bytes, "bytes");
    }
}
