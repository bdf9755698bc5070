/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.backend.Backend;
import io.amarena.api.backend.Device;
import io.amarena.api.backend.DeviceKind;
import io.amarena.api.model.Model;
import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.model.Size;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.engine.supply.Supply;
import io.amarena.engine.work.LaneKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Decides what could serve a lane, best first: the highest version of the model, on the best device. A pure function
 * over a snapshot of everything that is there.
 */
public final class DeploymentPlan {

    private DeploymentPlan() {
    }

    /** A backend with the devices that it offers at the moment. */
    public record Place(Supply<Backend> backend, List<Device> devices) {

        public Place {
            devices = List.copyOf(devices);
        }
    }

    /**
     * What is there.
     *
     * @param versions       all versions of all models
     * @param places         backends with devices
     * @param preprocessors  best factory of each name
     * @param postprocessors best factory of each name
     * @param decoders       best first
     * @param workers        threads that run batches
     */
    public record Snapshot(List<ModelVersion> versions, List<Place> places,
            Map<String, Supply<PreprocessorFactory>> preprocessors,
            Map<String, Supply<PostprocessorFactory>> postprocessors, List<Supply<ImageDecoder>> decoders,
            int workers) {
    }

    /**
     * What could be built.
     *
     * @param candidates best first
     * @param missing    why there are none, or what keeps better ones away; for the administrator
     */
    public record Answer(List<Ingredients> candidates, List<String> missing) {
    }

    /**
     * Decides.
     *
     * @param thresholds of the lane's pipelines; empty where a pipeline uses the model's own
     * @param denials    digests that may not serve, with the reason
     * @param back       models that the lane may return to although an update has taken their packs away. They count
     *                   while a pack of the same model is there, because whoever uninstalls a model wants it to end;
     *                   one above all versions that packs bring counts least, because somebody went back on purpose
     */
    public static Answer decide(final LaneKey lane, final List<OptionalDouble> thresholds, final Snapshot snapshot,
            final Map<String, String> denials, final List<Model> back) {
        final List<String> missing = new ArrayList<>();
        final List<Ingredients> candidates = new ArrayList<>();
        for (final Model model : models(lane, snapshot, denials, back, missing)) {
            final ModelDescriptor descriptor = model.descriptor();
            final Optional<Size> size = size(lane, descriptor, missing);
            final Supply<PreprocessorFactory> preprocessor = stage(descriptor.input().use(),
                    snapshot.preprocessors(), missing);
            final Supply<PostprocessorFactory> postprocessor = stage(descriptor.output().use(),
                    snapshot.postprocessors(), missing);
            if (size == null || preprocessor == null || postprocessor == null) {
                continue;
            }
            for (final Choice choice : devices(lane, snapshot, missing)) {
                candidates.add(new Ingredients(model, choice.backend, choice.device, preprocessor, postprocessor,
                        snapshot.decoders(), size, floor(thresholds, descriptor), lane.batch(), snapshot.workers(),
                        lane.budget()));
            }
        }
        return new Answer(List.copyOf(candidates), List.copyOf(missing));
    }

    /** The lowest score that any pipeline wants to see; empty where that is the model's own threshold. */
    private static OptionalDouble floor(final List<OptionalDouble> thresholds, final ModelDescriptor descriptor) {
        final Object score = descriptor.output().values().get("score");
        final double own = score instanceof Double ? (Double) score : Double.NaN;
        double lowest = thresholds.stream().anyMatch(OptionalDouble::isEmpty) && !Double.isNaN(own) ? own
                : Double.MAX_VALUE;
        for (final OptionalDouble threshold : thresholds) {
            lowest = Math.min(lowest, threshold.orElse(Double.MAX_VALUE));
        }
        return lowest == Double.MAX_VALUE || lowest == own ? OptionalDouble.empty() : OptionalDouble.of(lowest);
    }

