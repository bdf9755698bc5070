/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.manage.RefusedCommandException;
import io.amarena.api.manage.VersionCommands;
import io.amarena.api.model.ModelId;
import io.amarena.api.model.ModelVersion;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.version.History;
import io.amarena.engine.version.JournalEntry.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** What administrators ask of versions, done on the engine's own thread between two looks. */
final class AdministratorCommands implements VersionCommands {

    private final Engine engine;
    private final Pins pins;

    /** Where the version of a pipeline is set. */
    @FunctionalInterface
    interface Pins {

        /** Sets the version range of a pipeline; empty for all versions. */
        void set(String pipeline, String versions) throws IOException;
    }

    AdministratorCommands(final Engine engine, final Pins pins) {
        this.engine = engine;
        this.pins = pins;
    }

    @Override
    public String promote(final String model, final String version) throws RefusedCommandException {
        return done(() -> promoted(find(model, version)));
    }

    @Override
    public String rollback(final String model) throws RefusedCommandException {
        return done(() -> rolledBack(model));
    }

    @Override
    public String pin(final String pipeline, final String version) throws RefusedCommandException {
        return done(() -> pinned(pipeline, version));
    }

    private String promoted(final ModelVersion version) throws RefusedCommandException, IOException {
        final ModelId id = version.model().orElseThrow().id();
        final boolean denied = engine.versions().history().denial(id.digest()).isPresent();
        if (denied) {
            engine.versions().record(Kind.ALLOWED, "", id, "an administrator promoted it");
        }
        boolean serves = false;
        boolean tried = denied;
        for (final LaneControl control : engine.lanes().values()) {
            final Leased<Deployment> current = control.lane().current();
            if (current != null && current.value().ingredients().digest().equals(id.digest())) {
                serves = true;
                if (control.onTrial() && !control.commit("was promoted by an administrator")) {
                    throw new RefusedCommandException("The journal cannot be written; the log says why. "
                            + name(version) + " stays on trial");
                }
            } else if (control.lane().key().model().equals(id.name())) {
                tried |= control.retry(id.digest());
            }
        }
        engine.signal();
        if (serves) {
            return name(version) + " serves for good";
        }
        if (!tried) {
            throw new RefusedCommandException(name(version) + " is neither on trial nor denied. The highest good"
                    + " version serves: roll that one back (amarena rollback " + id.name() + "), or pin a pipeline"
                    + " (amarena pin PIPELINE " + id.version() + ")");
        }
        return name(version) + (denied ? " is no longer denied: it" : "") + " is checked and put on trial again";
    }

    private String rolledBack(final String model) throws RefusedCommandException, IOException {
        final List<LaneControl> serving = engine.lanes().values().stream()
                .filter(control -> control.lane().key().model().equals(model) && control.lane().current() != null)
                .collect(Collectors.toList());
        if (serving.isEmpty()) {
            throw new RefusedCommandException("No pipeline is served by a model " + model + "; models that serve are "
                    + engine.lanes().keySet().stream().filter(lane -> lane.current() != null)
                            .map(lane -> lane.key().model()).collect(Collectors.toCollection(TreeSet::new)));
        }
        for (final LaneControl control : serving) {
            if (!control.onTrial() && before(control).isEmpty()) {
                throw new RefusedCommandException("There is nothing to roll " + model + " "
                        + version(control) + " back to" + (control.lane().key().versions().isEmpty() ? ""
                                : " within " + control.lane().key().versions() + ", to which a pipeline is pinned")
                        + ": no version before it has served for good, or its content is gone. amarena history "
                        + model + " tells what has served; deploy another version");
            }
        }
        final List<String> told = new ArrayList<>();
        for (final LaneControl control : serving) {
            final String left = version(control);
            if (control.onTrial()) {
                control.rollBack("an administrator rolled it back");
                told.add(version(control) + " serves again");
            } else {
                final String next = before(control).get(0).version();
                control.deny("an administrator rolled it back");
                told.add(next + " is prepared and takes over");
            }
            told.set(told.size() - 1, model + " " + left + " is denied: " + told.get(told.size() - 1));
        }
        engine.signal();
        return told.stream().distinct().collect(Collectors.joining("; "));
    }

    private static String version(final LaneControl control) {
        return control.lane().current().value().ingredients().model().id().version();
    }

    /** Versions that a lane may return to and that are there. */
    private List<ModelId> before(final LaneControl control) {
        final History history = engine.versions().history();
        final String digest = control.lane().current().value().ingredients().digest();
        final String range = control.lane().key().versions();
        return history.returnable(control.name(), control.lane().key().model()).stream()
                .filter(id -> !id.digest().equals(digest))
                .filter(id -> range.isEmpty() || new VersionRange(range).includes(Version.parseVersion(id.version())))
                .filter(id -> engine.inventory().stored(id.digest()).isPresent()).collect(Collectors.toList());
    }

    private String pinned(final String pipeline, final String version) throws RefusedCommandException, IOException {
        if (!engine.pipelines().containsKey(pipeline)) {
            throw new RefusedCommandException("There is no pipeline " + pipeline + "; there are "
                    + engine.pipelines().keySet());
        }
        if (version.isEmpty()) {
            pins.set(pipeline, "");
            return "Pipeline " + pipeline + " follows the latest good version";
        }
        final ModelVersion found = find(engine.pipelines().get(pipeline).settings().model(), version);
        final String denial = engine.versions().history().denial(found.digest()).orElse("");
        if (!denial.isEmpty()) {
            throw new RefusedCommandException(name(found) + " is denied: " + denial + ". Allow it first: amarena"
                    + " promote " + name(found));
        }
        pins.set(pipeline, "[" + found.version() + "," + found.version() + "]");
        return "Pipeline " + pipeline + " is pinned to " + name(found);
    }

    /** The version that may be deployed. */
    private ModelVersion find(final String model, final String version) throws RefusedCommandException {
        final List<ModelVersion> all = engine.inventory().versions();
        final List<ModelVersion> ofModel = all.stream().filter(known -> known.name().equals(model)).toList();
        if (ofModel.isEmpty()) {
            throw new RefusedCommandException("There is no model " + model + "; there are " + all.stream()
                    .map(ModelVersion::name).collect(Collectors.toCollection(TreeSet::new)));
        }
        final List<ModelVersion> found = ofModel.stream().filter(known -> known.version().equals(version)).toList();
        if (found.isEmpty()) {
            throw new RefusedCommandException("No installed pack brings " + model + " " + version + "; there are "
                    + ofModel.stream().map(ModelVersion::version).toList());
        }
        return found.stream().filter(known -> known.state() == ModelVersion.State.STAGED).findFirst()
                .orElseThrow(() -> new RefusedCommandException(name(found.get(0)) + " is rejected: "
                        + found.get(0).reason()));
    }

    private static String name(final ModelVersion version) {
        return version.name() + " " + version.version();
    }

    private String done(final Callable<String> command) throws RefusedCommandException {
        try {
            return engine.onOwnThread(command);
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof RefusedCommandException refused) {
                throw refused;
            }
            throw new RefusedCommandException("The command failed: " + failed.getCause().getMessage(),
                    failed.getCause());
        } catch (final TimeoutException busy) {
            throw new RefusedCommandException("The engine is busy; try again", busy);
        } catch (final RejectedExecutionException stopped) {
            throw new RefusedCommandException("The engine has stopped", stopped);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedCommandException("The command was interrupted", interrupted);
        }
    }
}
