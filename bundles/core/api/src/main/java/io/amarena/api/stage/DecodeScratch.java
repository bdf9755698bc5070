/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** Reusable memory and limits of one decoding thread. Not thread-safe. */
@ProviderType
public interface DecodeScratch {

    /** Pictures with more pixels are refused after the header was read. */
    long maxPixels();

    /**
     * Memory for one decoded picture: at least that many bytes, array-backed (array offset 0), kept for the next
     * picture of the same size or smaller.
     */
    ByteBuffer pixels(int bytes);

    /**
     * An object of the decoder's own that it wants to find again at the next call, such as a reader; null at first.
     * It is dropped when the decoder's service goes away.
     */
    Object attachment(ImageDecoder owner);

    void attach(ImageDecoder owner, Object attachment);
}
