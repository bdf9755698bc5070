/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.model.ModelVersion;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * What became of the version of a model pack that was just started: decided as a pure function of what models and
 * engine show.
 *
 * @param good    whether the pack may stay
 * @param message for people
 */
record ModelFate(boolean good, String message) {

    /** States of a deployment in which its version answers frames. */
    private static final List<String> SERVING = List.of("SERVING", "TRIAL");
    /** States of a deployment whose version will not answer frames. */
    private static final List<String> LOST = List.of("REFUSED", "ROLLED_BACK");

    /** Empty while it is not known yet. */
    static Optional<ModelFate> of(final long bundle, final List<ModelVersion> versions,
            final List<PipelineView> pipelines, final List<DeploymentView> deployments) {
        final Optional<ModelVersion> found =
                versions.stream().filter(version -> version.bundleId() == bundle).findFirst();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        final ModelVersion version = found.get();
        final String name = version.name() + ' ' + version.version();
        if (version.state() == ModelVersion.State.REJECTED) {
            return Optional.of(new ModelFate(false, "the model pack is rejected: " + version.reason()));
        }
        final List<String> users = pipelines.stream().filter(pipeline -> version.name().equals(pipeline.model()))
                .map(PipelineView::name).toList();
        if (users.isEmpty()) {
            return Optional.of(new ModelFate(true, "model " + name + " is ready; no pipeline uses it"));
        }
        final List<DeploymentView> own = deployments.stream().filter(deployment -> isOf(deployment, version)).toList();
        final Optional<DeploymentView> serving =
                own.stream().filter(deployment -> SERVING.contains(deployment.state().name())).findFirst();
        if (serving.isPresent()) {
            return Optional.of(new ModelFate(true, "model " + name + " serves "
                    + String.join(", ", serving.get().pipelines()) + " on " + serving.get().device()));
        }
        final Optional<DeploymentView> lost =
                own.stream().filter(deployment -> LOST.contains(deployment.state().name())).findFirst();
        if (lost.isPresent() && own.stream().allMatch(deployment -> LOST.contains(deployment.state().name()))) {
            return Optional.of(new ModelFate(false, "model " + name + " is refused: " + lost.get().reason()));
        }
        return own.isEmpty() ? higher(version, versions).map(other -> new ModelFate(true, "model " + name
                + " is ready; the higher version " + other + " is there too")) : Optional.empty();
    }

    private static boolean isOf(final DeploymentView deployment, final ModelVersion version) {
        return version.name().equals(deployment.model()) && version.version().equals(deployment.version())
                && version.digest().equals(deployment.digest());
    }

    private static Optional<String> higher(final ModelVersion version, final List<ModelVersion> versions) {
        return versions.stream().filter(other -> other.state() == ModelVersion.State.STAGED
                && other.name().equals(version.name())
                && Version.parseVersion(other.version()).compareTo(Version.parseVersion(version.version())) > 0)
                .map(ModelVersion::version).findFirst();
    }
}
