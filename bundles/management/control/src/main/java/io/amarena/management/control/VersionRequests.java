/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.HistoryView;
import io.amarena.api.manage.RefusedCommandException;
import io.amarena.api.manage.VersionCommands;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What may be asked about model versions, and what an administrator may do with them. Thread-safe. */
final class VersionRequests {

    /** Version of the forms; a new minor version only adds members. */
    static final String MODELS_FORM = "models/1.0";
    static final String HISTORY_FORM = "history/1.0";

    private final Supplier<Optional<GatewayView>> engine;
    private final Supplier<Optional<VersionCommands>> commands;

    VersionRequests(final Supplier<Optional<GatewayView>> engine, final Supplier<Optional<VersionCommands>> commands) {
        this.engine = engine;
        this.commands = commands;
    }

    /** The requests by name. */
    Map<String, Requests.Command> all() {
        return Map.of(
                "models", request -> models(),
                "history", this::history,
                "promote", request -> done(commands().promote(Requests.text(request, "model"),
                        Requests.text(request, "version"))),
                "rollback", request -> done(commands().rollback(Requests.text(request, "model"))),
                "pin", request -> done(commands().pin(Requests.text(request, "pipeline"),
                        Requests.text(request, "version"))));
    }

    private JsonObject models() throws RefusedCommandException {
        final GatewayView view = engine();
        return ViewJson.JSON.createObjectBuilder().add("amarena", MODELS_FORM)
                .add("versions", ViewJson.array(view.versions(), ViewJson::version))
                .add("deployments", ViewJson.array(view.deployments(), ViewJson::deployment)).build();
    }

    /** Of one model, or of all. */
    private JsonObject history(final JsonObject request) throws RefusedCommandException {
        final String model = request.containsKey("model") ? Requests.text(request, "model") : "";
        final List<HistoryView> events = engine().history().stream()
                .filter(event -> model.isEmpty() || event.model().equals(model)).toList();
        if (!model.isEmpty() && events.isEmpty()) {
            throw new RefusedCommandException("Nothing has happened to a model " + model
                    + "; amarena models lists those that are there");
        }
        return ViewJson.JSON.createObjectBuilder().add("amarena", HISTORY_FORM)
                .add("events", ViewJson.array(events, ViewJson::event)).build();
    }

    private static JsonObject done(final String what) {
        return ViewJson.JSON.createObjectBuilder().add("done", what).build();
    }

    private GatewayView engine() throws RefusedCommandException {
        return engine.get().orElseThrow(VersionRequests::withoutEngine);
    }

    private VersionCommands commands() throws RefusedCommandException {
        return commands.get().orElseThrow(VersionRequests::withoutEngine);
    }

    private static RefusedCommandException withoutEngine() {
        return new RefusedCommandException("The engine is not there; its log says why");
    }
}
