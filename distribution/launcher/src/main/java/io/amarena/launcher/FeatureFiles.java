/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.GatewayException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/**
 * Reads features: JSON files of the OSGi Feature Service, one per capability; what a file lists is what it adds.
 *
 * <p>Beside its {@code id}, a bundle may carry {@code "start-order"} (start level, 1 to 99, default 10) and
 * {@code "core": true} (without it the gateway has failed to start). Configurations in features are refused: settings
 * have a folder of their own.
 */
final class FeatureFiles {

    static final String START_ORDER = "start-order";
    static final String CORE = "core";
    static final int DEFAULT_START_ORDER = 10;
    static final int LAST_START_ORDER = 99;

    private static final String SUFFIX = ".json";

    private final FeatureService service = new FeatureServiceImpl();
    private final Path folder;

    FeatureFiles(final Path folder) {
        this.folder = folder;
    }

    /**
     * The bundles of the selected features, each once, in the order of the files' names.
     *
     * @param selection names relative to the folder without {@code .json}, such as {@code core} or
     *                  {@code demo/broker}; {@code *} and {@code demo/*} stand for all files of a folder
     */
    List<WantedBundle> read(final List<String> selection) throws GatewayException {
        final Map<String, WantedBundle> wanted = new LinkedHashMap<>();
        for (final Path file : files(selection)) {
            for (final WantedBundle bundle : bundles(file)) {
                final WantedBundle known = wanted.get(bundle.id().location());
                if (known != null && !known.id().equals(bundle.id())) {
                    throw new GatewayException(Reason.DISTRIBUTION, "The features " + known.feature() + " and "
                            + bundle.feature() + " want different versions of " + bundle.id().artifact() + ": "
                            + known.id().version() + " and " + bundle.id().version() + ". Let both name the same");
                }
                wanted.put(bundle.id().location(), known == null ? bundle : merged(known, bundle));
            }
        }
        return List.copyOf(wanted.values());
    }

    private static WantedBundle merged(final WantedBundle one, final WantedBundle other) {
        return new WantedBundle(one.id(), Math.min(one.startLevel(), other.startLevel()), one.core() || other.core(),
                one.feature());
    }

    private List<Path> files(final List<String> selection) throws GatewayException {
        final List<Path> files = new ArrayList<>();
        for (final String name : selection) {
            if (name.equals("*") || name.endsWith("/*")) {
                files.addAll(list(folder.resolve(name.substring(0, name.length() - 1))));
            } else {
                files.add(folder.resolve(name + SUFFIX));
            }
        }
        return files.stream().distinct().toList();
    }

    private static List<Path> list(final Path folder) throws GatewayException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
        } catch (final IOException e) {
            throw new GatewayException(Reason.DISTRIBUTION, "The folder of features " + folder
                    + " cannot be read: " + e + ". Unpack the distribution again", e);
        }
    }

    private List<WantedBundle> bundles(final Path file) throws GatewayException {
        final String name = folder.relativize(file).toString();
        final Feature feature;
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            feature = service.readFeature(reader);
        } catch (final IOException | RuntimeException e) {
            throw new GatewayException(Reason.DISTRIBUTION, "The feature " + file + " cannot be read: "
                    + e + ". Correct it or take it from the distribution again", e);
        }
        if (!feature.getConfigurations().isEmpty()) {
            throw new GatewayException(Reason.DISTRIBUTION, "The feature " + file + " carries configurations ("
                    + String.join(", ", feature.getConfigurations().keySet())
                    + "). Put settings into the folder of settings, one file per PID");
        }
        final List<WantedBundle> bundles = new ArrayList<>();
        for (final FeatureBundle bundle : feature.getBundles()) {
            final ID id = bundle.getID();
            bundles.add(new WantedBundle(new Coordinates(id.getGroupId(), id.getArtifactId(), id.getVersion()),
                    startOrder(file, bundle), Boolean.parseBoolean(text(bundle, CORE, "false")), name));
        }
        return bundles;
    }

    private static int startOrder(final Path file, final FeatureBundle bundle) throws GatewayException {
        final String text = text(bundle, START_ORDER, String.valueOf(DEFAULT_START_ORDER));
        try {
            final int order = Integer.parseInt(text);
            if (order >= 1 && order <= LAST_START_ORDER) {
                return order;
            }
        } catch (final NumberFormatException e) {
            // Told below like a number out of range.
        }
        throw new GatewayException(Reason.DISTRIBUTION, "The feature " + file + " gives " + bundle.getID()
                + " the start-order " + text + ". It is a whole number from 1 to " + LAST_START_ORDER);
    }

    private static String text(final FeatureBundle bundle, final String key, final String otherwise) {
        final Object value = bundle.getMetadata().get(key);
        return value == null ? otherwise : value.toString();
    }
}
