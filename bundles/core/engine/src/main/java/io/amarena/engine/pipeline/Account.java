/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import io.amarena.api.manage.FrameAccount;

/**
 * The account of one pipeline. Every change keeps both equations of {@link FrameAccount}, and frames in flight are
 * counted for themselves, so that a frame that is booked twice or never shows as an account that does not balance.
 * Thread-safe.
 */
public final class Account {

    private long offered;
    private long accepted;
    private long refused;
    private long published;
    private long filtered;
    private long failed;
    private long shed;
    private long inFlight;

    public synchronized void accepted() {
        offered++;
        accepted++;
        inFlight++;
    }

    public synchronized void refused() {
        offered++;
        refused++;
    }

    public synchronized void published() {
        published++;
        inFlight--;
    }

    public synchronized void filtered() {
        filtered++;
        inFlight--;
    }

    public synchronized void failed() {
        failed++;
        inFlight--;
    }

    public synchronized void shed() {
        shed++;
        inFlight--;
    }

    public synchronized long inFlight() {
        return inFlight;
    }

    public synchronized FrameAccount snapshot() {
        return new FrameAccount(offered, accepted, refused, published, filtered, failed, shed, inFlight);
    }
}
