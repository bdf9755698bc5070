/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

/**
 * What a frame holds: an {@link EncodedImage}, an {@link Image} or a window of {@link Samples}.
 *
 * <p>Content refers to memory that its {@link Frame} owns. It must not be read after the frame was released, and
 * nobody writes into it: a frame may run a second time after a live change.
 *
 * <p>The type is open on purpose. Who meets a content that it does not know refuses the frame with a reason.
 */
public interface FrameContent {
}
