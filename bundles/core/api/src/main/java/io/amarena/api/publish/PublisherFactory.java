/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.publish;

/**
 * Makes the publisher of one configuration, registered as a service: one factory service per configured publisher.
 *
 * <p>What it makes outlives its bundle: the engine goes on using a publisher until the next one of the same name has
 * taken over, then drains and closes it. The contract of
 * {@link io.amarena.api.stage.PreprocessorFactory PreprocessorFactory} applies.
 */
public interface PublisherFactory {

    /** Service property: the name by which pipelines refer to the publisher. String, required, unique. */
    String NAME = "amarena.publisher";

    /**
     * Makes the publisher. Returns at once. The publisher does not connect before the first event or result reaches it,
     * because the one before it may still be draining under the same name; then it connects on a thread of its own.
     */
    Publisher create(PublisherContext context);
}
