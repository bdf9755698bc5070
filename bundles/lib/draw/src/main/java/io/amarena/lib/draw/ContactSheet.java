/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Several pictures side by side, each with a caption below it. Immutable; {@link #with} returns a longer one. */
public final class ContactSheet {

    private static final Color BACKGROUND = new Color(0x16, 0x19, 0x1E);
    private static final int MOST_PIXELS_A_SIDE = 8192;

    private final int columns;
    private final int cellWidth;
    private final int cellHeight;
    private final List<Entry> entries;

    private ContactSheet(final int columns, final int cellWidth, final int cellHeight, final List<Entry> entries) {
        this.columns = columns;
        this.cellWidth = cellWidth;
        this.cellHeight = cellHeight;
        this.entries = entries;
    }

    /**
     * An empty sheet.
     *
     * @param columns    pictures in a row
     * @param cellWidth  room for each picture in pixels
     * @param cellHeight room for each picture in pixels, without its caption
     */
    public static ContactSheet of(final int columns, final int cellWidth, final int cellHeight) {
        if (columns < 1 || cellWidth < 32 || cellHeight < 32) {
            throw new IllegalArgumentException("A sheet of " + columns + " columns of " + cellWidth + "x"
                    + cellHeight + " pixels is too small; use 1 or more columns of at least 32x32");
        }
        return new ContactSheet(columns, cellWidth, cellHeight, List.of());
    }

    /** The sheet with one more picture; the caption may be empty. */
    public ContactSheet with(final BufferedImage picture, final String caption) {
        final List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(picture, caption));
        return new ContactSheet(columns, cellWidth, cellHeight, List.copyOf(more));
    }

    /**
     * Draws the sheet.
     *
     * @throws IllegalStateException when there is no picture, or the sheet would be larger than 8192 pixels a side
     */
    public BufferedImage draw() {
        if (entries.isEmpty()) {
            throw new IllegalStateException("A contact sheet needs at least one picture");
        }
        final Proportions text = Proportions.of(cellWidth, cellHeight);
        final int gap = Math.max(4, Math.min(cellWidth, cellHeight) / 24);
        final boolean captions = entries.stream().anyMatch(entry -> !entry.caption.isEmpty());
        final int captionHeight = captions ? (int) text.tagHeight() : 0;
        final int used = Math.min(columns, entries.size());
        final int rows = (entries.size() + columns - 1) / columns;
        final int width = gap + used * (cellWidth + gap);
        final int height = gap + rows * (cellHeight + captionHeight + gap);
        if (width > MOST_PIXELS_A_SIDE || height > MOST_PIXELS_A_SIDE) {
            throw new IllegalStateException("A contact sheet of " + width + "x" + height
                    + " pixels is too large; use fewer or smaller pictures");
        }
        final BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fill(sheet);
        for (int i = 0; i < entries.size(); i++) {
            place(sheet, entries.get(i), gap + i % columns * (cellWidth + gap),
                    gap + i / columns * (cellHeight + captionHeight + gap), captionHeight);
        }
        return sheet;
    }

    private void place(final BufferedImage sheet, final Entry entry, final int x, final int y,
            final int captionHeight) {
        final BufferedImage picture = entry.picture;
        final double scale = Math.min(cellWidth / (double) picture.getWidth(),
                cellHeight / (double) picture.getHeight());
        final int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        final int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        final BufferedImage fitted = scale < 1
                ? PictureSize.between(1, Math.max(width, height)).copy(picture) : picture;
        final Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.drawImage(fitted, x + (cellWidth - width) / 2, y + (cellHeight - height) / 2, width, height,
                    null);
        } finally {
            graphics.dispose();
        }
        if (!entry.caption.isEmpty()) {
            final BufferedImage strip = sheet.getSubimage(x, y + cellHeight, cellWidth, captionHeight);
            try (Canvas canvas = new Canvas(strip, Proportions.of(cellWidth, cellHeight))) {
                canvas.caption(entry.caption);
            }
        }
    }

    private static void fill(final BufferedImage sheet) {
        final Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setColor(BACKGROUND);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        } finally {
            graphics.dispose();
        }
    }

    private record Entry(BufferedImage picture, String caption) {

        private Entry {
            Objects.requireNonNull(picture, "picture");
            Objects.requireNonNull(caption, "caption");
        }
    }
}
