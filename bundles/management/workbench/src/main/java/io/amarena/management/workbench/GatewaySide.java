/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.model.ModelCatalog;
import jakarta.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The command {@code bench-gateway}: the gateway's side of {@code bench --naive}, in a process of its own. One pipeline per
 * camera takes pictures from a folder as fast as it can, and publishes to a broker. Arguments: {@code pack},
 * {@code pictures} (folder), {@code broker} and {@code cameras}.
 */
@Component(service = Function.class, property = "amarena.command=bench-gateway")
public final class GatewaySide implements Function<Map<String, Object>, Integer> {

    private static final String NAME = "bench";
    /** What a pipeline of a camera has by default. */
    private static final int CAMERA_MAILBOX = 2;

    private final BundleContext context;
    private final ModelCatalog catalog;
    private final GatewayView gateway;
    private final PrintStream err = System.err;
    private volatile boolean over;

    @Activate
    public GatewaySide(final BundleContext context, @Reference final ModelCatalog catalog,
            @Reference final GatewayView gateway) {
        this.context = context;
        this.catalog = catalog;
        this.gateway = gateway;
    }

    @Override
    public Integer apply(final Map<String, Object> arguments) {
        final int cameras = ((Number) arguments.get("cameras")).intValue();
        try {
            publishTo((String) arguments.get("broker"));
            final List<Path> pictures;
            try (Stream<Path> files = Files.list(Path.of((String) arguments.get("pictures")))) {
                pictures = files.sorted().toList();
            }
            try (PackRun run = PackRun.start(NAME, context, catalog, gateway, Path.of((String) arguments.get("pack")),
                    Map.of("publishers", List.of(NAME), "batch", 1, "mailbox", CAMERA_MAILBOX), cameras)) {
                final Thread feeding = new Thread(() -> feed(new Feeder(run.sinks()), pictures), "amarena-bench-feed");
                feeding.start();
                Tally.serve(this::confirmed, cameras);
                over = true;
                feeding.join();
            }
            return 0;
        } catch (final RefusedPackException | IOException failed) {
            err.println("amarena: " + failed.getMessage());
            return 1;
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void publishTo(final String broker) throws IOException {
        final Path configs = Files.createDirectories(Path.of(context.getProperty("amarena.configs")));
        Files.writeString(configs.resolve("io.amarena.publisher.mqtt~" + NAME + ".json"),
                Json.createObjectBuilder().add("name", NAME).add("broker", broker).build().toString());
    }

    private void feed(final Feeder feeder, final List<Path> pictures) {
        try {
            while (!over) {
                feeder.offer(Files.readAllBytes(pictures.get((int) (feeder.accepted() % pictures.size()))));
            }
        } catch (final IOException failed) {
            err.println("amarena: a picture of the benchmark cannot be read: " + failed);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private long confirmed() {
        return gateway.publishers().stream().filter(view -> view.name().equals(NAME))
                .mapToLong(view -> view.account().confirmed()).sum();
    }
}
