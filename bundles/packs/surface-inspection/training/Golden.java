/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

import io.amarena.sources.simulator.GroundTruth;
import io.amarena.sources.simulator.Scene;
import io.amarena.sources.simulator.SceneSettings;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Draws the golden frames of the pack: two plates of every kind from a seed that is used for nothing else.
 *
 * <pre>java -cp SIMULATOR_CLASSES Golden.java DIRECTORY</pre>
 */
public final class Golden {

    private static final long SEED = 50_001;
    private static final int PER_KIND = 2;

    private Golden() {
    }

    public static void main(final String[] arguments) throws Exception {
        final Path directory = Files.createDirectories(Path.of(arguments[0]));
        final SceneSettings settings = SceneSettings.standard(SEED).withSize(640, 360).withDefectShare(0.8);
        final Scene scene = new Scene(settings);
        final byte[] pixels = new byte[settings.frameBytes()];
        final Map<String, Integer> drawn = new HashMap<>();
        for (long sequence = 0; drawn.values().stream().mapToInt(Integer::intValue).sum() < 6 * PER_KIND; sequence++) {
            final GroundTruth truth = scene.render(sequence, pixels);
            if (drawn.merge(truth.label(), 1, Integer::sum) > PER_KIND) {
                drawn.put(truth.label(), PER_KIND);
                continue;
            }
            final BufferedImage picture = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
            for (int i = 0; i < 640 * 360; i++) {
                picture.setRGB(i % 640, i / 640, (pixels[3 * i] & 255) << 16 | (pixels[3 * i + 1] & 255) << 8
                        | pixels[3 * i + 2] & 255);
            }
            ImageIO.write(picture, "png", directory.resolve(truth.label() + "-" + drawn.get(truth.label()) + ".png")
                    .toFile());
        }
    }
}
