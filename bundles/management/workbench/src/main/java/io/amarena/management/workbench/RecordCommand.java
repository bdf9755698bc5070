/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.manage.GatewayView;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.Size;
import io.amarena.api.result.Result;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.ImageHeader;
import io.amarena.api.stage.StageException;
import io.amarena.lib.results.OutcomeJson;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The first half of the command {@code pack}: makes golden pictures PNG files, and runs them through the model to
 * record its answers. Arguments: {@code pack} (text; one without golden samples), {@code pictures} (list of maps with
 * {@code picture}, and optionally {@code png}, where to write it as PNG, and {@code answer}, where to write what the
 * model says).
 */
@Component(service = Function.class, property = "amarena.command=record")
public final class RecordCommand implements Function<Map<String, Object>, Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;

    /** The engine's default for {@code maxMegapixels}: a gateway checks golden frames under it. */
    private static final long MAX_PIXELS = 16_000_000;

    private final BundleContext context;
    private final ModelCatalog catalog;
    private final GatewayView gateway;
    private final List<ImageDecoder> decoders;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Activate
    public RecordCommand(final BundleContext context, @Reference final ModelCatalog catalog,
            @Reference final GatewayView gateway, @Reference final List<ImageDecoder> decoders) {
        this.context = context;
        this.catalog = catalog;
        this.gateway = gateway;
        this.decoders = List.copyOf(decoders);
    }

    @Override
    public Integer apply(final Map<String, Object> arguments) {
        try (PackRun run = PackRun.start("record", context, catalog, gateway, Path.of((String) arguments.get("pack")),
                Map.of(), 1)) {
            int failures = 0;
            for (final Object picture : (List<?>) arguments.get("pictures")) {
                failures += record(run, (Map<?, ?>) picture) ? 0 : 1;
            }
            return failures == 0 ? OK : FAILED;
        } catch (final RefusedPackException refused) {
            err.println("amarena: a gateway would refuse this pack: " + refused.getMessage());
            return FAILED;
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private boolean record(final PackRun run, final Map<?, ?> picture) throws InterruptedException {
        final Path source = Path.of((String) picture.get("picture"));
        try {
            Path frame = source;
            if (picture.get("png") != null) {
                frame = Path.of((String) picture.get("png"));
                convert(source, frame);
            }
            if (picture.get("answer") != null) {
                answer(run.run(frame), source, Path.of((String) picture.get("answer")));
            }
            return true;
        } catch (final StageException | IOException failed) {
            err.println("amarena: golden picture " + source + ": " + failed.getMessage());
            return false;
        }
    }

    /** Decoded by the gateway's own decoder, all of it: the picture is kept for other input sizes too. */
    private void convert(final Path picture, final Path png) throws StageException, IOException {
        final EncodedImage encoded = new EncodedImage("image/*", ByteBuffer.wrap(Files.readAllBytes(picture)));
        for (final ImageDecoder decoder : decoders) {
            final Optional<ImageHeader> header = decoder.probe(encoded);
            if (header.isPresent()) {
                final Size all = new Size(header.get().width(), header.get().height());
                PixelPng.write(decoder.decode(encoded, all, new OnePicture(MAX_PIXELS)), png);
                return;
            }
        }
        throw new StageException("no decoder knows its format; save it as PNG");
    }

    private void answer(final Result result, final Path picture, final Path file) throws IOException {
        if (result.failure().isPresent()) {
            throw new IOException(result.failure().get().message());
        }
        try (OutputStream output = Files.newOutputStream(file); JsonGenerator json = Json.createGenerator(output)) {
            OutcomeJson.write(json, result.outcome().orElseThrow());
        }
        out.println("recorded " + picture + OutcomeText.of(result.outcome().orElseThrow()));
    }
}
