/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.model.Model;
import io.amarena.api.model.ModelCatalog;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.model.Size;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.stage.PreprocessorFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The command {@code bench}: what the gateway costs beside bare ONNX Runtime, in one run. Arguments: {@code pack} (text, or
 * missing for the shipped one), {@code seconds} (per measurement), {@code rounds}, {@code size},
 * {@code cameras}, {@code naive} (whether to compare with {@link NaiveLoop}), {@code heap} (of both sides of the comparison,
 * in MiB), {@code json} (file).
 */
@Component(service = Function.class, property = "amarena.command=bench")
public final class BenchCommand implements Function<Map<String, Object>, Integer> {

    private static final String SHIPPED =
            "repository/io/amarena/packs/surface-inspection/1.0.0/surface-inspection-1.0.0.jar";

    private static final double NAIVE_TIME = 3;
    private static final int NAIVE_ROUNDS = 3;

    private final BundleContext context;
    private final ModelCatalog catalog;
    private final GatewayView gateway;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Activate
    public BenchCommand(final BundleContext context, @Reference final ModelCatalog catalog,
            @Reference final GatewayView gateway) {
        this.context = context;
        this.catalog = catalog;
        this.gateway = gateway;
    }

    @Override
    public Integer apply(final Map<String, Object> arguments) {
        final Counter counter = new Counter();
        final ServiceRegistration<?> publisher = context.registerService(PublisherFactory.class, counter,
                property(PublisherFactory.NAME, "bench"));
        final ServiceRegistration<?> stage = context.registerService(PreprocessorFactory.class, new TensorStage(),
                property(PreprocessorFactory.STAGE, TensorStage.NAME));
        try {
            final Path pack = arguments.containsKey("pack") ? Path.of((String) arguments.get("pack"))
                    : Path.of(context.getProperty("amarena.home")).resolve(SHIPPED);
            final Map<String, Object> options = new LinkedHashMap<>();
            options.put("publishers", List.of("bench"));
            options.put("batch", 1);
            return bench(pack, options, counter, arguments);
        } catch (final RefusedPackException refused) {
            err.println("amarena: " + refused.getMessage());
            return 1;
        } catch (final Exception failed) {
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            err.println("amarena: the benchmark failed: " + failed);
            return 1;
        } finally {
            publisher.unregister();
            stage.unregister();
        }
    }

    private int bench(final Path pack, final Map<String, Object> options, final Counter counter,
            final Map<String, Object> arguments) throws Exception {
        final Path data = Path.of(context.getProperty("amarena.data"));
        final Path pictures = data.resolve("bench-pictures.jar");
        final Path derived = data.resolve("bench-tensors.jar");
        final int cameras = ((Number) arguments.getOrDefault("cameras", 1)).intValue();
        final double seconds = ((Number) arguments.getOrDefault("seconds", 3.0)).doubleValue();
        final int rounds = ((Number) arguments.getOrDefault("rounds", 5)).intValue();
        final int heap = ((Number) arguments.getOrDefault("heap", 512)).intValue();
        final Model model;
        final Figures figures;
        try (PackRun original = PackRun.start("bench", context, catalog, gateway, pack, options, 1)) {
            model = model(original);
        }
        final Size size = arguments.containsKey("size") ? Size.parse((String) arguments.get("size"))
                : model.descriptor().sizes().stream().findFirst().orElseThrow(() ->
                        new RefusedPackException(pack + " names no input size; give one with --size"));
        DerivedPack.derive(pack, pictures, "bench-pictures", size, false);
        DerivedPack.derive(pack, derived, "bench-tensors", size, true);
        try (PackRun whole = PackRun.start("bench-pictures", context, catalog, gateway, pictures, options,
                cameras)) {
            try (PackRun tensors = PackRun.start("bench-tensors", context, catalog, gateway, derived, options, 1)) {
                figures = new Bench(model, whole, tensors, counter, seconds, rounds, err).run(size);
            }
        }
        if (Boolean.TRUE.equals(arguments.get("naive"))) {
            new Comparison(context, cameras, heap, NAIVE_TIME * seconds, Math.min(rounds, NAIVE_ROUNDS), err)
                    .run(model, size, pictures, figures);
        }
        out.print(figures.table());
        final String json = (String) arguments.get("json");
        if (json != null) {
            Files.writeString(Path.of(json), figures.json() + "\n");
        }
        return counter.failed() == 0 ? 0 : 1;
    }

    private Model model(final PackRun run) throws IOException {
        final String digest = run.deployment().orElseThrow(() -> new IOException("nothing serves")).digest();
        return catalog.versions().stream().filter(version -> version.digest().equals(digest)).map(ModelVersion::model)
                .findFirst().orElseThrow().orElseThrow();
    }

    private static Dictionary<String, Object> property(final String key, final Object value) {
        final Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(key, value);
        return properties;
    }
}
