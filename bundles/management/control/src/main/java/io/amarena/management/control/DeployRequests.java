/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import io.amarena.api.manage.BundleDeployer;
import io.amarena.api.manage.DeployReport;
import io.amarena.api.manage.DeployRequest;
import io.amarena.api.manage.RefusedCommandException;
import jakarta.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Requests about deploys. One begins a deploy and is answered at once with its key, others ask for its report, because
 * all requests are answered on one thread.
 */
final class DeployRequests {

    private final Supplier<Optional<BundleDeployer>> deployers;

    DeployRequests(final Supplier<Optional<BundleDeployer>> deployers) {
        this.deployers = deployers;
    }

    /** Answers {@code {"command":"deploy","file":"/absolute/path","parallel":false,"who":"ida"}}. */
    JsonObject begin(final JsonObject request) throws RefusedCommandException {
        final Path file;
        try {
            file = Path.of(request.getString("file", ""));
        } catch (final InvalidPathException e) {
            throw new RefusedCommandException("No path: " + e.getMessage());
        }
        if (!file.isAbsolute()) {
            throw new RefusedCommandException("A deploy needs \"file\", the absolute path of a jar");
        }
        final BundleDeployer deployer = deployer();
        final String key;
        try {
            key = deployer.begin(
                    new DeployRequest(file, request.getBoolean("parallel", false), request.getString("who", "")));
        } catch (final IllegalStateException e) {
            throw new RefusedCommandException(e.getMessage());
        }
        return json(key, deployer.report(key).orElseThrow());
    }

    /** Answers {@code {"command":"deploy-report","deploy":"<key>"}}. */
    JsonObject report(final JsonObject request) throws RefusedCommandException {
        final String key = request.getString("deploy", "");
        return json(key, deployer().report(key).orElseThrow(() -> new RefusedCommandException("There is no deploy "
                + key + ". If the gateway or io.amarena.deploy was restarted meanwhile, see amarena status for what is "
                + "there")));
    }

    private BundleDeployer deployer() throws RefusedCommandException {
        return deployers.get().orElseThrow(() -> new RefusedCommandException(
                "The gateway takes no bundles now: io.amarena.deploy does not run. Start it, or try again"));
    }

    private static JsonObject json(final String key, final DeployReport report) {
        return ViewJson.JSON.createObjectBuilder()
                .add("amarena", "deploy/1.0")
                .add("deploy", key)
                .add("state", report.state().name())
                .add("name", report.symbolicName())
                .add("version", report.version())
                .add("digest", report.digest())
                .add("message", report.message())
                .build();
    }
}
