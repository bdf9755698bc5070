/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.ModelVersion;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Bad model packs in the real container: each says what is wrong with it as the reason of its version or of its pipeline,
 * in the views, at the control socket and over MQTT, and the line that serves goes on.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HostilePacksIT {

    @Inject
    private BundleContext context;

    @Inject
    @Filter(timeout = 30_000)
    private GatewayView gateway;

    @Inject
    @Filter(timeout = 30_000)
    private ModelCatalog catalog;

    @Configuration
    public Option[] configuration() throws IOException {
        final int port = Distribution.freePort();
        final Distribution distribution = new Distribution("hostile-packs");
        final Path folder = Files.createDirectories(distribution.work().resolve("pictures"));
        distribution.settings("io.amarena.broker", "{\"port:Integer\": " + port + "}")
                .settings("io.amarena.models", "{\"maxPackMb:Integer\": 200}")
                .settings("io.amarena.publisher.mqtt~local",
                        "{\"name\": \"local\", \"broker\": \"tcp://127.0.0.1:" + port + "\"}")
                .settings("io.amarena.source.directory~folder",
                        "{\"name\": \"folder\", \"folder\": \"" + folder + "\"}")
                .settings("io.amarena.pipeline~good", "{\"source\": \"folder\", \"model\": \"surface-inspection\","
                        + " \"publishers\": [\"local\"]}");
        Files.writeString(distribution.work().resolve("port"), String.valueOf(port));
        return distribution.options("features", "features/demo");
    }

    @Test
    public void a_pack_without_descriptor_is_rejected() throws Exception {
        rejected("nameless", shipped().without("model.json"), "model.json is missing");
    }

    @Test
    public void a_pack_with_an_unknown_key_is_rejected() throws Exception {
        rejected("misspelt", shipped().descriptor("\"precision\"", "\"precission\""),
                "model.json#/precission: unknown key; known are");
    }

    @Test
    public void a_pack_with_a_corrupt_or_truncated_model_is_rejected() throws Exception {
        final byte[] model = shipped().file("model.onnx");
        rejected("truncated", shipped().with("model.onnx", Arrays.copyOf(model, model.length / 2)),
                "model.onnx is truncated");
        rejected("text", shipped().with("model.onnx", "I am a text".getBytes(StandardCharsets.UTF_8)),
                "model.onnx is not an ONNX file");
    }

    @Test
    public void a_model_whose_weights_were_damaged_in_silence_is_refused_by_its_golden_samples() throws Exception {
        final byte[] damaged = shipped().file("model.onnx").clone();
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 4_000, (byte) 0x3F);
        refused("damaged", shipped().with("model.onnx", damaged), "golden sample");
    }

    @Test
    public void a_pack_with_external_data_outside_of_it_is_rejected() throws Exception {
        final byte[] external = Files.readAllBytes(Path.of("../../bundles/lib/onnx/src/test/resources/io/amarena/lib/onnx")
                .resolve("external-outside.onnx"));
        rejected("external", shipped().with("model.onnx", external), "outside");
    }

    @Test
    public void a_pack_that_names_a_tensor_that_the_model_does_not_have_is_refused() throws Exception {
        refused("wrong-input", shipped().descriptor("\"images\"", "\"pictures\""), "pictures");
        refused("wrong-output", shipped().descriptor("\"tensor\": \"grid\"", "\"tensor\": \"net\""), "net");
    }

    @Test
    public void a_pack_with_a_wrong_number_of_labels_is_refused() throws Exception {
        refused("few-labels", shipped().with("labels.txt", "scratch\ndent\n".getBytes(StandardCharsets.UTF_8)), "labels");
    }

    @Test
    public void a_pack_whose_golden_sample_is_not_reproduced_is_refused() throws Exception {
        refused("golden", shipped().with("golden/scratch-1.json", shipped().file("golden/dent-1.json")),
                "golden sample golden/scratch-1.png is not reproduced: expected dent");
    }

    @Test
    public void a_stage_that_nobody_brings_is_named_with_those_that_are_there() throws Exception {
        refused("stage", shipped().descriptor("image/letterbox", "image/mailbox"),
                "no bundle brings the stage image/mailbox; there are [image/crop");
    }

    @Test
    public void a_new_version_that_is_bad_leaves_the_old_one_serving() throws Exception {
        Await.serving(gateway, "good");
        final Bundle bad = ShippedPack.install(context, "bad-version",
                shipped().with("golden/dent-1.json", shipped().file("golden/stain-1.json")).version("1.1.0"));
        try {
            Await.until(gateway::deployments, () -> gateway.deployments().stream().anyMatch(view ->
                    view.version().equals("1.1.0") && view.state() == DeploymentView.State.REFUSED
                            && view.reason().contains("golden/dent-1.png")));
            assertEquals("1.0.0", Await.pipeline(gateway, "good").serving());
            goodLineGoesOn();
        } finally {
            bad.uninstall();
        }
    }

    @Test
    public void a_pack_that_unpacks_without_end_is_rejected_and_leaves_nothing_behind() throws Exception {
        rejected("bomb", zipped("bomb", "weights.bin", 300), "raise maxPackMb of io.amarena.models");
        try (var left = Files.list(work("data/models"))) {
            assertFalse(left.anyMatch(path -> path.getFileName().toString().startsWith("half-")));
        }
    }

    @Test
    public void a_pack_with_names_that_lead_outside_writes_nothing_there() throws Exception {
        for (final String name : new String[] {"../../escaped", "/escaped", "a/../../../escaped", "..\\escaped"}) {
            final Bundle bundle = ShippedPack.install(context, "slip", zipped("slip", name, 0));
            try {
                Await.until(catalog::versions, () -> version("slip").isPresent());
                assertEquals(ModelVersion.State.REJECTED, version("slip").orElseThrow().state());
                try (var all = Files.walk(work("."))) {
                    all.filter(path -> path.getFileName().toString().contains("escaped")).forEach(path ->
                            assertTrue(path.toString(), path.toString().contains("data/models/")));
                }
            } finally {
                bundle.uninstall();
            }
        }
    }

    @Test
    public void a_descriptor_of_a_hundred_megabytes_or_nested_without_end_is_rejected() throws Exception {
        rejected("huge", zipped("huge", "model.json", 100), "model.json has more than 1048576 bytes");
        rejected("deep", shipped().with("model.json", "[".repeat(100_000).getBytes(StandardCharsets.UTF_8)),
                "model.json is nested deeper than 32 levels");
    }

    private ShippedPack shipped() throws IOException {
        return ShippedPack.of(context);
    }

    private void rejected(final String name, final ShippedPack pack, final String reason) throws Exception {
        rejected(name, pack.named(name), reason);
    }

    /** The version is rejected, and the pipeline that wants it says the same at all places. */
    private void rejected(final String name, final byte[] jar, final String reason) throws Exception {
        final Bundle bundle = ShippedPack.install(context, name, jar);
        try {
            Await.until(catalog::versions, () -> version(name).isPresent());
            assertEquals(ModelVersion.State.REJECTED, version(name).orElseThrow().state());
            assertTrue(version(name).orElseThrow().reason(), version(name).orElseThrow().reason().contains(reason));
            blocked(name, reason);
            assertTrue(ControlSocket.status().getJsonArray("models").toString(), ControlSocket.status()
                    .getJsonArray("models").getValuesAs(JsonObject.class).stream().anyMatch(model ->
                            model.getString("name").equals(name) && model.getString("reason").contains(reason)));
            goodLineGoesOn();
        } finally {
            bundle.uninstall();
        }
    }

    /** The version is good as far as can be read, but cannot serve. */
    private void refused(final String name, final ShippedPack pack, final String reason) throws Exception {
        final Bundle bundle = ShippedPack.install(context, name, pack.named(name));
        try {
            blocked(name, reason);
            assertEquals(ModelVersion.State.STAGED, version(name).orElseThrow().state());
            goodLineGoesOn();
        } finally {
            bundle.uninstall();
        }
    }

    private void blocked(final String name, final String reason) throws Exception {
        final Path settings = work("configs").resolve("io.amarena.pipeline~" + name + ".json");
        final Path half = work("configs").resolve(".half");
        try (Subscriber subscriber = new Subscriber(port())) {
            Files.writeString(half, "{\"source\": \"folder\", \"model\": \"" + name + "\", \"publishers\": [\"local\"]}");
            Files.move(half, settings, StandardCopyOption.ATOMIC_MOVE);
            Await.until(() -> gateway.pipelines() + " " + catalog.versions(), () -> gateway.pipelines().stream()
                    .anyMatch(view -> view.name().equals(name) && view.state() == PipelineView.State.BLOCKED
                            && view.reason().contains(reason)));
            Await.until(() -> subscriber.on(name + "/status"), () -> subscriber.on(name + "/status").stream()
                    .anyMatch(status -> status.getString("state").equals("blocked")
                            && status.getString("message").contains(reason)));
            assertTrue(ControlSocket.status().getJsonArray("pipelines").toString().contains(name));
        } finally {
            Files.delete(settings);
        }
        Await.until(gateway::pipelines, () -> gateway.pipelines().stream().noneMatch(view -> view.name().equals(name)));
    }

    private void goodLineGoesOn() throws Exception {
        Await.serving(gateway, "good");
        final long before = Await.pipeline(gateway, "good").account().published();
        final Path half = work("half.png");
        Files.write(half, shipped().file("golden/ok-1.png"));
        Files.move(half, work("pictures").resolve("picture-" + System.nanoTime() + ".png"));
        Await.until(gateway::pipelines, () -> Await.pipeline(gateway, "good").account().published() > before);
        Await.balanced(gateway);
    }

    private Optional<ModelVersion> version(final String name) {
        return catalog.versions().stream().filter(version -> version.name().equals(name)).findFirst();
    }

    private static int port() throws IOException {
        return Integer.parseInt(Files.readString(work("port")));
    }

    private static Path work(final String name) {
        return Path.of(System.getProperty("amarena.test.work")).resolve(name);
    }

    /** A pack with one file of that name and of as many megabytes of spaces, beside its manifest. */
    private static byte[] zipped(final String model, final String file, final int megabytes) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: model." + model
                    + "\nBundle-Version: 1.0.0\nAmarena-Model: model.json\n\n").getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(file));
            final byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < megabytes; i++) {
                zip.write(block);
            }
        }
        return bytes.toByteArray();
    }
}
