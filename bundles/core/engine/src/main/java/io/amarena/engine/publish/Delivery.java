/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.publish;

import io.amarena.api.frame.Frame;
import io.amarena.api.publish.Answer;
import io.amarena.api.result.Result;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One result on its way to its publishers: it is over when every one of them has answered. Thread-safe.
 *
 * <p>The verdict over all answers: taken when one took it, otherwise dropped when one dropped it, otherwise filtered. A
 * result without publishers counts as taken.
 */
public final class Delivery {

    private final Result result;
    private final Frame frame;
    private final Consumer<Answer> whenAnswered;
    /** Open answers, and one more until {@link #begin()}. */
    private final AtomicInteger open;
    private volatile boolean taken;
    private volatile boolean dropped;
    private final boolean withoutPublishers;

    public Delivery(final Result result, final Frame frame, final int publishers,
            final Consumer<Answer> whenAnswered) {
        this.result = result;
        this.frame = frame;
        this.whenAnswered = whenAnswered;
        this.open = new AtomicInteger(publishers + 1);
        this.withoutPublishers = publishers == 0;
    }

    public Result result() {
        return result;
    }

    public Frame frame() {
        return frame;
    }

    /** All publishers have been asked. */
    public void begin() {
        countDown();
    }

    /** One publisher has answered. */
    void answered(final Answer answer) {
        if (answer == Answer.TAKEN) {
            taken = true;
        } else if (answer == Answer.DROPPED) {
            dropped = true;
        }
        countDown();
    }

    private void countDown() {
        if (open.decrementAndGet() == 0) {
            whenAnswered.accept(taken || withoutPublishers ? Answer.TAKEN : dropped ? Answer.DROPPED : Answer.FILTERED);
        }
    }
}
