/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import io.amarena.api.backend.Device;
import io.amarena.api.manage.BackendView;
import io.amarena.api.manage.CheckReport;
import io.amarena.api.manage.DeploymentView;
import io.amarena.api.manage.FrameAccount;
import io.amarena.api.manage.HistoryView;
import io.amarena.api.manage.MemoryView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.manage.PublisherView;
import io.amarena.api.manage.SourceView;
import io.amarena.api.manage.VersionView;
import io.amarena.api.model.ModelVersion;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.settings.SettingsProblem;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The JSON of each view in the status. Pure functions; a missing text is an empty one. */
final class ViewJson {

    /** Makes the builders: looking up the JSON provider for each of them would cost more than all the rest. */
    static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private static final double THOUSANDTHS = 1000;

    private ViewJson() {
    }

    static JsonObjectBuilder source(final SourceView view) {
        return JSON.createObjectBuilder()
                .add("name", view.name())
                .add("here", view.here())
                .add("healthy", view.status().healthy())
                .add("message", view.status().message());
    }

    static JsonObjectBuilder pipeline(final PipelineView view, final Optional<AccuracyView> accuracy) {
        final JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("name", view.name())
                .add("source", text(view.source()))
                .add("sourceHere", view.sourceHere())
                .add("model", text(view.model()))
                .add("serving", text(view.serving()))
                .add("device", text(view.device()))
                .add("state", view.state().name())
                .add("reason", text(view.reason()))
                .add("publishers", texts(view.publishers()))
                .add("overload", text(view.overload()))
                .add("account", account(view.account()))
                .add("rate", number(view.rate()))
                .add("latencyMillis", JSON.createObjectBuilder()
                        .add("p50", number(view.latency().p50()))
                        .add("p99", number(view.latency().p99()))
                        .add("max", number(view.latency().max())));
        accuracy.ifPresent(seen -> json.add("accuracy", JSON.createObjectBuilder()
                .add("right", seen.right())
                .add("of", seen.of())
                .add("share", number(seen.share()))
                .add("seen", seen.seen())));
        return json;
    }

    private static JsonObjectBuilder account(final FrameAccount account) {
        return JSON.createObjectBuilder()
                .add("offered", account.offered())
                .add("accepted", account.accepted())
                .add("refused", account.refused())
                .add("published", account.published())
                .add("filtered", account.filtered())
                .add("failed", account.failed())
                .add("shed", account.shed())
                .add("inFlight", account.inFlight())
                .add("balanced", account.balanced());
    }

    static JsonObjectBuilder deployment(final DeploymentView view) {
        final JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("model", view.model())
                .add("version", text(view.version()))
                .add("digest", text(view.digest()))
                .add("device", text(view.device()))
                .add("size", text(view.size()))
                .add("state", view.state().name())
                .add("reason", text(view.reason()))
                .add("pipelines", texts(view.pipelines()))
                .add("batch", view.batch())
                .add("check", array(view.check().findings(), ViewJson::finding));
        view.trial().ifPresent(trial -> json.add("trial", JSON.createObjectBuilder()
                .add("elapsedMillis", trial.elapsedMillis())
                .add("lengthMillis", trial.lengthMillis())
                .add("frames", trial.frames())
                .add("failed", trial.failed())
                .add("fallback", trial.fallback())));
        return json;
    }

    private static JsonObjectBuilder finding(final CheckReport.Finding finding) {
        final JsonObjectBuilder figures = JSON.createObjectBuilder();
        new TreeMap<>(finding.figures()).forEach((name, value) -> figures.add(name, number(value)));
        return JSON.createObjectBuilder()
                .add("check", finding.check().name())
                .add("verdict", finding.verdict().name())
                .add("text", finding.text())
                .add("figures", figures);
    }

