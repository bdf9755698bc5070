/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * Renders the frames of a simulated inspection camera: a conveyor with one riveted metal plate per frame, which has
 * one defect or none. A frame depends on the settings and its sequence number alone, so any frame can be rendered
 * at any time.
 *
 * <p>Rendering allocates next to nothing; the tables of a 1280 × 720 scene take about 9 MB. Not for use by several
 * threads.
 */
public final class Scene {
    /** Of every camera: its sensor's noise. Of every seed: its finishes, its conveyor, and its plates. */
    private static final long TABLES = -1;
    private static final int NOISE_MASK = (1 << 16) - 1;
    private static final int TONES = 1024;
    private static final int TONES_PER_LEVEL = 4;
    private static final double SMALLEST_PLATE = 0.84;
    private static final double LARGEST_PLATE = 0.94;
    /** Red, green and blue of the plates' metals: steel, zinc, aluminium, bronze, and two coatings. */
    private static final double[][] METALS = {
        {0.97, 1.00, 1.05}, {0.95, 1.00, 1.03}, {1.00, 1.00, 1.00}, {1.08, 1.00, 0.87}, {0.96, 1.01, 0.98},
        {1.02, 0.99, 1.00},
    };

    private final SceneSettings settings;
    private final Conveyor conveyor;
    private final SurfacePlate plate;
    private final DefectPainter defects;
    private final GreyPlane plane;
    private final LensBlur blur;
    private final byte[] noise = new byte[NOISE_MASK + 1];
    private final int[] tones = new int[TONES];
    private final byte[] dimmed = new byte[256];

