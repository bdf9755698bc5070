/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.source.FrameSource;
import io.amarena.api.source.SourceStatus;
import io.amarena.engine.pipeline.OverloadPolicy;
import io.amarena.engine.pipeline.Pipeline;
import io.amarena.engine.source.SourcePort;
import io.amarena.engine.supply.Supply;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the source of one name as pipelines want it. Only the engine's own thread changes it. */
final class SourceControl {

    private static final Logger LOG = LoggerFactory.getLogger(SourceControl.class);

    private final SourcePort port;
    private Supply<FrameSource> current;
    private volatile FrameSource running;
    private volatile String startFailure = "";

    SourceControl(final SourcePort port) {
        this.port = port;
    }

    SourcePort port() {
        return port;
    }

    boolean here() {
        return running != null;
    }

    /** How the source is, or why there is none. Any thread. */
    SourceStatus status() {
        final FrameSource source = running;
        if (source == null) {
            return new SourceStatus(false, "there is no source of this name: add its settings or its bundle, or correct"
                    + " the name in the pipeline");
        }
        if (!startFailure.isEmpty()) {
            return new SourceStatus(false, startFailure);
        }
        try {
            return source.status();
        } catch (final RuntimeException | LinkageError broken) {
            return new SourceStatus(false, "cannot tell how it is: " + broken);
        }
    }

    /** The policy that the source suggests. */
    OverloadPolicy suggested(final Supply<FrameSource> best) {
        return best != null && Boolean.TRUE.equals(best.property(FrameSource.LIVE)) ? OverloadPolicy.NEWEST_WINS
                : OverloadPolicy.PUSH_BACK;
    }

    /** Looks at the best service, or null when there is none, and at the pipelines that want its frames. */
    void reconcile(final Supply<FrameSource> best, final List<Pipeline> wanting) {
        if (!port.pipelines().equals(wanting)) {
            port.feed(wanting);
        }
        final Supply<FrameSource> wanted = wanting.isEmpty() ? null : best;
        if (current == wanted) {
            return;
        }
        stop();
        if (wanted == null) {
            return;
        }
        final FrameSource source = wanted.get();
        if (source == null) {
            return;
        }
        current = wanted;
        startFailure = "";
        running = source;
        try {
            source.start(port);
            LOG.info("Source {} of {} is started", port.name(), wanted);
        } catch (final RuntimeException | LinkageError failed) {
            startFailure = "does not start: " + failed + "; the log says more";
            LOG.error("Source {} of {} does not start: {}", port.name(), wanted, failed.toString(), failed);
        }
    }

    /** Stops the source; its port stays open. */
    void stop() {
        if (running == null) {
            return;
        }
        try {
            running.stop();
        } catch (final RuntimeException | LinkageError failed) {
            LOG.error("Source {} does not stop: {}", port.name(), failed.toString(), failed);
        }
        current.unget();
        running = null;
        current = null;
    }
}
