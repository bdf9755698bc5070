/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import ai.onnxruntime.OrtEnvironment;
import io.amarena.api.model.Model;
import io.amarena.api.model.Size;
import io.amarena.management.workbench.Contender.Score;
import jakarta.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The gateway against the loop that people write first, {@link NaiveLoop}: each in a process of its own with the same limit
 * of its heap, the same model, pictures and broker, in turn. The gateway's side runs with the options of the gateway, the
 * loop as plain Java. The broker is in this process, so that neither side pays for it.
 */
final class Comparison {

    private static final double WARM_SHARE = 0.5;
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(20);

    private final BundleContext context;
    private final int cameras;
    private final int heapMegabytes;
    private final Duration time;
    private final int rounds;
    private final PrintStream progress;

    Comparison(final BundleContext context, final int cameras, final int heapMegabytes, final double seconds,
            final int rounds, final PrintStream progress) {
        this.context = context;
        this.cameras = cameras;
        this.heapMegabytes = heapMegabytes;
        this.time = Duration.ofNanos((long) (seconds * 1e9));
        this.rounds = rounds;
        this.progress = progress;
    }

    /**
     * Measures both sides.
     *
     * @param pack the model at the wanted size, without golden samples
     */
    void run(final Model model, final Size size, final Path pack, final Figures figures)
            throws IOException, InterruptedException {
        final Path folder = Path.of(context.getProperty("amarena.data")).resolve("naive");
        final Path pictures = writePictures(model, Files.createDirectories(folder.resolve("pictures")));
        final Path onnx = writeModel(model, folder.resolve("model.onnx"));
        final String broker = "tcp://127.0.0.1:" + startBroker();
        final List<String> gateway = gateway(pack, pictures, broker);
        final List<String> naive = naive(onnx, size, pictures, broker, extractNatives(folder));
        figures.note("heap_mb of both sides", String.valueOf(heapMegabytes));
        for (int round = 1; round <= rounds; round++) {
            progress.printf(Locale.ROOT, "amarena: against the naive loop, round %d of %d%n", round, rounds);
            final Score theirs = measure(naive, Map.of());
            final Score ours = measure(gateway, System.getenv());
            add(figures, "naive", theirs);
            add(figures, "lean", ours);
            figures.add("times_naive_fps", ours.framesPerSecond() / theirs.framesPerSecond());
            figures.add("share_of_naive_memory", ours.peakMegabytes() / theirs.peakMegabytes());
        }
    }

    private static void add(final Figures figures, final String side, final Score score) {
        figures.add(side + "_fps", score.framesPerSecond());
        figures.add(side + "_cpu_ms_per_frame", score.cpuMillis());
        figures.add(side + "_peak_mb", score.peakMegabytes());
    }

    private Score measure(final List<String> command, final Map<String, String> environment)
            throws IOException, InterruptedException {
        try (Contender contender = Contender.start(command, environment)) {
            TimeUnit.NANOSECONDS.sleep((long) (time.toNanos() * WARM_SHARE));
            return contender.measure(time);
        }
    }

    private static Path writePictures(final Model model, final Path folder) throws IOException {
        final List<byte[]> pictures = BenchPictures.of(model);
        for (int i = 0; i < pictures.size(); i++) {
            Files.write(folder.resolve("picture-" + i + ".jpg"), pictures.get(i));
        }
        return folder;
    }

    private static Path writeModel(final Model model, final Path file) throws IOException {
        final ByteBuffer bytes = model.bytes();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        return file;
    }

    /** The broker of the demo, on a port that is free. */
    private int startBroker() throws IOException, InterruptedException {
        final int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        final Path configs = Files.createDirectories(Path.of(context.getProperty("amarena.configs")));
        Files.writeString(configs.resolve("io.amarena.broker.json"),
                Json.createObjectBuilder().add("port", port).build().toString());
        final long until = System.nanoTime() + BROKER_PATIENCE.toNanos();
        while (true) {
            try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return port;
            } catch (final IOException notYet) {
                if (System.nanoTime() - until > 0) {
                    throw new IOException("the broker did not start at port " + port, notYet);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private List<String> gateway(final Path pack, final Path pictures, final String broker) {
        final List<String> command = java(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.amarena.cli.Amarena", "bench-gateway",
                pack.toString(), pictures.toString(), broker, String.valueOf(cameras)));
        return command;
    }

    private List<String> naive(final Path onnx, final Size size, final Path pictures, final String broker,
            final Path natives) throws IOException {
        final List<String> command = java(List.of());
        command.add("-Donnxruntime.native.path=" + natives);
        command.addAll(List.of("-cp", String.join(":", jar(NaiveLoop.class).toString(),
                jar(OrtEnvironment.class).toString(), jar(MqttClient.class).toString()), NaiveLoop.class.getName(),
                onnx.toString(), String.valueOf(size.width()), String.valueOf(size.height()), pictures.toString(), broker,
                String.valueOf(cameras)));
        return command;
    }

    private List<String> java(final List<String> options) {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.add("-Xmx" + heapMegabytes + 'm');
        return command;
    }

    /** The file in the repository of the distribution from which the bundle of a class was installed. */
    private Path jar(final Class<?> type) throws IOException {
        final String name = FrameworkUtil.getBundle(type).getSymbolicName();
        final Path repository = Path.of(context.getProperty("amarena.home")).resolve("repository");
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + '-')
                    && file.getFileName().toString().endsWith(".jar")).findFirst().orElseThrow(() ->
                            new IOException("there is no bundle " + name + " in " + repository));
        }
    }

    private Path extractNatives(final Path folder) throws IOException {
        final Path natives = Files.createDirectories(folder.resolve("natives"));
        final String machine = System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x64";
        try (JarFile jar = new JarFile(jar(OrtEnvironment.class).toFile())) {
            for (final JarEntry entry : jar.stream().filter(file -> file.getName().startsWith("native/" + machine + '/')
                    && !file.isDirectory()).toList()) {
                Files.copy(jar.getInputStream(entry), natives.resolve(Path.of(entry.getName()).getFileName().toString()));
            }
        }
        return natives;
    }
}
