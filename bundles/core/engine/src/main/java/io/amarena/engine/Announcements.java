/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.model.Model;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.pipeline.Pipeline;
import io.amarena.engine.work.Dispatcher;
import io.amarena.engine.work.Lane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells publishers what serves or blocks each pipeline, when it changed. Only the engine's own thread uses it. */
final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final Dispatcher dispatcher;
    private final Map<String, String> announced = new HashMap<>();

    Announcements(final Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    void announce(final Collection<Pipeline> pipelines, final Map<Lane, LaneControl> lanes,
            final Map<String, PublisherControl> publishers) {
        for (final Pipeline pipeline : pipelines) {
            final Lane lane = dispatcher.laneOf(pipeline);
            final LaneControl control = lane == null ? null : lanes.get(lane);
            final Leased<Deployment> current = lane == null ? null : lane.current();
            final String notice = control == null ? "serves" : control.notice();
            final String now = current == null ? "blocked: " + (lane == null ? "" : lane.blockedBecause())
                    : current.value() + " " + notice + " " + pipeline.settings().publishers();
            final String before = announced.put(pipeline.name(), now);
            if (now.equals(before)) {
                continue;
            }
            if (current != null) {
                tell(publishers, pipeline, before == null || before.startsWith("blocked")
                        ? PipelineEvent.Kind.BORN : PipelineEvent.Kind.CHANGED, current.value(), notice);
            } else if (control != null && !control.preparing()) {
                tell(publishers, pipeline, PipelineEvent.Kind.BLOCKED, null, lane.blockedBecause());
            }
        }
    }

    /** A pipeline was removed. */
    void gone(final Pipeline pipeline, final Map<String, PublisherControl> publishers) {
        tell(publishers, pipeline, PipelineEvent.Kind.GONE, null, "was removed");
        announced.remove(pipeline.name());
    }

    private static void tell(final Map<String, PublisherControl> publishers, final Pipeline pipeline,
            final PipelineEvent.Kind kind, final Deployment deployment, final String message) {
        final String model = deployment == null ? "" : deployment.ingredients().model().id().name() + " "
                + deployment.ingredients().model().id().version();
        final String labels = deployment == null ? "" : labels(deployment.ingredients().model());
        final PipelineEvent event = new PipelineEvent(kind, pipeline.name(), Instant.now(), model, labels, message);
        for (final String name : pipeline.settings().publishers()) {
            final PublisherControl control = publishers.get(name);
            if (control != null) {
                control.port().event(event);
            }
        }
    }

    private static String labels(final Model model) {
        final Object file = model.descriptor().output().values().get("labels");
        if (!(file instanceof String)) {
            return "";
        }
        try {
            return new String(model.file((String) file), StandardCharsets.UTF_8).strip().replaceAll("\\R", ",");
        } catch (final IOException unreadable) {
            LOG.warn("The labels of {} cannot be read: {}", model.id(), unreadable.toString());
            return "";
        }
    }
}
