/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.ImageHeader;
import io.amarena.api.stage.StageException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Decodes JPEG (baseline, progressive, grey, CMYK and YCCK) and PNG with the JDK's own readers. The header is read first,
 * so that a picture that is too large costs nothing. An orientation in the EXIF data is ignored: a camera over a line does
 * not turn.
 */
@Component
public final class JdkImageDecoder implements ImageDecoder {

    @Override
    public Optional<ImageHeader> probe(final EncodedImage encoded) throws StageException {
        return HeaderProbe.probe(encoded.bytes());
    }

    @Override
    public Image decode(final EncodedImage encoded, final DecodeScratch scratch) throws StageException {
        final ImageHeader header = probe(encoded).orElseThrow(() ->
                new StageException("the picture (" + encoded.mediaType() + ") is neither JPEG nor PNG"));
        if (header.pixels() > scratch.maxPixels()) {
            throw new StageException("the " + header.format() + " picture of " + header.width() + "x" + header.height()
                    + " pixels is too large: at most " + scratch.maxPixels() / 1_000_000
                    + " million pixels are decoded; send it smaller or raise maxMegapixels of io.amarena.engine");
        }
        return readers(scratch).computeIfAbsent(header.format(), JdkReader::new).decode(encoded, header, scratch);
    }

    @SuppressWarnings("unchecked")
    private Map<String, JdkReader> readers(final DecodeScratch scratch) {
        Map<String, JdkReader> readers = (Map<String, JdkReader>) scratch.attachment(this);
        if (readers == null) {
            readers = new HashMap<>();
            scratch.attach(this, readers);
        }
        return readers;
    }
}
