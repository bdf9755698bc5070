/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.publish;

import io.amarena.api.frame.Frame;
import io.amarena.api.result.Result;
import java.time.Duration;
import java.util.List;

/**
 * Takes results of pipelines and brings them out of the gateway.
 *
 * <p>{@link #offer} and {@link #onEvent} are called from several threads, for one pipeline in order and never at
 * the same time. They return at once and throw nothing: what has to wait, waits in the publisher.
 */
public interface Publisher extends AutoCloseable {

    /**
     * Offers one result. From {@link Answer#TAKEN} on, the publisher is responsible for it.
     *
     * @param frame the frame with a share for this call, for publishers that send pictures
     */
    Answer offer(Result result, Frame frame);

    /** Something happened to a pipeline that offers results to this publisher. */
    void onEvent(PipelineEvent event);

    /** Results taken, and what became of them. */
    DeliveryAccount account();

    /** State of the connection, for people: {@code connected}, or what is wrong and since when. */
    PublisherStatus status();

    /**
     * Sends what can still be sent and waits for its confirmation.
     *
     * @return whether nothing was left
     */
    boolean drain(Duration atMost) throws InterruptedException;

    /**
     * Gives back, oldest first, what was taken and not confirmed: the publisher that comes next sends it. Called between
     * {@link #drain} and {@link #close} when something was left; nothing is offered any more. The account no longer
     * counts these results as taken. What was sent without a confirmation may arrive twice then, with the same message
     * id.
     */
    default List<Result> handOver() {
        return List.of();
    }

    /**
     * Offers a result that the publisher before this one took and {@linkplain #handOver() gave back}; its frame is no
     * longer there. Called before anything else is offered.
     */
    default Answer offerAgain(final Result result) {
        return Answer.DROPPED;
    }

    /** Disconnects and ends all threads, within a few seconds. Idempotent. */
    @Override
    void close();
}
