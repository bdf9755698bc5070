/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The loop that people write first, as a program of its own: the other side of {@code bench --naive}. One thread per
 * camera over one shared session with default options; {@code ImageIO.read}, {@code Graphics2D.drawImage}, a nested array
 * in, {@code getValue()} out, a blocking publish of quality of service 1. Nothing in it is slower than it needs to be in
 * this style.
 */
public final class NaiveLoop {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final int width;
    private final int height;
    private final List<Path> pictures;
    private final AtomicLong frames = new AtomicLong();

    private NaiveLoop(final Path model, final int width, final int height, final List<Path> pictures) throws OrtException {
        this.session = environment.createSession(model.toString());
        this.input = session.getInputNames().iterator().next();
        this.width = width;
        this.height = height;
        this.pictures = pictures;
    }

    /**
     * Runs the loop.
     *
     * @param arguments model file, width and height of its input, folder of pictures, broker, number of cameras
     */
    public static void main(final String[] arguments) throws OrtException, IOException, InterruptedException {
        final List<Path> pictures;
        try (Stream<Path> files = Files.list(Path.of(arguments[3]))) {
            pictures = files.sorted().toList();
        }
        final NaiveLoop loop = new NaiveLoop(Path.of(arguments[0]), Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]), pictures);
        final int cameras = Integer.parseInt(arguments[5]);
        for (int camera = 1; camera <= cameras; camera++) {
            final int number = camera;
            final Thread thread = new Thread(() -> loop.runCamera(number, arguments[4]), "camera-" + number);
            thread.setDaemon(true);
            thread.start();
        }
        Tally.serve(loop.frames::get, cameras);
    }

    private void runCamera(final int number, final String broker) {
        try (MqttClient client = new MqttClient(broker, "naive-" + number, new MemoryPersistence())) {
            client.connect();
            for (int next = number; ; next++) {
                final float score = infer(Files.readAllBytes(pictures.get(next % pictures.size())));
                client.publish("naive/camera-" + number, String.format(Locale.ROOT, "{\"frame\":%d,\"score\":%.3f}", next,
                        score).getBytes(StandardCharsets.UTF_8), 1, false);
                frames.incrementAndGet();
            }
        } catch (final MqttException | OrtException | IOException failed) {
            System.err.println("The naive loop failed: " + failed);
            System.exit(1);
        }
    }

    private float infer(final byte[] jpeg) throws IOException, OrtException {
        final BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, toArray(resized(picture)));
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            float best = 0;
            for (final Map.Entry<String, OnnxValue> output : result) {
                best = Math.max(best, largest(output.getValue().getValue()));
            }
            return best;
        }
    }

    private BufferedImage resized(final BufferedImage picture) {
        final BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        final double scale = Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight());
        final Graphics2D graphics = resized.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, (int) (picture.getWidth() * scale), (int) (picture.getHeight() * scale), null);
        graphics.dispose();
        return resized;
    }

    private Object toArray(final BufferedImage picture) throws OrtException {
        final NodeInfo info = session.getInputInfo().get(input);
        final boolean channelsLast = ((TensorInfo) info.getInfo()).getShape()[3] == 3;
        final float[][][][] array = channelsLast ? new float[1][height][width][3] : new float[1][3][height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                final int rgb = picture.getRGB(x, y);
                for (int channel = 0; channel < 3; channel++) {
                    final float value = (rgb >> 16 - 8 * channel & 255) / 255f;
                    if (channelsLast) {
                        array[0][y][x][channel] = value;
                    } else {
                        array[0][channel][y][x] = value;
                    }
                }
            }
        }
        return array;
    }

    /** The largest number of a nested array. */
    private static float largest(final Object value) {
        if (value instanceof float[]) {
            float best = 0;
            for (final float number : (float[]) value) {
                best = Math.max(best, number);
            }
            return best;
        }
        float best = 0;
        for (int i = 0; i < (value.getClass().isArray() ? Array.getLength(value) : 0); i++) {
            best = Math.max(best, largest(Array.get(value, i)));
        }
        return best;
    }
}
