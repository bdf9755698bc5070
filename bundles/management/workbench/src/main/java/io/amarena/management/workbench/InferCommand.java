/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.result.Result;
import io.amarena.lib.draw.AnnotatedPicture;
import io.amarena.lib.draw.FramePicture;
import io.amarena.lib.draw.PictureFile;
import io.amarena.lib.results.ResultJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The command {@code infer}: runs pictures through a pack and tells, writes and draws what it found. Arguments:
 * {@code pack} (text), {@code images} (list of texts), and optionally {@code json} (file), {@code draw} (folder),
 * {@code size} and {@code threshold}.
 */
@Component(service = Function.class, property = "amarena.command=infer")
public final class InferCommand implements Function<Map<String, Object>, Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final double NANOS_PER_MILLI = 1e6;

    private final BundleContext context;
    private final ModelCatalog catalog;
    private final GatewayView gateway;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Activate
    public InferCommand(final BundleContext context, @Reference final ModelCatalog catalog,
            @Reference final GatewayView gateway) {
        this.context = context;
        this.catalog = catalog;
        this.gateway = gateway;
    }

    @Override
    public Integer apply(final Map<String, Object> arguments) {
        final Map<String, Object> options = new LinkedHashMap<>(arguments);
        options.keySet().retainAll(List.of("size", "threshold"));
        try (PackRun run = PackRun.start("infer", context, catalog, gateway,
                Path.of((String) arguments.get("pack")), options, 1)) {
            err.println("amarena: " + run.check());
            return pictures(run, arguments);
        } catch (final RefusedPackException refused) {
            err.println("amarena: " + refused.getMessage());
            return FAILED;
        } catch (final IOException failed) {
            err.println("amarena: " + failed.getMessage());
            return FAILED;
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int pictures(final PackRun run, final Map<String, Object> arguments)
            throws IOException, InterruptedException {
        final Optional<Path> draw = Optional.ofNullable((String) arguments.get("draw")).map(Path::of);
        if (draw.isPresent()) {
            Files.createDirectories(draw.get());
        }
        final List<byte[]> messages = new ArrayList<>();
        final ResultJson json = new ResultJson();
        int failures = 0;
        for (final Path picture : expand((List<?>) arguments.get("images"))) {
            try {
                final Result result = run.run(picture);
                failures += result.failure().isPresent() ? 1 : 0;
                tell(picture, result);
                messages.add(json.toBytes(result));
                if (draw.isPresent()) {
                    draw(picture, result, draw.get());
                }
            } catch (final IOException failed) {
                failures++;
                out.println(picture + ": " + failed.getMessage());
            }
        }
        final String file = (String) arguments.get("json");
        if (file != null) {
            write(Path.of(file), messages);
        }
        return failures == 0 ? OK : FAILED;
    }

    /** Folders stand for the pictures in them. */
    private static List<Path> expand(final List<?> images) throws IOException {
        final List<Path> pictures = new ArrayList<>();
        for (final Object image : images) {
            final Path path = Path.of((String) image);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)")).sorted()
                            .forEach(pictures::add);
                }
            } else if (Files.isRegularFile(path)) {
                pictures.add(path);
            } else {
                throw new IOException("There is no picture or folder " + path);
            }
        }
        if (pictures.isEmpty()) {
            throw new IOException("There are no pictures (.jpg, .jpeg, .png) in " + images);
        }
        return pictures;
    }

    private void tell(final Path picture, final Result result) {
        final StringBuilder text = new StringBuilder();
        text.append(picture.getFileName()).append("  ").append(result.frameWidth()).append('x')
                .append(result.frameHeight());
        if (result.failure().isPresent()) {
            text.append("  failed: ").append(result.failure().get().message());
        } else {
            text.append(String.format(Locale.ROOT, "  %.1f ms (decode %.1f, preprocess %.1f, inference %.1f)",
                    result.timings().total() / NANOS_PER_MILLI, result.timings().decoding() / NANOS_PER_MILLI,
                    result.timings().preprocessing() / NANOS_PER_MILLI, result.timings().inference() / NANOS_PER_MILLI));
            text.append(OutcomeText.of(result.outcome().orElseThrow()));
        }
        out.println(text);
    }

    private static void draw(final Path picture, final Result result, final Path folder) throws IOException {
        final String name = picture.getFileName().toString().replaceAll("\\.[^.]*$", "") + ".png";
        final AnnotatedPicture drawing = AnnotatedPicture.standard();
        if (result.frameWidth() == 0) {
            PictureFile.write(drawing.drawWithoutPicture(result), folder.resolve(name));
        } else {
            PictureFile.write(drawing.draw(FramePicture.read(Files.readAllBytes(picture), AnnotatedPicture.STANDARD_SIDE),
                    result, Truths.of(result)), folder.resolve(name));
        }
    }

    private static void write(final Path file, final List<byte[]> messages) throws IOException {
        try (OutputStream output = Files.newOutputStream(file)) {
            output.write('[');
            for (int i = 0; i < messages.size(); i++) {
                output.write((i == 0 ? "\n" : ",\n").getBytes());
                output.write(messages.get(i));
            }
            output.write("\n]\n".getBytes());
        }
    }
}