    public Scene(final SceneSettings settings) {
        this.settings = settings;
        final SceneRandom random = new SceneRandom(settings.seed(), TABLES);
        final int side = (int) (Math.min(settings.width(), settings.height()) * LARGEST_PLATE) + 1;
        plate = new SurfacePlate(side, random);
        defects = new DefectPainter(side);
        plane = new GreyPlane(side);
        conveyor = new Conveyor(settings.width(), settings.height(), random);
        blur = settings.blur() > 0 ? new LensBlur(settings.width(), settings.height(), settings.blur()) : null;
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) Math.round(Math.max(-4, Math.min(4, random.normal())) * 31);
        }
    }

    public SceneSettings settings() {
        return settings;
    }

    /**
     * Renders one frame and says what it shows.
     *
     * @param sequence the number of the frame in the series that the seed chose
     * @param rgb      receives {@link SceneSettings#frameBytes()} bytes: rows from the top, three bytes per pixel
     * @throws IllegalArgumentException if the array is too small
     */
    public GroundTruth render(final long sequence, final byte[] rgb) {
        if (rgb.length < settings.frameBytes()) {
            throw new IllegalArgumentException("A frame of " + settings.width() + " x " + settings.height()
                    + " pixels needs " + settings.frameBytes() + " bytes, but the array has " + rgb.length);
        }
        final SceneRandom random = new SceneRandom(settings.seed(), sequence);
        final DefectKind kind = random.chance(settings.defectShare())
                ? DefectKind.values()[random.below(DefectKind.values().length)] : null;
        final int shorter = Math.min(settings.width(), settings.height());
        final int side = (int) (shorter * random.between(SMALLEST_PLATE, LARGEST_PLATE));
        final int left = place(settings.width() - side, shorter, random);
        final int top = place(settings.height() - side, shorter, random);

        plane.start(side);
        final PlateBox gap = plate.draw(plane, random,
                kind == DefectKind.MISSING_RIVET ? random.below(SurfacePlate.RIVETS) : -1);
        final PlateBox box = kind == null || gap != null ? gap : defects.draw(kind, plane, random);

        final double light = settings.lightAt(sequence);
        paintConveyor(rgb, light);
        paintShadow(rgb, left, top, side);
        chooseTones(random, light);
        paintPlate(rgb, left, top, random);
        if (blur != null) {
            blur.apply(rgb);
        }
        return kind == null ? GroundTruth.NO_DEFECT : new GroundTruth(kind.label(), left + box.left(),
                top + box.top(), box.right() - box.left(), box.bottom() - box.top());
    }

    /** Where the plate starts: near the middle, and inside the frame with a little conveyor on each side. */
    private static int place(final int room, final int shorter, final SceneRandom random) {
        final double play = Math.max(0, Math.min(room / 2.0 - 0.012 * shorter, 0.11 * shorter));
        return (int) (room / 2.0 + random.between(-play, play));
    }

    private void paintConveyor(final byte[] rgb, final double light) {
        final byte[] empty = conveyor.pixels();
        if (light == 1) {
            System.arraycopy(empty, 0, rgb, 0, empty.length);
            return;
        }
        for (int i = 0; i < dimmed.length; i++) {
            dimmed[i] = (byte) Math.min(255, (int) (i * light + 0.5));
        }
        for (int i = 0; i < empty.length; i++) {
            rgb[i] = dimmed[empty[i] & 0xff];
        }
    }

    /** The plate's soft shadow, which falls to the lower right. */
    private void paintShadow(final byte[] rgb, final int left, final int top, final int side) {
        final int reach = Math.max(2, side / 16);
        final int shift = Math.max(1, side / 60);
        final int shadowLeft = left + shift;
        final int shadowTop = top + shift;
        final int firstX = Math.max(0, shadowLeft - reach);
        final int endX = Math.min(settings.width(), shadowLeft + side + reach);
        final int firstY = Math.max(0, shadowTop - reach);
        final int endY = Math.min(settings.height(), shadowTop + side + reach);
        for (int y = firstY; y < endY; y++) {
            final int dy = outside(y, shadowTop, side);
            if (y < top || y >= top + side) {
                shadeRow(rgb, y, firstX, endX, dy, shadowLeft, side, reach);
            } else {
                shadeRow(rgb, y, firstX, left + 2 * shift, dy, shadowLeft, side, reach);
                shadeRow(rgb, y, left + side - 2 * shift, endX, dy, shadowLeft, side, reach);
            }
        }
    }

    private void shadeRow(final byte[] rgb, final int y, final int firstX, final int endX, final int dy,
            final int shadowLeft, final int side, final int reach) {
        for (int x = firstX; x < endX; x++) {
            final int dx = outside(x, shadowLeft, side);
            final int distance = dx * dx + dy * dy;
            if (distance < reach * reach) {
                final int fade = 256 - 256 * distance / (reach * reach);
                final int keep = 256 - (fade * fade * 180 >> 16);
                final int at = (y * settings.width() + x) * 3;
                rgb[at] = (byte) ((rgb[at] & 0xff) * keep >> 8);
                rgb[at + 1] = (byte) ((rgb[at + 1] & 0xff) * keep >> 8);
                rgb[at + 2] = (byte) ((rgb[at + 2] & 0xff) * keep >> 8);
            }
        }
    }

    /** How far a coordinate lies outside a span that starts at {@code start}. */
    private static int outside(final int coordinate, final int start, final int length) {
        return Math.max(0, Math.max(start - coordinate, coordinate - (start + length - 1)));
    }

    /** What the camera makes of a brightness: the metal's colour, the exposure, and the lamp. */
    private void chooseTones(final SceneRandom random, final double light) {
        final double[] metal = METALS[random.below(METALS.length)];
        final double gain = random.between(0.82, 1.1) * light;
        final double offset = random.between(-12, 12) * light;
        final double red = metal[0] + random.between(-0.02, 0.02);
        final double green = metal[1] + random.between(-0.02, 0.02);
        final double blue = metal[2] + random.between(-0.02, 0.02);
        for (int i = 0; i < TONES; i++) {
            final double grey = (double) i / TONES_PER_LEVEL * gain + offset;
            tones[i] = level(grey * red) << 16 | level(grey * green) << 8 | level(grey * blue);
        }
    }

    private static int level(final double value) {
        return Math.max(0, Math.min(255, (int) (value + 0.5)));
    }

    /** The plate with rounded corners, a bevel that catches the light above and on the left, and the sensor's noise. */
    private void paintPlate(final byte[] rgb, final int left, final int top, final SceneRandom random) {
        final int side = plane.side();
        final int corner = Math.max(2, side / 45);
        final int bevel = Math.max(1, side / 200);
        final int grain = (int) (random.between(0.6, 2.2) * GreyPlane.LEVEL * 256 / 31);
        for (int y = 0; y < side; y++) {
            final int fromEnd = Math.min(y, side - 1 - y);
            final double rise = corner - fromEnd - 0.5;
            final int inset = rise > 0 ? (int) (corner - Math.sqrt(corner * corner - rise * rise) + 0.5) : 0;
            final int edge = y < bevel ? 26 : y >= side - bevel ? -40 : 0;
            bevelRow(y, inset, bevel, edge * GreyPlane.LEVEL);
            paintRow(rgb, ((top + y) * settings.width() + left) * 3, y * side, inset, side - inset,
                    random.below(NOISE_MASK), grain);
        }
    }

    private void bevelRow(final int y, final int inset, final int bevel, final int edge) {
        final short[] values = plane.values();
        final int from = y * plane.side();
        final int last = plane.side() - 1 - inset;
        for (int i = 0; i < bevel; i++) {
            values[from + inset + i] += 20 * GreyPlane.LEVEL;
            values[from + last - i] -= 34 * GreyPlane.LEVEL;
        }
        if (edge != 0) {
            for (int x = inset; x <= last; x++) {
                values[from + x] += edge;
            }
        }
    }

    private void paintRow(final byte[] rgb, final int to, final int from, final int first, final int end,
            final int noiseAt, final int grain) {
        final short[] values = plane.values();
        for (int x = first; x < end; x++) {
            final int value = values[from + x] + (noise[noiseAt + x & NOISE_MASK] * grain >> 8);
            final int tone = tones[Math.max(0, Math.min(TONES - 1, value * TONES_PER_LEVEL / GreyPlane.LEVEL))];
            final int at = to + x * 3;
            rgb[at] = (byte) (tone >> 16);
            rgb[at + 1] = (byte) (tone >> 8);
            rgb[at + 2] = (byte) tone;
        }
    }
}
