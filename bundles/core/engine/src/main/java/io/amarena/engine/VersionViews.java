/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.manage.HistoryView;
import io.amarena.api.manage.VersionView;
import io.amarena.api.model.ModelId;
import io.amarena.api.model.ModelVersion;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.version.History;
import io.amarena.engine.work.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Version;

/** What others may see of model versions. */
final class VersionViews {

    private static final Comparator<VersionView> ORDER = Comparator.comparing(VersionView::model)
            .thenComparing(view -> number(view.version()), Comparator.reverseOrder());

    private final Engine engine;

    VersionViews(final Engine engine) {
        this.engine = engine;
    }

    List<VersionView> versions() {
        final History history = engine.versions().history();
        final List<VersionView> views = new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        for (final ModelVersion version : engine.inventory().versions()) {
            seen.add(version.digest());
            views.add(view(version.name(), version.version(), version.digest(), version.bundleId(),
                    version.state() == ModelVersion.State.STAGED, version.reason(), history));
        }
        for (final Lane lane : engine.lanes().keySet()) {
            final Leased<Deployment> current = lane.current();
            if (current != null && seen.add(current.value().ingredients().digest())) {
                final ModelId id = current.value().ingredients().model().id();
                views.add(view(id.name(), id.version(), id.digest(), -1, true, "", history));
            }
        }
        views.sort(ORDER);
        return views;
    }

    private VersionView view(final String name, final String version, final String digest, final long bundle,
            final boolean valid, final String reason, final History history) {
        final List<String> serving = new ArrayList<>();
        boolean committed = false;
        for (final Lane lane : engine.lanes().keySet()) {
            final Leased<Deployment> current = lane.current();
            committed |= history.committed(lane.key().text(), name).filter(id -> id.digest().equals(digest))
                    .isPresent() && lane.key().model().equals(name);
            if (current != null && current.value().ingredients().digest().equals(digest)) {
                engine.dispatcher().pipelines(lane).forEach(pipeline -> serving.add(pipeline.name()));
            }
        }
        serving.sort(null);
        return new VersionView(name, version, digest, bundle, valid, reason, history.denial(digest).orElse(""),
                committed, serving);
    }

    List<HistoryView> history() {
        final List<HistoryView> views = new ArrayList<>();
        engine.versions().history().entries().forEach(entry -> views.add(new HistoryView(entry.at(),
                entry.kind().name(), entry.model().name(), entry.model().version(), entry.model().digest(),
                entry.lane(), entry.reason())));
        return views;
    }

    private static Version number(final String version) {
        try {
            return Version.parseVersion(version);
        } catch (final IllegalArgumentException malformed) {
            return Version.emptyVersion;
        }
    }
}
