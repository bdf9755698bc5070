/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.model.Size;
import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.ImageHeader;
import io.amarena.api.stage.StageException;
import io.amarena.stages.image.jpeg.DamagedJpegException;
import io.amarena.stages.image.jpeg.ReducedDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Decodes JPEG (baseline, progressive, grey, CMYK and YCCK) and PNG. A JPEG of which only a half or less is of use is
 * decoded at a part of its size by {@link ReducedDecoder}; everything else by the JDK's own readers. The header is read
 * first, so that a picture that is too large costs nothing. An orientation in the EXIF data is ignored: a camera over a
 * line does not turn.
 */
@Component
public final class JpegAndPngDecoder implements ImageDecoder {

    @Override
    public Optional<ImageHeader> probe(final EncodedImage encoded) throws StageException {
        return HeaderProbe.probe(encoded.bytes());
    }

    @Override
    public Image decode(final EncodedImage encoded, final Size least, final DecodeScratch scratch)
            throws StageException {
        final ImageHeader header = probe(encoded).orElseThrow(() ->
                new StageException("the picture (" + encoded.mediaType() + ") is neither JPEG nor PNG"));
        if (header.pixels() > scratch.maxPixels()) {
            throw new StageException("the " + header.format() + " picture of " + header.width() + "x" + header.height()
                    + " pixels is too large: at most " + scratch.maxPixels() / 1_000_000
                    + " million pixels are decoded; send it smaller or raise maxMegapixels of io.amarena.engine");
        }
        final Readers readers = readers(scratch);
        if (header.format().equals(HeaderProbe.JPEG)) {
            final Optional<Image> reduced = reduced(encoded, least, scratch, readers);
            if (reduced.isPresent()) {
                return reduced.get();
            }
        }
        return readers.whole.computeIfAbsent(header.format(), JdkReader::new).decode(encoded, header, scratch);
    }

    private static Optional<Image> reduced(final EncodedImage encoded, final Size least, final DecodeScratch scratch,
            final Readers readers) throws StageException {
        try {
            return readers.reduced.decode(encoded.bytes().slice(), least, scratch::pixels);
        } catch (final DamagedJpegException damaged) {
            throw new StageException("the JPEG picture is " + damaged.getMessage() + "; send it again");
        }
    }

    private Readers readers(final DecodeScratch scratch) {
        Readers readers = (Readers) scratch.attachment(this);
        if (readers == null) {
            readers = new Readers();
            scratch.attach(this, readers);
        }
        return readers;
    }

    /** What a decoding thread keeps for its next picture. */
    private static final class Readers {

        private final ReducedDecoder reduced = new ReducedDecoder();
        private final Map<String, JdkReader> whole = new HashMap<>();
    }
}
