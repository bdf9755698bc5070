/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import io.amarena.api.model.ModelId;
import io.amarena.engine.version.JournalEntry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about versions over restarts: the journal and what it amounts to. Changed by the engine's own thread;
 * the history may be read anywhere.
 */
public final class Versions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Versions.class);

    private final Journal journal;
    private final Clock clock;
    private final List<JournalEntry> unwritten = new ArrayList<>();
    private volatile History history;

    private Versions(final Journal journal, final Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.history = History.of(journal.entries());
    }

    /**
     * Opens the journal of a folder. A trial that is still open there was ended by the death of the process; a version
     * that had {@value History#MOST_DEATHS} of these is denied.
     *
     * @throws IOException when the journal can neither be read nor written
     */
    public static Versions open(final Path folder, final Clock clock) throws IOException {
        final Versions versions = new Versions(Journal.open(folder), clock);
        versions.countDeaths();
        return versions;
    }

    private void countDeaths() throws IOException {
        final Set<String> counted = new HashSet<>();
        for (final JournalEntry trial : history.openTrials()) {
            final ModelId model = trial.model();
            if (!counted.add(model.digest())) {
                record(Kind.TRIAL_ENDED, trial.lane(), model, "the gateway ended");
                continue;
            }
            record(Kind.TRIAL_DIED, trial.lane(), model, "the gateway ended during the trial");
            final int deaths = history.deaths(model.digest());
            if (deaths >= History.MOST_DEATHS) {
                record(Kind.ROLLED_BACK, trial.lane(), model,
                        "the gateway ended during its trial " + deaths + " times");
                LOG.error("{} is denied: the gateway ended during its trial {} times", model, deaths);
            } else {
                LOG.warn("The gateway ended during the trial of {}, for the {}. time of {}", model, deaths,
                        History.MOST_DEATHS);
            }
        }
    }

    public History history() {
        return history;
    }

    /**
     * Makes something known; it is on the disk when this returns.
     *
     * @throws IOException when it is not; nothing has changed then
     */
    public void record(final Kind kind, final String lane, final ModelId model, final String reason)
            throws IOException {
        while (!unwritten.isEmpty()) {
            journal.append(unwritten.get(0));
            unwritten.remove(0);
        }
        journal.append(new JournalEntry(clock.instant(), kind, lane, model, reason));
        history = History.of(journal.entries());
    }

    /**
     * Forgets versions as ones to return to whose packs were uninstalled, and all versions of a model that no pack
     * brings any more.
     *
     * @param uninstalled digests
     * @param brought     names of the models that packs bring
     */
    public void retire(final Set<String> uninstalled, final Set<String> brought) {
        final Set<ModelId> committed = history.allCommitted();
        final Set<String> gone = committed.stream().filter(id -> uninstalled.contains(id.digest()))
                .map(ModelId::name).filter(name -> !brought.contains(name)).collect(Collectors.toSet());
        for (final ModelId id : committed) {
            if (uninstalled.contains(id.digest()) || gone.contains(id.name())) {
                recordAnyway(Kind.RETIRED, "", id, "its pack was uninstalled");
            }
        }
    }

    /** Makes something known that happens in any case; when the disk refuses it, it is written with the next one. */
    public void recordAnyway(final Kind kind, final String lane, final ModelId model, final String reason) {
        try {
            record(kind, lane, model, reason);
        } catch (final IOException failed) {
            unwritten.add(new JournalEntry(clock.instant(), kind, lane, model, reason));
            final List<JournalEntry> entries = new ArrayList<>(journal.entries());
            entries.addAll(unwritten);
            history = History.of(entries);
            LOG.error("{} of {} holds, but is forgotten if the gateway ends before the journal can be written: {}",
                    kind, model, failed.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (final IOException failed) {
            LOG.warn("The journal did not close: {}", failed.toString());
        }
    }
}
