/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The latest ten minutes of a deployment in segments of about a second, or longer where frames are rare. Only the
 * engine's own thread uses it.
 */
public final class Track {

    private static final long SEGMENT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LEAST_FRAMES = 16;
    private static final int MOST_SEGMENTS = 600;

    private final Observations observations;
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private long[] read;
    private long readAt;

    public Track(final Observations observations, final long now) {
        this.observations = observations;
        this.read = observations.read();
        this.readAt = now;
    }

    /** Looks at the counters. */
    public void look(final long now) {
        if (now - readAt < SEGMENT_NANOS) {
            return;
        }
        final long[] after = observations.read();
        final Segment segment = Observations.between(read, after);
        if (segment.frames() < LEAST_FRAMES) {
            return;
        }
        segments.add(segment);
        if (segments.size() > MOST_SEGMENTS) {
            segments.poll();
        }
        read = after;
        readAt = now;
    }

    /** All segments, what was counted since the last one included. */
    List<Segment> segments() {
        final List<Segment> all = new ArrayList<>(segments);
        final Segment open = Observations.between(read, observations.read());
        if (open.frames() > 0) {
            all.add(open);
        }
        return all;
    }
}
