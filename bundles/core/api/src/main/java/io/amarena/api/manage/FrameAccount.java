/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

/**
 * Where the frames of one pipeline are. Two equations hold in every snapshot:
 * {@code offered = accepted + refused} and
 * {@code accepted = published + filtered + failed + shed + inFlight}.
 *
 * @param offered   by the source
 * @param accepted  into the mailbox
 * @param refused   told to the source
 * @param published every publisher that does not filter the result has taken it
 * @param filtered  every publisher said that there is nothing to report
 * @param failed    an error result was made and offered to the publishers, or no publisher could take the result
 * @param shed      dropped by the newest-wins policy
 * @param inFlight  everything else
 */
public record FrameAccount(long offered, long accepted, long refused, long published, long filtered, long failed,
        long shed, long inFlight) {

    public boolean balanced() {
        return offered == accepted + refused && accepted == published + filtered + failed + shed + inFlight;
    }
}
