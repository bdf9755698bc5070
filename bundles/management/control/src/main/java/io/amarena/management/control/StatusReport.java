/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.SettingsView;
import io.amarena.api.model.ModelCatalog;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts the status of the gateway together from whatever is there at the moment. Parts that are missing, such as the
 * engine while its bundle is updated, leave empty lists, and {@code engine} says {@code false}. Thread-safe.
 */
final class StatusReport {

    /** Version of the form; a new minor version only adds members. */
    static final String FORM = "status/1.0";

    private final String gateway;
    private final Supplier<Optional<GatewayView>> engine;
    private final Supplier<Optional<ModelCatalog>> models;
    private final Supplier<Optional<SettingsView>> settings;
    private final Supplier<BundlesView> bundles;
    private final Supplier<List<FailedComponents.Failed>> failedComponents;
    private final Accuracy accuracy;

    StatusReport(final String gateway, final Supplier<Optional<GatewayView>> engine,
            final Supplier<Optional<ModelCatalog>> models, final Supplier<Optional<SettingsView>> settings,
            final Supplier<BundlesView> bundles, final Supplier<List<FailedComponents.Failed>> failedComponents,
            final Accuracy accuracy) {
        this.gateway = gateway;
        this.engine = engine;
        this.models = models;
        this.settings = settings;
        this.bundles = bundles;
        this.failedComponents = failedComponents;
        this.accuracy = accuracy;
    }

    JsonObject now() {
        final ProcessView process = ProcessView.now();
        final JsonObjectBuilder json = ViewJson.JSON.createObjectBuilder().add("amarena", FORM);
        engine.get().ifPresentOrElse(view -> engine(json, view), () -> json
                .add("engine", false)
                .add("gateway", gateway)
                .add("uptimeMillis", process.uptimeMillis())
                .add("sources", ViewJson.JSON.createArrayBuilder())
                .add("pipelines", ViewJson.JSON.createArrayBuilder())
                .add("deployments", ViewJson.JSON.createArrayBuilder())
                .add("versions", ViewJson.JSON.createArrayBuilder())
                .add("backends", ViewJson.JSON.createArrayBuilder())
                .add("publishers", ViewJson.JSON.createArrayBuilder()));
        final Optional<SettingsView> files = settings.get();
        return json
                .add("models", ViewJson.array(models.get().map(ModelCatalog::versions).orElse(List.of()),
                        ViewJson::model))
                .add("settings", ViewJson.JSON.createObjectBuilder()
                        .add("inForce", ViewJson.texts(files.map(SettingsView::inForce).orElse(List.of())))
                        .add("problems", ViewJson.array(files.map(SettingsView::problems).orElse(List.of()),
                                ViewJson::problem)))
                .add("bundles", ViewJson.bundles(bundles.get()))
                .add("failedComponents", ViewJson.array(failedComponents.get(), ViewJson::failed))
                .add("process", ViewJson.process(process))
                .build();
    }

    private void engine(final JsonObjectBuilder json, final GatewayView view) {
        json.add("engine", true)
                .add("gateway", view.gateway())
                .add("uptimeMillis", view.uptimeMillis())
                .add("sources", ViewJson.array(view.sources(), ViewJson::source))
                .add("pipelines", ViewJson.array(view.pipelines(),
                        pipeline -> ViewJson.pipeline(pipeline, accuracy.of(pipeline.name()))))
                .add("deployments", ViewJson.array(view.deployments(), ViewJson::deployment))
                .add("versions", ViewJson.array(view.versions(), ViewJson::version))
                .add("backends", ViewJson.array(view.backends(), ViewJson::backend))
                .add("publishers", ViewJson.array(view.publishers(), ViewJson::publisher))
                .add("memory", ViewJson.memory(view.memory()));
    }
}
