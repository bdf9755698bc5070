/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.ImageHeader;
import io.amarena.api.stage.StageException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * One of the JDK's readers with everything that it needs for the next picture, kept by one decoding thread. JPEG is
 * decoded straight into the thread's memory. Not thread-safe.
 */
final class JdkReader {

    private static final int BLUE_GREEN_RED = 3;

    /** Each scan of a progressive picture costs a pass over all of it; programs write about ten. */
    private static final int MOST_SCANS = 100;

    private final String format;
    private final ImageReader reader;
    private final BufferImageInput input = new BufferImageInput();
    private String warning;

    JdkReader(final String format) {
        this.format = format;
        this.reader = ImageIO.getImageReadersByFormatName(format.toLowerCase(Locale.ROOT)).next();
        this.reader.addIIOReadWarningListener(new IIOReadWarningListener() {

            @Override
            public void warningOccurred(final ImageReader source, final String text) {
                warning = text;
            }
        });
    }

    /** Decodes a picture whose header was read. */
    Image decode(final EncodedImage encoded, final ImageHeader header, final DecodeScratch scratch)
            throws StageException {
        input.open(encoded.bytes());
        warning = null;
        try {
            reader.setInput(input, true, true);
            final Image image = format.equals(HeaderProbe.JPEG) ? jpeg(encoded, header, scratch) : any(header, scratch);
            if (warning != null) {
                throw damaged(warning, null);
            }
            return image;
        } catch (final IOException | RuntimeException broken) {
            throw damaged(broken.getMessage() == null ? broken.toString() : broken.getMessage(), broken);
        } catch (final OutOfMemoryError tooLarge) {
            throw new StageException("the picture of " + header.width() + "x" + header.height()
                    + " pixels does not fit into the memory; send smaller pictures or give the gateway more", tooLarge);
        }
    }

    private StageException damaged(final String reason, final Exception broken) {
        boolean ended = reason.contains("EOF") || reason.contains("end of") || reason.contains("Premature");
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            ended |= cause instanceof EOFException;
        }
        return new StageException("the " + format + " picture is " + (ended ? "truncated" : "damaged") + " (" + reason
                + "); send it again");
    }

    private Image jpeg(final EncodedImage encoded, final ImageHeader header, final DecodeScratch scratch)
            throws IOException, StageException {
        final int scans = HeaderProbe.scans(encoded.bytes());
        if (scans > MOST_SCANS) {
            throw new StageException("the JPEG picture of " + header.width() + "x" + header.height() + " pixels has "
                    + scans + " scans; at most " + MOST_SCANS + " are decoded: save it again");
        }
        final int components = reader.getRawImageType(0) == null ? 0
                : reader.getRawImageType(0).getNumComponents();
        if (components == 1) {
            return into(header, scratch, PixelFormat.GRAY);
        }
        if (components == BLUE_GREEN_RED) {
            return into(header, scratch, PixelFormat.BGR);
        }
        final Raster raster = reader.readRaster(0, null);
        return InkConversion.toRgb(raster, InkConversion.adobeTransform(input), scratch);
    }

    private Image into(final ImageHeader header, final DecodeScratch scratch, final PixelFormat pixels)
            throws IOException {
        final int bands = pixels.bytesPerPixel();
        final int stride = header.width() * bands;
        final ByteBuffer memory = scratch.pixels(stride * header.height());
        final int[] offsets = bands == 1 ? new int[] {0} : new int[] {2, 1, 0};
        final WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(memory.array(), stride * header.height()), header.width(), header.height(), stride,
                bands, offsets, null);
        final ColorSpace colours = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        final ColorModel model = new ComponentColorModel(colours, false, false, Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        final ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setDestination(new BufferedImage(model, raster, false, null));
        reader.read(0, parameters);
        return new Image(header.width(), header.height(), stride, pixels, memory);
    }

    /**
     * Palettes, 16 bits and transparency become 8-bit grey or RGB; what is transparent keeps its colour. Samples are taken
     * as they stand in the file: {@code BufferedImage.getRGB} holds grey for linear light and makes it brighter.
     */
    private Image any(final ImageHeader header, final DecodeScratch scratch) throws IOException {
        final BufferedImage decoded = reader.read(0);
        final Image wrapped = wrap(decoded);
        if (wrapped != null) {
            return wrapped;
        }
        if (decoded.getColorModel() instanceof IndexColorModel) {
            return lookedUp(decoded, scratch);
        }
        final int width = header.width();
        final Raster raster = decoded.getRaster();
        final int bands = raster.getNumBands();
        final int colours = bands < BLUE_GREEN_RED ? 1 : BLUE_GREEN_RED;
        final int shift = raster.getSampleModel().getSampleSize(0) - Byte.SIZE;
        final ByteBuffer memory = scratch.pixels(colours * width * header.height());
        final byte[] samples = memory.array();
        final int[] row = new int[bands * width];
        int at = 0;
        for (int y = 0; y < header.height(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < row.length; x += bands) {
                for (int colour = 0; colour < colours; colour++) {
                    samples[at++] = (byte) (row[x + colour] >> shift);
                }
            }
        }
        return new Image(width, header.height(), colours * width, colours == 1 ? PixelFormat.GRAY : PixelFormat.RGB,
                memory);
    }

    private static Image lookedUp(final BufferedImage decoded, final DecodeScratch scratch) {
        final int width = decoded.getWidth();
        final int height = decoded.getHeight();
        final ByteBuffer memory = scratch.pixels(3 * width * height);
        final byte[] samples = memory.array();
        final int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            decoded.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                samples[at++] = (byte) (row[x] >> 16);
                samples[at++] = (byte) (row[x] >> 8);
                samples[at++] = (byte) row[x];
            }
        }
        return new Image(width, height, 3 * width, PixelFormat.RGB, memory);
    }

    /** The picture as it is, when it has three bytes per pixel; otherwise null. */
    private static Image wrap(final BufferedImage decoded) {
        if (!(decoded.getRaster().getDataBuffer() instanceof DataBufferByte)
                || !(decoded.getSampleModel() instanceof PixelInterleavedSampleModel)
                || decoded.getRaster().getNumBands() != BLUE_GREEN_RED
                || !decoded.getColorModel().getColorSpace().isCS_sRGB()) {
            return null;
        }
        final PixelInterleavedSampleModel samples = (PixelInterleavedSampleModel) decoded.getSampleModel();
        final DataBufferByte data = (DataBufferByte) decoded.getRaster().getDataBuffer();
        if (samples.getPixelStride() != BLUE_GREEN_RED || data.getNumBanks() != 1 || data.getOffset() != 0) {
            return null;
        }
        final PixelFormat order = samples.getBandOffsets()[0] == 0 ? PixelFormat.RGB : PixelFormat.BGR;
        return new Image(decoded.getWidth(), decoded.getHeight(), samples.getScanlineStride(), order,
                ByteBuffer.wrap(data.getData()));
    }
}
