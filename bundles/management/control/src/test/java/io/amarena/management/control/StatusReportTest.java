/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.backend.Device;
import io.amarena.api.backend.DeviceKind;
import io.amarena.api.manage.BackendView;
import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.HistoryView;
import io.amarena.api.manage.LatencyView;
import io.amarena.api.manage.MemoryView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.manage.PublisherView;
import io.amarena.api.manage.SettingsView;
import io.amarena.api.manage.SourceView;
import io.amarena.api.manage.VersionView;
import io.amarena.api.model.Model;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PublisherStatus;
import io.amarena.api.result.Detections;
import io.amarena.api.settings.SettingsProblem;
import io.amarena.api.source.SourceStatus;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusReportTest {

    private static final BundlesView BUNDLES = new BundlesView(3, 2, List.of("tool 1.0.0 INSTALLED"));

    private final Accuracy accuracy = new Accuracy();

    private JsonObject report(final GatewayView engine, final ModelCatalog models, final SettingsView settings) {
        return new StatusReport("press-7", () -> Optional.ofNullable(engine), () -> Optional.ofNullable(models),
                () -> Optional.ofNullable(settings), () -> BUNDLES,
                () -> List.of(new FailedComponents.Failed("io.amarena.broker", "port 1883 is in use")), accuracy).now();
    }

    /** A line that inspects, with every part of a gateway. */
    record Inspecting() implements GatewayView {

        @Override
        public String gateway() {
            return "press-7";
        }

        @Override
        public long uptimeMillis() {
            return 61_000;
        }

        @Override
        public List<PipelineView> pipelines() {
            return List.of(new PipelineView("line-1", "camera-1", true, "surface-inspection", "1.0.0",
                    "onnxruntime/cpu", PipelineView.State.SERVING, "", List.of("plant"), "newest-wins",
                    new FrameAccount(12, 11, 1, 6, 1, 1, 2, 1), Double.NaN, new LatencyView(8.12345, 15, 20)));
        }

        @Override
        public List<SourceView> sources() {
            return List.of(new SourceView("camera-1", true, new SourceStatus(false, "the lens is dirty")));
        }

        @Override
        public List<DeploymentView> deployments() {
            return List.of(new DeploymentView("surface-inspection", "1.0.0", "abc", "onnxruntime/cpu", "320x320",
                    DeploymentView.State.SERVING, "", List.of("line-1"), 1, new CheckReport(List.of(
                    new CheckReport.Finding(CheckReport.Check.GOLDEN, CheckReport.Verdict.PASSED,
                            "8 golden samples reproduced", Map.of("samples", 8.0)))), Optional.empty()));
        }

        @Override
        public List<VersionView> versions() {
            return List.of(new VersionView("surface-inspection", "1.1.0", "def", 41, true, "", "frames failed", false,
                    List.of()));
        }

        @Override
        public List<HistoryView> history() {
            return List.of(new HistoryView(Instant.EPOCH, "ROLLED_BACK", "surface-inspection", "1.1.0", "def",
                    "surface-inspection", "frames failed"));
        }

        @Override
        public List<BackendView> backends() {
            return List.of(new BackendView("onnxruntime",
                    List.of(Device.of("cpu", DeviceKind.CPU).withPrecisions(Set.of("int8", "fp32")))));
        }

        @Override
        public List<PublisherView> publishers() {
            return List.of(new PublisherView("plant", new PublisherStatus(false, "no broker since 12:00"),
                    new DeliveryAccount(6, 4, 1, 1)));
        }

        @Override
        public MemoryView memory() {
            return new MemoryView(64, 2, 3);
        }

        @Override
        public AutoCloseable onChange(final Runnable listener) {
            return () -> { };
        }
    }

    /** One pack that is good and one that is not. */
    private record Catalog() implements ModelCatalog {

        @Override
        public List<ModelVersion> versions() {
            return List.of(new ModelVersion("bad", "1.0.0", "", ModelVersion.State.REJECTED, "no model.json", 9,
                    Optional.empty()));
        }

        @Override
        public Set<String> uninstalled() {
            return Set.of();
        }

        @Override
        public Optional<Model> stored(final String digest) {
            return Optional.empty();
        }

        @Override
        public void needed(final Set<String> digests) {
            throw new AssertionError("a report deletes nothing");
        }

        @Override
        public AutoCloseable onChange(final Runnable listener) {
            return () -> { };
        }
    }

    /** One file that was refused. */
    private record Settings() implements SettingsView {

        @Override
        public List<String> inForce() {
            return List.of("io.amarena.engine");
        }

        @Override
        public List<SettingsProblem> problems() {
            return List.of(new SettingsProblem("io.amarena.pipeline~line-2", "mailbox", "is 0: choose 1 to 4096"));
        }
    }

    @Test
    void everything_that_runs_is_in_the_status() {
        accuracy.seen(null, AnsweredFrame.of("line-1", "ok", Detections.of(List.of())));

        final JsonObject status = report(new Inspecting(), new Catalog(), new Settings());

        assertEquals("status/1.0", status.getString("amarena"));
        assertTrue(status.getBoolean("engine"));
        assertEquals(61_000, status.getInt("uptimeMillis"));
        final JsonObject pipeline = status.getJsonArray("pipelines").getJsonObject(0);
        assertEquals("line-1", pipeline.getString("name"));
        assertEquals("1.0.0", pipeline.getString("serving"));
        assertEquals("SERVING", pipeline.getString("state"));
        assertEquals(8.123, pipeline.getJsonObject("latencyMillis").getJsonNumber("p50").doubleValue());
        assertEquals(0, pipeline.getInt("rate"), "JSON has no NaN");
        final JsonObject account = pipeline.getJsonObject("account");
        assertEquals(List.of(12, 11, 1, 6, 1, 1, 2, 1), List.of(account.getInt("offered"), account.getInt("accepted"),
                account.getInt("refused"), account.getInt("published"), account.getInt("filtered"),
                account.getInt("failed"), account.getInt("shed"), account.getInt("inFlight")));
        assertTrue(account.getBoolean("balanced"));
        assertEquals(1, pipeline.getJsonObject("accuracy").getInt("right"));
        final JsonObject finding = status.getJsonArray("deployments").getJsonObject(0).getJsonArray("check")
                .getJsonObject(0);
        assertEquals(List.of("GOLDEN", "PASSED", "8 golden samples reproduced"), List.of(finding.getString("check"),
                finding.getString("verdict"), finding.getString("text")));
        assertEquals(8, finding.getJsonObject("figures").getInt("samples"));
        assertEquals("[\"fp32\",\"int8\"]", status.getJsonArray("backends").getJsonObject(0).getJsonArray("devices")
                .getJsonObject(0).getJsonArray("precisions").toString());
        final JsonObject version = status.getJsonArray("versions").getJsonObject(0);
        assertEquals("frames failed", version.getString("denied"));
        assertEquals(41, version.getInt("bundle"));
        final JsonObject publisher = status.getJsonArray("publishers").getJsonObject(0);
        assertFalse(publisher.getBoolean("healthy"));
        assertEquals(4, publisher.getJsonObject("account").getInt("confirmed"));
        assertEquals(64, status.getJsonObject("memory").getInt("budget"));
        assertEquals("no model.json", status.getJsonArray("models").getJsonObject(0).getString("reason"));
        assertEquals("mailbox", status.getJsonObject("settings").getJsonArray("problems").getJsonObject(0)
                .getString("key"));
        assertEquals("tool 1.0.0 INSTALLED",
                status.getJsonObject("bundles").getJsonArray("notActive").getString(0));
    }

    @Test
    void without_an_engine_the_status_says_so_and_keeps_its_form() {
        final JsonObject status = report(null, null, null);

        assertFalse(status.getBoolean("engine"));
        assertEquals("press-7", status.getString("gateway"));
        for (final String list : List.of("pipelines", "deployments", "backends", "publishers", "models", "versions")) {
            assertTrue(status.getJsonArray(list).isEmpty(), list);
        }
        assertTrue(status.getJsonObject("settings").getJsonArray("problems").isEmpty());
    }

    @Test
    void a_pipeline_whose_frames_carry_no_truth_has_no_accuracy() {
        assertFalse(report(new Inspecting(), null, null).getJsonArray("pipelines").getJsonObject(0)
                .containsKey("accuracy"));
    }

    @Test
    void the_process_tells_its_memory() {
        final JsonObject process = report(null, null, null).getJsonObject("process");

        assertTrue(process.getJsonNumber("rss").longValue() > 1 << 20);
        assertTrue(process.getJsonNumber("heapUsed").longValue() > 0);
        assertTrue(process.getInt("threads") > 0);
    }

    @Test
    void a_system_that_does_not_tell_is_minus_one() {
        assertEquals(12 * 1024, ProcessView.bytes(List.of("Name:\tjava", "VmRSS:\t  12 kB"), "VmRSS:"));
        assertEquals(-1, ProcessView.bytes(List.of(), "VmRSS:"));
        assertEquals(-1, ProcessView.bytes(List.of("VmRSS: unknown"), "VmRSS:"));
    }
}
