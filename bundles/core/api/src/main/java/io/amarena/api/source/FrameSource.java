/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.source;

/**
 * A producer of frames, registered as a service by the bundle of a camera, a folder or a protocol.
 *
 * <p>The gateway starts a source as soon as a pipeline wants its frames and stops it when none does. Between the
 * two calls the source may offer frames from any of its own threads. A source whose service goes away is stopped by
 * its own bundle: frames that it has offered count, and it offers none afterwards.
 */
public interface FrameSource {

    /** Service property: the name by which pipelines refer to the source. String, required, unique. */
    String NAME = "amarena.source";

    /**
     * Service property: whether the source shows the present, so that an old frame is worth less than a new one
     * (a camera), or every frame counts (files, requests). Boolean, default false. It decides the overload policy
     * of pipelines that do not set one.
     */
    String LIVE = "amarena.source.live";

    /**
     * Begins to offer frames. Returns at once; work happens on the threads of the source. A second call without
     * {@link #stop()} between replaces the sink.
     *
     * @param sink where frames go, valid until {@link #stop()} returns
     */
    void start(FrameSink sink);

    /** Offers no more frames once it has returned. Does nothing when the source is not started. */
    void stop();

    /** How it is, for people. Any thread, at any time, returns at once. */
    default SourceStatus status() {
        return SourceStatus.FINE;
    }
}