    static JsonObjectBuilder version(final VersionView view) {
        return JSON.createObjectBuilder()
                .add("model", view.model())
                .add("version", view.version())
                .add("digest", view.digest())
                .add("bundle", view.bundleId())
                .add("valid", view.valid())
                .add("reason", view.reason())
                .add("denied", view.denied())
                .add("committed", view.committed())
                .add("serving", texts(view.serving()));
    }

    static JsonObjectBuilder event(final HistoryView view) {
        return JSON.createObjectBuilder()
                .add("at", view.at().toString())
                .add("event", view.event())
                .add("model", view.model())
                .add("version", view.version())
                .add("digest", view.digest())
                .add("lane", view.lane())
                .add("reason", view.reason());
    }

    static JsonObjectBuilder model(final ModelVersion version) {
        return JSON.createObjectBuilder()
                .add("name", version.name())
                .add("version", version.version())
                .add("digest", version.digest())
                .add("state", version.state().name())
                .add("reason", version.reason())
                .add("bundle", version.bundleId());
    }

    static JsonObjectBuilder backend(final BackendView view) {
        return JSON.createObjectBuilder()
                .add("name", view.name())
                .add("devices", array(view.devices(), ViewJson::device));
    }

    private static JsonObjectBuilder device(final Device device) {
        return JSON.createObjectBuilder()
                .add("id", device.id())
                .add("kind", device.kind().name())
                .add("description", device.description())
                .add("memoryBytes", device.memoryBytes())
                .add("precisions", texts(new TreeSet<>(device.precisions())));
    }

    static JsonObjectBuilder publisher(final PublisherView view) {
        final DeliveryAccount account = view.account();
        return JSON.createObjectBuilder()
                .add("name", view.name())
                .add("healthy", view.status().healthy())
                .add("message", view.status().message())
                .add("account", JSON.createObjectBuilder()
                        .add("taken", account.taken())
                        .add("confirmed", account.confirmed())
                        .add("waiting", account.waiting())
                        .add("dropped", account.dropped())
                        .add("balanced", account.balanced()));
    }

    static JsonObjectBuilder memory(final MemoryView view) {
        return JSON.createObjectBuilder()
                .add("budget", view.budget())
                .add("used", view.used())
                .add("pooled", view.pooled());
    }

    static JsonObjectBuilder failed(final FailedComponents.Failed component) {
        return JSON.createObjectBuilder()
                .add("name", component.name())
                .add("message", component.message());
    }

    static JsonObjectBuilder problem(final SettingsProblem problem) {
        return JSON.createObjectBuilder()
                .add("pid", problem.pid())
                .add("key", problem.key())
                .add("message", problem.message());
    }

    static JsonObjectBuilder process(final ProcessView view) {
        return JSON.createObjectBuilder()
                .add("pid", view.pid())
                .add("uptimeMillis", view.uptimeMillis())
                .add("rss", view.rss())
                .add("peakRss", view.peakRss())
                .add("heapUsed", view.heapUsed())
                .add("heapMax", view.heapMax())
                .add("threads", view.threads())
                .add("cpuMillis", view.cpuMillis())
                .add("java", text(view.java()));
    }

    static JsonObjectBuilder bundles(final BundlesView view) {
        return JSON.createObjectBuilder()
                .add("total", view.total())
                .add("active", view.active())
                .add("notActive", texts(view.notActive()));
    }

    static <T> JsonArrayBuilder array(final Collection<T> items, final Function<T, JsonObjectBuilder> json) {
        final JsonArrayBuilder array = JSON.createArrayBuilder();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }

    static JsonArrayBuilder texts(final Collection<String> items) {
        final JsonArrayBuilder array = JSON.createArrayBuilder();
        items.forEach(item -> array.add(text(item)));
        return array;
    }

    private static String text(final String value) {
        return value == null ? "" : value;
    }

    /** JSON knows neither infinity nor "not a number"; three decimals are enough for people and programs. */
    private static double number(final double value) {
        return Double.isFinite(value) ? Math.rint(value * THOUSANDTHS) / THOUSANDTHS : 0;
    }
}
