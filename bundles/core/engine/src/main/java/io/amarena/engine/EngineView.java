/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.backend.Backend;
import io.amarena.api.manage.BackendView;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.HistoryView;
import io.amarena.api.manage.MemoryView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.manage.PublisherView;
import io.amarena.api.manage.SourceView;
import io.amarena.api.manage.VersionView;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.deployment.DeploymentPlan;
import io.amarena.engine.pipeline.Pipeline;
import io.amarena.engine.work.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What others may see of the engine. */
final class EngineView implements GatewayView {

    private final Engine engine;
    private final VersionViews versions;

    EngineView(final Engine engine) {
        this.engine = engine;
        this.versions = new VersionViews(engine);
    }

    @Override
    public String gateway() {
        return engine.settings().gateway();
    }

    @Override
    public long uptimeMillis() {
        return engine.uptimeMillis();
    }

    @Override
    public List<PipelineView> pipelines() {
        final List<PipelineView> views = new ArrayList<>();
        engine.pipelines().values().forEach(pipeline -> views.add(view(pipeline)));
        return views;
    }

    @Override
    public List<SourceView> sources() {
        final List<SourceView> views = new ArrayList<>();
        engine.sources().forEach((name, control) -> {
            if (!control.port().pipelines().isEmpty()) {
                views.add(new SourceView(name, control.here(), control.status()));
            }
        });
        return views;
    }

    private PipelineView view(final Pipeline pipeline) {
        final Lane lane = engine.dispatcher().laneOf(pipeline);
        final Leased<Deployment> current = lane == null ? null : lane.current();
        final LaneControl control = lane == null ? null : engine.lanes().get(lane);
        final SourceControl source = engine.sources().get(pipeline.settings().source());
        final boolean preparing = control == null || control.preparing();
        final PipelineView.State state = current != null ? PipelineView.State.SERVING
                : preparing ? PipelineView.State.PREPARING : PipelineView.State.BLOCKED;
        return new PipelineView(pipeline.name(), pipeline.settings().source(), source != null && source.here(),
                pipeline.settings().model(),
                current == null ? "" : current.value().ingredients().model().id().version(),
                current == null ? "" : current.value().ingredients().deviceName(), state,
                current != null ? "" : lane == null ? "is being prepared" : lane.blockedBecause(),
                pipeline.settings().publishers(), pipeline.policy().text(), pipeline.account().snapshot(),
                pipeline.rate().perSecond(), pipeline.latency().view());
    }

    @Override
    public List<DeploymentView> deployments() {
        final List<DeploymentView> views = new ArrayList<>();
        engine.lanes().values().forEach(control -> views.addAll(control.views()));
        views.sort(Comparator.comparing((DeploymentView view) -> view.state() != DeploymentView.State.SERVING
                && view.state() != DeploymentView.State.TRIAL)
                .thenComparing(DeploymentView::model).thenComparing(DeploymentView::version));
        return views;
    }

    @Override
    public List<VersionView> versions() {
        return versions.versions();
    }

    @Override
    public List<HistoryView> history() {
        return versions.history();
    }

    @Override
    public List<BackendView> backends() {
        final List<BackendView> views = new ArrayList<>();
        for (final DeploymentPlan.Place place : engine.inventory().deployables().places()) {
            views.add(new BackendView(String.valueOf(place.backend().property(Backend.NAME)), place.devices()));
        }
        return views;
    }

    @Override
    public List<PublisherView> publishers() {
        final List<PublisherView> views = new ArrayList<>();
        engine.publishers().values().forEach(control -> views.add(new PublisherView(control.port().name(),
                control.port().status(), control.port().account())));
        return views;
    }

    @Override
    public MemoryView memory() {
        return engine.memory().view();
    }

    @Override
    public AutoCloseable onChange(final Runnable listener) {
        return engine.onChange(listener);
    }
}
