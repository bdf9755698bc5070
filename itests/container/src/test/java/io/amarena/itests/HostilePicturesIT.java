/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.GatewayView;
import jakarta.json.JsonObject;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.BundleContext;

/** Bad and unusual pictures in a watched folder: each is answered at the MQTT client, and a second line goes on. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HostilePicturesIT {

    @Inject
    private BundleContext context;

    @Inject
    @Filter(timeout = 30_000)
    private GatewayView gateway;

    @Configuration
    public Option[] configuration() throws IOException {
        final int port = Distribution.freePort();
        final Distribution distribution = new Distribution("hostile-pictures");
        distribution.settings("io.amarena.broker", "{\"port:Integer\": " + port + "}")
                .settings("io.amarena.publisher.mqtt~local",
                        "{\"name\": \"local\", \"broker\": \"tcp://127.0.0.1:" + port + "\"}");
        for (final String line : new String[] {"hostile", "beside"}) {
            final Path folder = Files.createDirectories(distribution.work().resolve(line));
            distribution.settings("io.amarena.source.directory~" + line, "{\"name\": \"" + line + "\", \"folder\": \""
                            + folder + "\", \"after\": \"move\", \"patienceMs\": 1500}")
                    .settings("io.amarena.pipeline~" + line, "{\"source\": \"" + line
                            + "\", \"model\": \"surface-inspection\", \"publishers\": [\"local\"]}");
        }
        Files.writeString(distribution.work().resolve("port"), String.valueOf(port));
        return distribution.options("features", "features/demo");
    }

    @Test
    public void each_bad_picture_is_answered_with_its_reason_and_everything_else_goes_on() throws Exception {
        Await.serving(gateway, "hostile", "beside");
        final FrameAccount before = Await.pipeline(gateway, "hostile").account();
        final byte[] good = ShippedPack.of(context).file("golden/scratch-1.png");
        final byte[] jpeg = jpeg(ImageIO.read(new ByteArrayInputStream(good)));
        final Map<String, byte[]> files = new LinkedHashMap<>();
        final Map<String, String> reasons = new LinkedHashMap<>();
        bad(files, reasons, "truncated.jpg", Arrays.copyOf(jpeg, jpeg.length * 2 / 3), "JPEG picture is truncated");
        bad(files, reasons, "truncated.png", Arrays.copyOf(good, good.length / 2), "PNG picture is truncated");
        bad(files, reasons, "text.jpg", "I am a text".getBytes(StandardCharsets.UTF_8), "no known format");
        bad(files, reasons, "bomb.png", bomb(good), "30000x30000 pixels is too large");
        bad(files, reasons, "zero.png", ByteBuffer.wrap(good.clone()).putInt(16, 0).array(), "valid header");
        try (Subscriber subscriber = new Subscriber(port())) {
            files.forEach((name, content) -> drop("hostile", name, content));
            drop("hostile", "good.png", good);
            drop("beside", "good.png", good);
            for (final Map.Entry<String, String> expected : reasons.entrySet()) {
                final JsonObject result = result(subscriber, "hostile", expected.getKey());
                final String message = result.getJsonObject("failure").getString("message");
                assertTrue(message, message.contains(expected.getValue()));
                assertEquals("decode", result.getJsonObject("failure").getString("code"));
                Await.until(() -> expected.getKey(), () -> Files.exists(folder("hostile/failed")
                        .resolve(expected.getKey())));
            }
            assertEquals(List.of("scratch"), labels(result(subscriber, "hostile", "good.png")));
            assertEquals(List.of("scratch"), labels(result(subscriber, "beside", "good.png")));
        }
        Await.balanced(gateway);
        final FrameAccount account = Await.pipeline(gateway, "hostile").account();
        assertEquals(files.size(), account.failed() - before.failed());
        assertEquals(1, account.published() - before.published());
    }

    @Test
    public void an_empty_file_is_put_aside_and_pictures_after_it_are_inspected() throws Exception {
        Await.serving(gateway, "hostile");
        try (Subscriber subscriber = new Subscriber(port())) {
            drop("hostile", "empty.jpg", new byte[0]);
            drop("hostile", "next.png", ShippedPack.of(context).file("golden/dent-1.png"));
            assertEquals(List.of("dent"), labels(result(subscriber, "hostile", "next.png")));
            Await.until(() -> "empty.jpg", () -> Files.exists(folder("hostile/failed/empty.jpg")));
        }
        Await.balanced(gateway);
    }

    @Test
    public void printing_colours_and_sixteen_bits_are_inspected_like_every_other_picture() throws Exception {
        Await.serving(gateway, "hostile");
        final BufferedImage picture = ImageIO.read(new ByteArrayInputStream(
                ShippedPack.of(context).file("golden/scratch-1.png")));
        try (Subscriber subscriber = new Subscriber(port())) {
            drop("hostile", "inks.jpg", inks(picture));
            drop("hostile", "deep.png", sixteenBits(picture));
            assertEquals(List.of("scratch"), labels(result(subscriber, "hostile", "inks.jpg")));
            assertEquals(List.of("scratch"), labels(result(subscriber, "hostile", "deep.png")));
        }
        Await.balanced(gateway);
    }

    @Test
    public void a_picture_that_is_written_slowly_is_inspected_whole() throws Exception {
        Await.serving(gateway, "hostile");
        final byte[] good = ShippedPack.of(context).file("golden/stain-1.png");
        final Path file = folder("hostile").resolve("slow.png");
        try (Subscriber subscriber = new Subscriber(port())) {
            Files.write(file, Arrays.copyOf(good, good.length / 2));
            // Others that come later are inspected meanwhile: the half picture was looked at more than twice.
            drop("hostile", "meanwhile.png", good);
            result(subscriber, "hostile", "meanwhile.png");
            Files.write(file, Arrays.copyOfRange(good, good.length / 2, good.length), StandardOpenOption.APPEND);
            assertEquals(List.of("stain"), labels(result(subscriber, "hostile", "slow.png")));
        }
    }

    private static void bad(final Map<String, byte[]> files, final Map<String, String> reasons, final String name,
            final byte[] content, final String reason) {
        files.put(name, content);
        reasons.put(name, reason);
    }

    private static JsonObject result(final Subscriber subscriber, final String line, final String file)
            throws Exception {
        Await.until(() -> file + " at " + subscriber.on(line + "/result"),
                () -> subscriber.resultOf(line, file).isPresent());
        return subscriber.resultOf(line, file).orElseThrow();
    }

    private static List<String> labels(final JsonObject result) {
        final List<String> labels = new ArrayList<>();
        result.getJsonObject("outcome").getJsonArray("detections")
                .forEach(value -> labels.add(value.asJsonObject().getString("label")));
        return labels;
    }

    private static int port() throws IOException {
        return Integer.parseInt(Files.readString(folder("port")));
    }

    private static Path folder(final String name) {
        return Path.of(System.getProperty("amarena.test.work")).resolve(name);
    }

    private static void drop(final String line, final String name, final byte[] content) {
        try {
            final Path half = folder(line + "-" + name);
            Files.write(half, content);
            Files.move(half, folder(line).resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] bomb(final byte[] good) {
        return ByteBuffer.wrap(good.clone()).putInt(16, 30_000).putInt(20, 30_000).array();
    }

    private static byte[] jpeg(final BufferedImage picture) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", bytes);
        return bytes.toByteArray();
    }

    /** CMYK as Adobe's programs write it: inverted inks, no black. */
    private static byte[] inks(final BufferedImage picture) throws IOException {
        final int width = picture.getWidth();
        final int height = picture.getHeight();
        final WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int at = 0; at < width * height; at++) {
            final int rgb = picture.getRGB(at % width, at / width);
            raster.setPixel(at % width, at / width, new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, 255});
        }
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        final byte[] plain = bytes.toByteArray();
        return ByteBuffer.allocate(plain.length + 16).put(plain, 0, 2).putShort((short) 0xFFEE).putShort((short) 14)
                .put("Adobe".getBytes(StandardCharsets.US_ASCII)).put(new byte[] {0, 100, 0, 0, 0, 0, 0})
                .put(plain, 2, plain.length - 2).array();
    }

    private static byte[] sixteenBits(final BufferedImage picture) throws IOException {
        final ComponentColorModel model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), false,
                false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_USHORT);
        final WritableRaster raster = model.createCompatibleWritableRaster(picture.getWidth(), picture.getHeight());
        for (int at = 0; at < picture.getWidth() * picture.getHeight(); at++) {
            final int x = at % picture.getWidth();
            final int y = at / picture.getWidth();
            final int rgb = picture.getRGB(x, y);
            raster.setPixel(x, y, new int[] {(rgb >> 16 & 255) * 257, (rgb >> 8 & 255) * 257, (rgb & 255) * 257});
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(model, raster, false, null), "png", bytes);
        assertEquals("the test's own picture has 16 bits", 16, bytes.toByteArray()[24]);
        return bytes.toByteArray();
    }
}
