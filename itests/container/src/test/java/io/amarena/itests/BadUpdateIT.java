/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.CheckReport.Check;
import io.amarena.api.manage.CheckReport.Finding;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.ModelVersion;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
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
import org.osgi.framework.BundleException;

/**
 * Updates that must not happen, each in the real container while pictures come in: the old version goes on serving, every
 * accepted picture gets one result of it, and the administrator is told what is wrong.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class BadUpdateIT {

    private static final String OLD = "1.0.0";
    private static final int BLUE = 0x0000FF;
    private static final long PATIENCE_SECONDS = 60;
    private static final int FRAMES_AFTER = 20;

    @Inject
    private BundleContext context;

    @Inject
    @Filter(timeout = 30_000)
    private GatewayView gateway;

    @Inject
    @Filter(timeout = 30_000)
    private ModelCatalog catalog;

    private final Pictures stream = new Pictures();
    private Bundle installed;

    @Configuration
    public Option[] configuration() {
        return new Distribution("bad-updates").settings("io.amarena.source.http~door", "{\"name\": \"door\"}")
                .settings("io.amarena.pipeline~line", "{\"source\": \"door\", \"model\": \"" + ColoursPack.NAME
                        + "\", \"maxMemoryMb:Integer\": 150}")
                .options("features");
    }

    /** Pictures one after the other, each of which must be answered by the old version. */
    private static final class Pictures extends Thread {

        private final HttpClient client = HttpClient.newHttpClient();
        private final AtomicLong answered = new AtomicLong();
        private final AtomicReference<String> wrong = new AtomicReference<>();
        private volatile boolean ended;

        @Override
        public void run() {
            try {
                final byte[] picture = ColoursPack.picture(BLUE);
                while (!ended) {
                    final HttpResponse<String> response = client.send(HttpRequest.newBuilder(door())
                            .header("Content-Type", "image/png").POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                            .build(), HttpResponse.BodyHandlers.ofString());
                    check(response);
                    answered.incrementAndGet();
                }
            } catch (final IOException | InterruptedException | RuntimeException failed) {
                wrong.compareAndSet(null, failed.toString());
            }
        }

        private void check(final HttpResponse<String> response) {
            final boolean right = response.statusCode() == 200
                    && json(response.body()).getJsonObject("model").getString("version").equals(OLD)
                    && json(response.body()).getJsonObject("outcome").getJsonArray("classes").getJsonObject(0)
                            .getString("label").equals("blue");
            if (!right) {
                wrong.compareAndSet(null, response.statusCode() + " " + response.body());
            }
        }
    }

    @Before
    public void the_old_version_serves_a_stream_of_pictures() throws Exception {
        if (pack(OLD).isEmpty()) {
            context.installBundle("colours-" + OLD, ColoursPack.of(OLD).jar()).start();
        }
        await("it serves", () -> gateway.pipelines().stream().anyMatch(view ->
                view.state() == PipelineView.State.SERVING && view.sourceHere() && view.serving().equals(OLD)));
        await("the entrance is open", () -> {
            try {
                return stream.client.send(HttpRequest.newBuilder(door()).GET().build(),
                        HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
            } catch (final IOException | InterruptedException closed) {
                return false;
            }
        });
        stream.start();
        await("pictures are answered", () -> stream.answered.get() > 0);
    }

    @After
    public void every_picture_got_one_result_of_the_old_version() throws Exception {
        stream.ended = true;
        stream.join();
        if (installed != null) {
            installed.uninstall();
        }
        assertEquals(null, stream.wrong.get());
        await("nothing is in flight", () -> account().inFlight() == 0);
        assertTrue(account().toString(), account().balanced());
        assertEquals(0, account().failed());
        assertEquals(0, account().shed());
        await("nothing is refused any more", () -> gateway.deployments().stream().noneMatch(view ->
                view.state() == DeploymentView.State.REFUSED));
    }

    @Test
    public void what_is_no_onnx_file_is_rejected() throws Exception {
        install(ColoursPack.of("1.1.0").model("I am a text".getBytes(StandardCharsets.UTF_8)));
        assertRejected("1.1.0", "model.onnx is not an ONNX file");
    }

    @Test
    public void a_truncated_model_is_rejected() throws Exception {
        final ColoursPack pack = ColoursPack.of("1.2.0");
        install(pack.model(Arrays.copyOf(pack.model(), pack.model().length - 60)));
        assertRejected("1.2.0", "model.onnx is truncated");
    }

    @Test
    public void another_contract_is_refused() throws Exception {
        install(ColoursPack.of("1.3.0").following("sorting/1"));
        assertRefused("1.3.0", Check.CONTRACT, "its contract is sorting/1");
    }

    @Test
    public void outputs_of_another_shape_than_declared_are_refused() throws Exception {
        install(ColoursPack.of("1.4.0").model("colours-shape.onnx"));
        assertRefused("1.4.0", Check.OUTPUTS, "output scores came with the shape [1, 4], declared is [?, 3]");
    }

    @Test
    public void outputs_that_are_no_numbers_are_refused() throws Exception {
        install(ColoursPack.of("1.5.0").model("colours-nan.onnx"));
        assertRefused("1.5.0", Check.OUTPUTS, "output scores holds NaN at element 0");
    }

    @Test
    public void a_golden_sample_that_is_not_reproduced_is_refused() throws Exception {
        install(ColoursPack.of("1.6.0").expecting("green"));
        assertRefused("1.6.0", Check.GOLDEN, "golden/red.png is not reproduced: the best class is red, expected green");
    }

    @Test
    public void a_model_that_is_too_large_for_the_memory_budget_is_refused() throws Exception {
        install(ColoursPack.of("1.7.0").model("colours-large.onnx"));
        final Finding memory = assertRefused("1.7.0", Check.MEMORY, "more than the 150 MiB that maxMemoryMb");
        assertTrue(memory.toString(), memory.figures().get("mb") > 190);
    }

    @Test
    public void a_stage_bundle_whose_factory_throws_is_refused() throws Exception {
        installed = context.installBundle("vendor-stage", ThrowingStage.jar());
        installed.start();
        assertRefused(OLD, Check.LOAD, ThrowingStage.MESSAGE);
    }

    @Test
    public void a_pack_that_does_not_resolve_is_told_by_name() throws Exception {
        installed = context.installBundle("colours-1.8.0", ColoursPack.of("1.8.0")
                .header("Import-Package", "com.example.nowhere").jar());
        assertThrows(BundleException.class, () -> installed.start());
        assertEquals(Bundle.INSTALLED, installed.getState());
        framesGoOn();
        assertTrue(status().toString(), status().getJsonObject("bundles").getJsonArray("notActive").toString()
                .contains("model.colours 1.8.0 INSTALLED"));
    }

    @Test
    public void a_stage_bundle_that_does_not_resolve_any_more_serves_on_until_it_is_mended() throws Exception {
        final Bundle image = Arrays.stream(context.getBundles()).filter(bundle ->
                "io.amarena.stages.image".equals(bundle.getSymbolicName())).findFirst().orElseThrow();
        final String name = image.getSymbolicName();
        try (InputStream bad = ThrowingStage.jar("com.example.nowhere", name, "99.0.0")) {
            assertThrows(BundleException.class, () -> image.update(bad));
        }
        try {
            assertEquals(Bundle.INSTALLED, image.getState());
            framesGoOn();
            assertTrue(status().toString(), status().getJsonObject("bundles").getJsonArray("notActive").toString()
                    .contains(name + " 99.0.0 INSTALLED"));
        } finally {
            try (InputStream good = URI.create(image.getLocation()).toURL().openStream()) {
                image.update(good);
            }
            image.start();
        }
        await("the mended stage serves", () -> gateway.deployments().stream().filter(view ->
                view.state() == DeploymentView.State.SERVING).count() == 1 && gateway.deployments().size() == 1);
        framesGoOn();
    }

    private void install(final ColoursPack pack) throws Exception {
        installed = context.installBundle("colours-" + pack.version(), pack.jar());
        installed.start();
    }

    private void assertRejected(final String version, final String because) throws Exception {
        await(version + " is rejected", () -> version(version).filter(found ->
                found.state() == ModelVersion.State.REJECTED).isPresent());
        assertTrue(version(version).orElseThrow().reason(), version(version).orElseThrow().reason().contains(because));
        assertTrue(status().toString(), status().getJsonArray("models").toString().contains(because));
        framesGoOn();
    }

    private Optional<ModelVersion> version(final String version) {
        return catalog.versions().stream().filter(found -> found.name().equals(ColoursPack.NAME)
                && found.version().equals(version)).findFirst();
    }

    private Finding assertRefused(final String version, final Check check, final String because) throws Exception {
        await(version + " is refused", () -> refused(version).isPresent());
        final DeploymentView view = refused(version).orElseThrow();
        assertTrue(view.reason(), view.reason().contains(because));
        final Finding last = view.check().findings().get(view.check().findings().size() - 1);
        assertEquals(last.toString(), check, last.check());
        assertEquals(last.toString(), CheckReport.Verdict.FAILED, last.verdict());
        assertTrue(status().toString(), status().getJsonArray("deployments").toString().contains("\"FAILED\""));
        framesGoOn();
        return last;
    }

    private Optional<DeploymentView> refused(final String version) {
        return gateway.deployments().stream().filter(view -> view.state() == DeploymentView.State.REFUSED
                && view.version().equals(version)).findFirst();
    }

    private void framesGoOn() throws Exception {
        final long before = stream.answered.get();
        await("more pictures are answered", () -> stream.wrong.get() != null
                || stream.answered.get() >= before + FRAMES_AFTER);
        assertEquals(null, stream.wrong.get());
        assertEquals(OLD, gateway.pipelines().get(0).serving());
        assertEquals(PipelineView.State.SERVING, gateway.pipelines().get(0).state());
    }

    private FrameAccount account() {
        return gateway.pipelines().get(0).account();
    }

    private Optional<Bundle> pack(final String version) {
        return Arrays.stream(context.getBundles()).filter(bundle -> ("model." + ColoursPack.NAME)
                .equals(bundle.getSymbolicName()) && bundle.getVersion().toString().equals(version)).findFirst();
    }

    /** What {@code amarena status} gets. */
    private static JsonObject status() throws IOException {
        final Path socket = Path.of(System.getProperty("amarena.test.work")).resolve("control.sock");
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("{\"command\":\"status\"}\n".getBytes(StandardCharsets.UTF_8)));
            final StringBuilder line = new StringBuilder();
            try (Reader reader = Channels.newReader(channel, StandardCharsets.UTF_8)) {
                for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
                    line.append((char) c);
                }
            }
            return json(line.toString());
        }
    }

    private static JsonObject json(final String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static URI door() {
        return URI.create("http://127.0.0.1:" + System.getProperty("amarena.test.http") + "/infer/door");
    }

    private void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue("did not happen: " + what + "; " + gateway.pipelines() + gateway.deployments()
                    + catalog.versions(), System.nanoTime() < until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