    private static List<Model> models(final LaneKey lane, final Snapshot snapshot, final Map<String, String> denials,
            final List<Model> back, final List<String> missing) {
        final List<Model> models = new ArrayList<>();
        final List<String> others = new ArrayList<>();
        final Optional<VersionRange> range = lane.versions().isEmpty() ? Optional.empty()
                : Optional.of(new VersionRange(lane.versions()));
        Version highest = null;
        for (final ModelVersion version : snapshot.versions()) {
            if (!version.name().equals(lane.model())) {
                continue;
            }
            final Version number = Version.parseVersion(version.version());
            highest = highest == null || number.compareTo(highest) > 0 ? number : highest;
            if (version.state() == ModelVersion.State.REJECTED) {
                others.add(version.version() + " is rejected: " + version.reason());
            } else if (denials.containsKey(version.digest())) {
                others.add(version.version() + " is denied (" + denials.get(version.digest())
                        + "); amarena promote " + version.name() + " " + version.version() + " allows it");
            } else if (range.isPresent() && !range.get().includes(Version.parseVersion(version.version()))) {
                others.add(version.version() + " is outside of " + lane.versions());
            } else {
                models.add(version.model().orElseThrow());
            }
        }
        final List<Model> above = new ArrayList<>();
        for (final Model earlier : back) {
            final Version number = number(earlier);
            if (highest != null && models.stream().noneMatch(model -> model.id().equals(earlier.id()))
                    && (range.isEmpty() || range.get().includes(number))) {
                (number.compareTo(highest) > 0 ? above : models).add(earlier);
            }
        }
        models.sort(Comparator.comparing(DeploymentPlan::number).reversed());
        models.addAll(above);
        if (models.isEmpty()) {
            missing.add(others.isEmpty() ? "no model pack brings the model " + lane.model() + ": install one"
                    : "no version of the model " + lane.model() + " can serve: " + String.join("; ", others));
        }
        return models;
    }

    private static Version number(final Model model) {
        return Version.parseVersion(model.id().version());
    }

    /** Null when the size that is asked for is none of the model's. */
    private static Optional<Size> size(final LaneKey lane, final ModelDescriptor descriptor,
            final List<String> missing) {
        if (lane.size().isEmpty()) {
            return descriptor.sizes().stream().findFirst();
        }
        if (descriptor.sizes().contains(lane.size().get())) {
            return lane.size();
        }
        missing.add(descriptor.name() + " " + descriptor.version() + " has no input size " + lane.size().get()
                + ", only " + descriptor.sizes());
        return null;
    }

    private static <T> Supply<T> stage(final String name, final Map<String, Supply<T>> stages,
            final List<String> missing) {
        final Supply<T> stage = stages.get(name);
        if (stage == null) {
            missing.add("no bundle brings the stage " + name + "; there are " + stages.keySet());
        }
        return stage;
    }

    private static final class Choice {

        private final Supply<Backend> backend;
        private final Device device;

        Choice(final Supply<Backend> backend, final Device device) {
            this.backend = backend;
            this.device = device;
        }
    }

    /** Accelerators first, the CPU last; backends in their own order. */
    private static List<Choice> devices(final LaneKey lane, final Snapshot snapshot, final List<String> missing) {
        final List<Choice> choices = new ArrayList<>();
        final List<String> known = new ArrayList<>();
        for (final Place place : snapshot.places()) {
            for (final Device device : place.devices()) {
                known.add(device.id());
                if (lane.device().isEmpty() || lane.device().get().equals(device.id())) {
                    choices.add(new Choice(place.backend(), device));
                }
            }
        }
        choices.sort(Comparator.comparing((Choice choice) -> choice.device.kind() == DeviceKind.CPU)
                .thenComparing(choice -> choice.backend));
        if (choices.isEmpty()) {
            missing.add(lane.device().isEmpty() ? "no backend offers a device: install one"
                    : "there is no device " + lane.device().get() + ", only " + known);
        }
        return choices;
    }
}
