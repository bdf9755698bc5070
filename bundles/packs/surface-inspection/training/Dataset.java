/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

import io.amarena.sources.simulator.GroundTruth;
import io.amarena.sources.simulator.JpegEncoder;
import io.amarena.sources.simulator.Scene;
import io.amarena.sources.simulator.SceneSettings;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Writes frames of the simulated conveyor as a model would get them: rendered, through JPEG, and shrunk or enlarged
 * to a square tensor without its padding rows. {@code NAME.rgb} holds one picture after the other, RGB, three bytes
 * per pixel; {@code NAME.csv} holds each picture's label and box (centre x, centre y, width, height) as shares of the
 * padded tensor's sides.
 *
 * <pre>java -cp SIMULATOR_CLASSES Dataset.java NAME FIRST_SEED SEEDS FRAMES_PER_SEED TENSOR_SIDE varied|default</pre>
 *
 * {@code varied} changes frame size, JPEG quality, blur and lighting a little from seed to seed, so that the model
 * learns to bear it; {@code default} writes what the demo shows.
 */
public final class Dataset {
    /** All of one shape, 16:9, so that every picture of a data set has the same size. */
    private static final int[][] FRAME_SIZES = {{1280, 720}, {1280, 720}, {1280, 720}, {640, 360}, {1920, 1080}};
    private static final double[] QUALITIES = {0.85, 0.75, 0.92, 0.85};
    private static final double[] BLURS = {0, 0, 0.8};
    private static final double VARIED_DEFECTS = 0.82;

    private Dataset() {
    }

    public static void main(final String[] arguments) throws IOException {
        if (arguments.length != 6) {
            System.err.println("expected: NAME FIRST_SEED SEEDS FRAMES_PER_SEED TENSOR_SIDE varied|default");
            System.exit(2);
        }
        final String name = arguments[0];
        final long firstSeed = Long.parseLong(arguments[1]);
        final int seeds = Integer.parseInt(arguments[2]);
        final int frames = Integer.parseInt(arguments[3]);
        final int side = Integer.parseInt(arguments[4]);
        final boolean varied = arguments[5].equals("varied");
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
        try (OutputStream pictures = new BufferedOutputStream(Files.newOutputStream(Path.of(name + ".rgb")), 1 << 20);
                PrintWriter truths = new PrintWriter(Files.newBufferedWriter(Path.of(name + ".csv")))) {
            for (int i = 0; i < seeds; i++) {
                write(firstSeed + i, varied ? i : -1, frames, side, pictures, truths);
            }
        }
    }

    /** @param variety which of the combinations of size, quality, blur and drift; -1 for the demo's own */
    private static void write(final long seed, final int variety, final int frames, final int side,
            final OutputStream pictures, final PrintWriter truths) throws IOException {
        SceneSettings settings = SceneSettings.standard(seed);
        double quality = QUALITIES[0];
        if (variety >= 0) {
            final int[] size = FRAME_SIZES[variety % FRAME_SIZES.length];
            quality = QUALITIES[variety % QUALITIES.length];
            settings = settings.withSize(size[0], size[1]).withDefectShare(VARIED_DEFECTS)
                    .withBlur(BLURS[variety % BLURS.length] * size[1] / 720).withDrift(0.12, 97);
        }
        final Scene scene = new Scene(settings);
        final AreaScaler scaler = new AreaScaler(settings.width(), settings.height(), side);
        try (JpegEncoder encoder = new JpegEncoder(settings.width(), settings.height(), quality)) {
            for (int i = 0; i < frames; i++) {
                final GroundTruth truth = scene.render(i, encoder.pixels());
                final BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(encoder.encode()));
                pictures.write(scaler.scale(((DataBufferByte) decoded.getRaster().getDataBuffer()).getData()));
                truths.println(row(truth, settings, side));
            }
        }
    }

    private static String row(final GroundTruth truth, final SceneSettings settings, final int side) {
        if (!truth.defective()) {
            return truth.label() + ",0,0,0,0";
        }
        final double scale = Math.min((double) side / settings.width(), (double) side / settings.height());
        final long padX = (side - Math.round(settings.width() * scale)) / 2;
        final long padY = (side - Math.round(settings.height() * scale)) / 2;
        return String.format(Locale.ROOT, "%s,%.6f,%.6f,%.6f,%.6f", truth.label(),
                ((truth.x() + truth.width() / 2.0) * scale + padX) / side,
                ((truth.y() + truth.height() / 2.0) * scale + padY) / side,
                truth.width() * scale / side, truth.height() * scale / side);
    }

    /** Fits BGR pictures of one size into a square: area average when shrinking, bilinear when enlarging. */
    private static final class AreaScaler {
        private final int width;
        private final int height;
        private final int newWidth;
        private final int newHeight;
        private final float[][] columnWeights;
        private final int[] columnStarts;
        private final float[][] rowWeights;
        private final int[] rowStarts;

        AreaScaler(final int width, final int height, final int side) {
            this.width = width;
            this.height = height;
            final double scale = Math.min((double) side / width, (double) side / height);
            newWidth = (int) Math.round(width * scale);
            newHeight = (int) Math.round(height * scale);
            columnStarts = new int[newWidth];
            columnWeights = weights(width, newWidth, columnStarts);
            rowStarts = new int[newHeight];
            rowWeights = weights(height, newHeight, rowStarts);
        }

        byte[] scale(final byte[] bgr) {
            final float[] rows = new float[height * newWidth * 3];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < newWidth; x++) {
                    for (int channel = 0; channel < 3; channel++) {
                        float sum = 0;
                        int at = (y * width + columnStarts[x]) * 3 + 2 - channel;
                        for (final float weight : columnWeights[x]) {
                            sum += weight * (bgr[at] & 0xff);
                            at += 3;
                        }
                        rows[(y * newWidth + x) * 3 + channel] = sum;
                    }
                }
            }
            final byte[] rgb = new byte[newWidth * newHeight * 3];
            for (int y = 0; y < newHeight; y++) {
                for (int i = 0; i < newWidth * 3; i++) {
                    float sum = 0;
                    int at = rowStarts[y] * newWidth * 3 + i;
                    for (final float weight : rowWeights[y]) {
                        sum += weight * rows[at];
                        at += newWidth * 3;
                    }
                    rgb[y * newWidth * 3 + i] = (byte) Math.min(255, (int) (sum + 0.5f));
                }
            }
            return rgb;
        }

        /** For each new pixel the weights of the old ones that it is made of, from {@code starts} on. */
        private static float[][] weights(final int from, final int to, final int[] starts) {
            final double step = (double) from / to;
            final float[][] weights = new float[to][];
            for (int i = 0; i < to; i++) {
                if (step >= 1) {
                    final double begin = i * step;
                    final double end = Math.min(from, begin + step);
                    starts[i] = (int) begin;
                    final int count = (int) Math.ceil(end - 1e-9) - starts[i];
                    weights[i] = new float[count];
                    for (int k = 0; k < count; k++) {
                        final double overlap = Math.min(end, starts[i] + k + 1) - Math.max(begin, starts[i] + k);
                        weights[i][k] = (float) (overlap / (end - begin));
                    }
                } else {
                    final double centre = Math.max(0, Math.min(from - 1, (i + 0.5) * step - 0.5));
                    starts[i] = (int) Math.min(centre, from - 2);
                    final float second = (float) (centre - starts[i]);
                    weights[i] = new float[] {1 - second, second};
                }
            }
            return weights;
        }
    }
}
