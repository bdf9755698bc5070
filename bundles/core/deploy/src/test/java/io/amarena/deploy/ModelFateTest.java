/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.LatencyView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.model.ModelVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelFateTest {

    private static final long BUNDLE = 7;
    private static final ModelVersion STAGED = version(BUNDLE, "1.1.0", "ab", ModelVersion.State.STAGED, "");

    private static ModelVersion version(final long bundle, final String version, final String digest,
            final ModelVersion.State state, final String reason) {
        return new ModelVersion("x", version, digest, state, reason, bundle, Optional.empty());
    }

    private static PipelineView pipeline(final String model) {
        return new PipelineView("line-1", "camera", true, model, "1.0.0", "cpu", PipelineView.State.SERVING, "",
                List.of(), "newest-wins", new FrameAccount(0, 0, 0, 0, 0, 0, 0, 0), 0, LatencyView.NONE);
    }

    private static DeploymentView deployment(final String version, final String digest,
            final DeploymentView.State state) {
        return new DeploymentView("x", version, digest, "cpu", "320x320", state, "the golden sample is missed",
                List.of("line-1"), 1, CheckReport.NONE, Optional.empty());
    }

    private static Optional<ModelFate> fate(final List<ModelVersion> versions, final DeploymentView... deployments) {
        return ModelFate.of(BUNDLE, versions, List.of(pipeline("x")), List.of(deployments));
    }

    @Test
    void a_pack_that_nobody_read_yet_has_no_fate() {
        assertTrue(fate(List.of(version(8, "1.1.0", "ab", ModelVersion.State.STAGED, ""))).isEmpty());
    }

    @Test
    void a_rejected_pack_is_no_good_and_says_why() {
        final ModelFate fate = fate(List.of(version(BUNDLE, "1.1.0", "", ModelVersion.State.REJECTED, "no labels")))
                .orElseThrow();
        assertFalse(fate.good());
        assertTrue(fate.message().endsWith("no labels"));
    }

    @Test
    void a_version_that_is_being_prepared_has_no_fate_yet() {
        assertTrue(fate(List.of(STAGED)).isEmpty());
        assertTrue(fate(List.of(STAGED), deployment("1.1.0", "ab", DeploymentView.State.LOADING)).isEmpty());
        assertTrue(fate(List.of(STAGED), deployment("1.1.0", "ab", DeploymentView.State.REFUSED),
                deployment("1.1.0", "ab", DeploymentView.State.LOADING)).isEmpty());
    }

    @Test
    void a_version_that_serves_is_good() {
        assertEquals(Optional.of(new ModelFate(true, "model x 1.1.0 serves line-1 on cpu")),
                fate(List.of(STAGED), deployment("1.1.0", "ab", DeploymentView.State.SERVING)));
    }

    @Test
    void other_content_that_serves_under_the_same_version_is_not_meant() {
        assertTrue(fate(List.of(STAGED), deployment("1.1.0", "cd", DeploymentView.State.SERVING)).isEmpty());
    }

    @Test
    void a_refused_version_is_no_good_and_says_why() {
        final ModelFate fate =
                fate(List.of(STAGED), deployment("1.1.0", "ab", DeploymentView.State.REFUSED)).orElseThrow();
        assertFalse(fate.good());
        assertTrue(fate.message().endsWith("the golden sample is missed"));
    }

    @Test
    void a_model_that_no_pipeline_uses_is_ready() {
        final ModelFate fate = ModelFate.of(BUNDLE, List.of(STAGED), List.of(pipeline("y")), List.of()).orElseThrow();
        assertTrue(fate.good());
        assertTrue(fate.message().contains("no pipeline uses it"));
    }

    @Test
    void a_version_beside_a_higher_one_is_ready() {
        final ModelFate fate = fate(List.of(version(8, "1.2.0", "cd", ModelVersion.State.STAGED, ""), STAGED),
                deployment("1.2.0", "cd", DeploymentView.State.SERVING)).orElseThrow();
        assertTrue(fate.good());
        assertTrue(fate.message().contains("1.2.0 is there too"));
    }
}
