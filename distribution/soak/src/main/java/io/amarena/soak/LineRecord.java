/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one publisher delivered for one pipeline, frame by frame. Frames of a source are numbered without gaps from 0, so
 * every number below the count of accepted frames must come exactly once, and in order. Not thread-safe.
 */
final class LineRecord {

    private final String name;
    private final Map<Long, String> ids = new HashMap<>();
    private final TreeMap<Long, Integer> gaps = new TreeMap<>();
    private final List<Promise.Broken> broken = new ArrayList<>();
    private long next;
    private boolean mayBegin;
    private long duplicates;
    private boolean duplicatesAllowed;

    /**
     * Nothing came yet.
     *
     * @param fromStart whether the publisher gets the first frame
     */
    LineRecord(final String name, final boolean fromStart) {
        this.name = name;
        this.mayBegin = !fromStart;
    }

    /** The publisher lost the pipeline or got it again: what comes next may begin anywhere. */
    void mayBeginAnew() {
        mayBegin = true;
    }

    /** Whether the network is disturbed, so that a result may come twice. */
    void allowDuplicates(final boolean allowed) {
        duplicatesAllowed = allowed;
    }

    /** A result came during a change. */
    void received(final Received result, final int change) {
        final long sequence = result.sequence();
        final String known = ids.putIfAbsent(sequence, result.id());
        if (known != null) {
            duplicate(result, known, change);
            return;
        }
        if (!result.failure().isEmpty()) {
            broke(change, "frame " + sequence + " failed: " + result.failure());
        }
        if (sequence < next) {
            gaps.remove(sequence);
            broke(change, "frame " + sequence + " came after frame " + (next - 1));
            return;
        }
        if (!mayBegin) {
            for (long missing = next; missing < sequence; missing++) {
                gaps.put(missing, change);
            }
        }
        mayBegin = false;
        next = sequence + 1;
    }

    private void duplicate(final Received result, final String known, final int change) {
        duplicates++;
        if (!known.equals(result.id())) {
            broke(change, "frame " + result.sequence() + " came twice, as " + known + " and as " + result.id());
        } else if (!duplicatesAllowed) {
            broke(change, "frame " + result.sequence() + " came twice without a disconnect");
        }
    }

    private void broke(final int change, final String what) {
        broken.add(new Promise.Broken(change, name + ": " + what));
    }

    /**
     * Everything has come that will come.
     *
     * @param accepted frames of the pipeline; negative where the publisher did not get all of them
     * @param last     number of the last change
     */
    void end(final long accepted, final int last) {
        for (long missing = next; missing < accepted; missing++) {
            gaps.put(missing, last);
        }
        final Map<Integer, List<Long>> byChange = new TreeMap<>();
        gaps.forEach((sequence, change) -> byChange.computeIfAbsent(change, any -> new ArrayList<>()).add(sequence));
        byChange.forEach((change, missing) -> broke(change, missing.size() + " frames were lost, from "
                + missing.get(0) + " to " + missing.get(missing.size() - 1)));
        if (accepted >= 0 && next > accepted) {
            broke(last, "frame " + (next - 1) + " came, but only " + accepted + " were accepted");
        }
    }

    /** Frames whose result has not come although a later one has. */
    long missing() {
        return gaps.size();
    }

    /** Frames whose result came. */
    long distinct() {
        return ids.size();
    }

    /** Results that came again, with the same id. */
    long duplicates() {
        return duplicates;
    }

    List<Promise.Broken> broken() {
        return List.copyOf(broken);
    }
}
