/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.manage.SettingsView;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.BundleContext;

/**
 * Folders, names, settings, ports and clients that go wrong around a gateway. Each trouble is told by the status at the
 * control socket, and the line {@code good} goes on.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HostileSurroundingsIT {

    @Inject
    private BundleContext context;

    @Inject
    @Filter(timeout = 30_000)
    private GatewayView gateway;

    @Inject
    @Filter(timeout = 30_000)
    private SettingsView settings;

    private final List<Path> written = new ArrayList<>();

    @Configuration
    public Option[] configuration() throws IOException {
        final int port = Distribution.freePort();
        final Distribution distribution = new Distribution("hostile-surroundings");
        Files.createDirectories(distribution.work().resolve("good"));
        distribution.settings("io.amarena.publisher.mqtt~local", "{\"name\": \"local\", \"broker\": \"tcp://127.0.0.1:"
                        + port + "\", \"retryMinMs\": 100, \"retryMaxMs\": 200}")
                .settings("io.amarena.source.directory~good", watch("good", distribution.work().resolve("good"), "keep"))
                .settings("io.amarena.pipeline~good", pipeline("good", "local"));
        Files.writeString(distribution.work().resolve("port"), String.valueOf(port));
        return distribution.options("features", "features/demo");
    }

    @After
    public void what_a_test_configured_is_gone() throws Exception {
        for (final Path file : written) {
            Files.deleteIfExists(file);
        }
        Await.until(settings::problems, () -> settings.problems().isEmpty() && gateway.pipelines().size() == 1);
    }

    @Test
    public void a_folder_that_disappears_or_cannot_be_read_is_told_and_looked_for() throws Exception {
        final Path folder = work("vanishing");
        configure("io.amarena.source.directory~vanishing", watch("vanishing", folder, "keep"));
        configure("io.amarena.pipeline~vanishing", pipeline("vanishing"));
        Await.until(this::troubles, () -> ControlSocket.message("sources", "vanishing").contains(folder
                + " cannot be read"));
        assertTrue(ControlSocket.message("sources", "vanishing").contains("check its permissions"));
        Files.createDirectories(folder);
        picture("vanishing");
        Await.until(gateway::pipelines, () -> Await.pipeline(gateway, "vanishing").account().published() == 1);
        assertTrue(ControlSocket.message("sources", "vanishing").startsWith("watches"));
        Files.move(folder, work("elsewhere"));
        // A file in its place cannot be read as a folder, whoever asks.
        Files.writeString(folder, "no folder");
        Await.until(this::troubles, () -> ControlSocket.message("sources", "vanishing").contains("cannot be read"));
        goodLineGoesOn();
    }

    @Test
    public void files_that_cannot_be_moved_are_told_and_inspected_once() throws Exception {
        final Path folder = Files.createDirectories(work("stuck"));
        Files.writeString(folder.resolve("processed"), "no folder");
        configure("io.amarena.source.directory~stuck", watch("stuck", folder, "move"));
        configure("io.amarena.pipeline~stuck", pipeline("stuck"));
        Await.serving(gateway, "stuck");
        picture("stuck");
        Await.until(this::troubles, () -> ControlSocket.message("sources", "stuck")
                .contains("was inspected but cannot be moved"));
        goodLineGoesOn();
        assertEquals(1, Await.pipeline(gateway, "stuck").account().accepted());
    }

    @Test
    public void a_source_and_a_publisher_that_nobody_configured_are_told() throws Exception {
        configure("io.amarena.pipeline~lonely", pipeline("nowhere", "nobody"));
        Await.until(this::troubles, () -> ControlSocket.message("sources", "nowhere")
                .contains("there is no source of this name: add its settings"));
        Await.until(this::troubles, () -> ControlSocket.message("publishers", "nobody")
                .contains("publisher nobody is missing: add its settings"));
        goodLineGoesOn();
    }

    @Test
    public void a_second_source_or_publisher_of_one_name_is_refused_and_the_first_stays() throws Exception {
        configure("io.amarena.source.http~twin", "{\"name\": \"good\"}");
        configure("io.amarena.publisher.mqtt~twin", "{\"name\": \"local\", \"broker\": \"tcp://127.0.0.1:1\"}");
        Await.until(settings::problems, () -> problem("io.amarena.source.http~twin",
                "names the source good, which io.amarena.source.directory~good names already: rename one")
                && problem("io.amarena.publisher.mqtt~twin", "names the publisher local, which"));
        goodLineGoesOn();
    }

    @Test
    public void a_second_pipeline_of_one_name_is_refused_and_the_first_stays() throws Exception {
        configure("io.amarena.pipeline~GOOD", pipeline("good", "local"));
        Await.until(settings::problems, () -> problem("", "in upper and lower case alone, so that neither is read: delete"
                + " one of them; what was in force before stays"));
        goodLineGoesOn();
    }

    @Test
    public void a_value_that_is_invalid_is_refused_with_its_place_and_the_remedy() throws Exception {
        configure("io.amarena.source.directory~wrong", "{\n \"name\": \"wrong\",\n \"folder\": \"/tmp\",\n"
                + " \"after\": \"burn\"\n}");
        Await.until(settings::problems, () -> problem("io.amarena.source.directory~wrong", "line 4"));
        assertTrue(problem("io.amarena.source.directory~wrong", "delete"));
        goodLineGoesOn();
    }

    @Test
    public void a_settings_file_that_became_unreadable_takes_nothing_away() throws Exception {
        Await.serving(gateway, "good");
        final Path file = work("configs/io.amarena.pipeline~good.json");
        final String text = Files.readString(file);
        try {
            replace(file, new byte[] {(byte) 0xC3, (byte) 0x28});
            Await.until(settings::problems, () -> problem("", "is no text in UTF-8: save it as UTF-8; what was in force"
                    + " before stays"));
            goodLineGoesOn();
            replace(file, new byte[10 << 20]);
            Await.until(settings::problems, () -> problem("", "settings are small"));
            goodLineGoesOn();
            replace(file, ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8));
            Await.until(settings::problems, () -> settings.problems().isEmpty());
            goodLineGoesOn();
        } finally {
            replace(file, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    public void a_broker_that_is_away_at_the_start_comes_later_and_is_lost_again_costs_no_result() throws Exception {
        Await.serving(gateway, "good");
        goodLineGoesOn();
        Await.until(this::troubles, () -> ControlSocket.message("publishers", "local").contains("connection refused"));
        assertTrue(ControlSocket.message("publishers", "local").contains("check that the broker runs"));
        final String broker = "{\"port:Integer\": " + port() + "}";
        configure("io.amarena.broker", broker);
        Await.until(this::troubles, () -> gateway.publishers().get(0).account().waiting() == 0);
        try (Subscriber subscriber = new Subscriber(port())) {
            picture("good");
            Await.until(this::troubles, () -> subscriber.on("good/result").size() == 1);
        }
        Files.delete(work("configs/io.amarena.broker.json"));
        Await.until(this::troubles, () -> !gateway.publishers().get(0).status().healthy());
        picture("good");
        goodLineGoesOn();
        final long waiting = gateway.publishers().get(0).account().waiting();
        assertTrue(String.valueOf(waiting), waiting >= 2);
        configure("io.amarena.broker", broker);
        Await.until(this::troubles, () -> gateway.publishers().get(0).account().waiting() == 0);
        assertEquals(0, gateway.publishers().get(0).account().dropped());
        Await.balanced(gateway);
    }

    @Test
    public void the_port_of_the_embedded_broker_in_use_is_told_with_the_setting_to_change() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            configure("io.amarena.broker", "{\"port:Integer\": " + used.getLocalPort() + "}");
            Await.until(this::troubles, () -> ControlSocket.message("failedComponents", "io.amarena.broker")
                    .contains("cannot listen on 127.0.0.1:" + used.getLocalPort()));
            assertTrue(ControlSocket.message("failedComponents", "io.amarena.broker")
                    .contains("change the setting port of io.amarena.broker"));
            goodLineGoesOn();
        }
    }

    @Test
    public void a_component_that_does_not_take_its_settings_is_told() throws Exception {
        configure("io.amarena.source.http~odd", "{\"name\": \"odd\", \"path\": \"no slash\"}");
        Await.until(this::troubles, () -> ControlSocket.message("failedComponents", "io.amarena.source.http~odd")
                .contains("The setting path of the HTTP source odd is no slash; it begins with a slash"));
        goodLineGoesOn();
    }

    @Test
    public void a_client_of_the_control_socket_that_sends_rubbish_or_never_reads_harms_nobody() throws Exception {
        final List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                final SocketChannel silent = ControlSocket.open();
                clients.add(silent);
                silent.configureBlocking(false);
                final ByteBuffer requests = ByteBuffer.wrap("{\"command\":\"status\"}\n".repeat(2_000)
                        .getBytes(StandardCharsets.UTF_8));
                silent.write(requests);
                final SocketChannel rubbish = ControlSocket.open();
                clients.add(rubbish);
                rubbish.write(ByteBuffer.wrap(new byte[] {0, (byte) 0xFF, '{', '[', (byte) 0x80, '\n', '"'}));
            }
            assertEquals("itest", ControlSocket.status().getString("gateway"));
            goodLineGoesOn();
        } finally {
            for (final SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private boolean problem(final String pid, final String message) {
        return settings.problems().stream().anyMatch(problem -> problem.pid().equals(pid)
                && problem.message().contains(message));
    }

    private Object troubles() {
        try {
            final JsonObject status = ControlSocket.status();
            return status.get("sources") + " " + status.get("publishers") + " " + status.get("failedComponents") + " "
                    + settings.problems();
        } catch (final IOException none) {
            return none;
        }
    }

    private void goodLineGoesOn() throws Exception {
        Await.serving(gateway, "good");
        final long before = Await.pipeline(gateway, "good").account().published();
        picture("good");
        Await.until(gateway::pipelines, () -> Await.pipeline(gateway, "good").account().published() > before);
        assertEquals(PipelineView.State.SERVING, Await.pipeline(gateway, "good").state());
        Await.balanced(gateway);
        assertFalse(gateway.publishers().isEmpty());
    }

    private void picture(final String line) throws Exception {
        final Path half = work("half.png");
        Files.write(half, ShippedPack.of(context).file("golden/ok-1.png"));
        Files.move(half, work(line).resolve("picture-" + System.nanoTime() + ".png"));
    }

    private void configure(final String pid, final String json) throws IOException {
        final Path file = work("configs").resolve(pid + ".json");
        written.add(file);
        replace(file, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void replace(final Path file, final byte[] content) throws IOException {
        final Path half = work("configs").resolve(".half");
        Files.write(half, content);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String watch(final String name, final Path folder, final String after) {
        return "{\"name\": \"" + name + "\", \"folder\": \"" + folder + "\", \"after\": \"" + after + "\"}";
    }

    private static String pipeline(final String source, final String... publishers) {
        return "{\"source\": \"" + source + "\", \"model\": \"surface-inspection\", \"publishers\": ["
                + (publishers.length == 0 ? "" : "\"" + publishers[0] + "\"") + "]}";
    }

    private static int port() throws IOException {
        return Integer.parseInt(Files.readString(work("port")));
    }

    private static Path work(final String name) {
        return Path.of(System.getProperty("amarena.test.work")).resolve(name);
    }
}
