/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import io.amarena.api.settings.SettingsProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the folder, what is in force and Config Admin together. The folder decides; what is changed in Config Admin by
 * others is judged like a file and then written to one. {@link #look} is called by one thread at a time; the signals and
 * the views by any.
 */
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    /** PIDs of the gateway's own bundles begin so. */
    static final String OURS = "io.amarena.";

    private static final String STAYS = "what was in force before stays";

    private final SettingsFolder folder;
    private final AdminSettings admin;
    private final CheckSource source;
    private final AtomicBoolean checksChanged = new AtomicBoolean(true);
    private final AtomicBoolean adminChanged = new AtomicBoolean(true);
    private final Map<Pid, SettingsFile> files = new TreeMap<>();
    private final Set<String> reported = new HashSet<>();
    private Map<Pid, String> texts;
    private Map<Pid, InForce> inForce = new TreeMap<>();
    private Checks checks;
    private volatile List<String> inForceView = List.of();
    private volatile List<SettingsProblem> problemView = List.of();

    Reconciler(final SettingsFolder folder, final AdminSettings admin, final CheckSource source) {
        this.folder = folder;
        this.admin = admin;
        this.source = source;
    }

    /** Bundles or validators came or went. */
    void checksChanged() {
        checksChanged.set(true);
    }

    /** Somebody changed Config Admin, possibly this class. */
    void adminChanged() {
        adminChanged.set(true);
    }

    List<String> inForce() {
        return inForceView;
    }

    List<SettingsProblem> problems() {
        return problemView;
    }

    /** Applies what changed since the last look. */
    void look() {
        final SettingsFolder.Content content = folder.read();
        final boolean first = texts == null;
        final boolean otherChecks = checksChanged.getAndSet(false);
        final boolean otherAdmin = adminChanged.getAndSet(false);
        final boolean sameFiles = !first && content.texts().equals(texts) && content.problems().isEmpty();
        if (sameFiles && !otherChecks && !otherAdmin) {
            return;
        }
        if (!content.missing().isEmpty()) {
            report(List.of(new SettingsProblem("", "", content.missing() + "; " + STAYS)));
            texts = texts == null ? Map.of() : texts;
            return;
        }
        if (otherChecks || checks == null) {
            checks = source.checks();
        }
        final List<SettingsProblem> problems = new ArrayList<>();
        content.problems().forEach((name, message) -> problems.add(new SettingsProblem("", "", name + " " + message + "; "
                + STAYS)));
        if (first) {
            restoreLastGood(content);
        }
        final Map<Pid, Optional<SettingValues>> changes = fileChanges(content, problems);
        final Map<Pid, SettingValues> held = held(problems);
        final Map<Pid, Optional<SettingValues>> foreign = first ? Map.of() : foreignChanges(held, changes);
        changes.putAll(foreign);
        texts = new TreeMap<>(content.texts());
        final Judgement.Verdict verdict = Judgement.judge(inForce, changes, checks);
        describe(verdict.refused(), STAYS, problems);
        describe(verdict.standing(), "it stays in force all the same", problems);
        inForce = new TreeMap<>(verdict.inForce());
        apply(held, problems);
        writeBack(foreign, problems);
        keepLastGood(changes, problems);
        report(problems);
        inForceView = inForce.keySet().stream().map(Pid::toString).toList();
    }

    /** At the start, a file that is broken meanwhile must not take its pipeline away. */
    private void restoreLastGood(final SettingsFolder.Content present) {
        folder.lastGood().forEach((pid, text) -> {
            if (present.has(pid)) {
                try {
                    inForce.put(pid, new InForce(SettingsFile.parse(pid, text).values(), false, false));
                } catch (final InvalidSettingsException damaged) {
                    LOG.debug("The last good copy of {} is damaged", pid, damaged);
                }
            }
        });
    }

    /** What the files ask for that is not in force. */
    private Map<Pid, Optional<SettingValues>> fileChanges(final SettingsFolder.Content present,
            final List<SettingsProblem> problems) {
        final Map<Pid, Optional<SettingValues>> changes = new TreeMap<>();
        present.texts().forEach((pid, text) -> {
            try {
                final SettingsFile known = files.get(pid);
                final SettingsFile file = known != null && texts != null && text.equals(texts.get(pid)) ? known
                        : SettingsFile.parse(pid, text);
                files.put(pid, file);
                if (!inForce.containsKey(pid) || !inForce.get(pid).values().equals(file.values())) {
                    changes.put(pid, Optional.of(file.values()));
                }
            } catch (final InvalidSettingsException invalid) {
                files.remove(pid);
                invalid.findings().forEach(finding -> problems.add(
                        finding.at(pid, folder.path(pid).toString(), STAYS)));
            }
        });
        for (final Pid pid : inForce.keySet()) {
            if (!present.has(pid)) {
                changes.put(pid, Optional.empty());
                files.remove(pid);
            }
        }
        return changes;
    }

    private Map<Pid, SettingValues> held(final List<SettingsProblem> problems) {
        try {
            return admin.read();
        } catch (final IOException failed) {
            problems.add(new SettingsProblem("", "", "Config Admin cannot be read: " + failed.getMessage()));
            return Map.of();
        }
    }

    /** What others changed in Config Admin since the last look; a file that changed meanwhile wins. */
    private Map<Pid, Optional<SettingValues>> foreignChanges(final Map<Pid, SettingValues> held,
            final Map<Pid, Optional<SettingValues>> fileChanges) {
        final Map<Pid, Optional<SettingValues>> changes = new TreeMap<>();
        held.forEach((pid, values) -> {
            final boolean mine = inForce.containsKey(pid) || pid.service().startsWith(OURS);
            final boolean same = inForce.containsKey(pid) && inForce.get(pid).values().equals(values);
            if (mine && !same && !fileChanges.containsKey(pid)) {
                changes.put(pid, Optional.of(values));
            }
        });
        for (final Pid pid : inForce.keySet()) {
            if (!held.containsKey(pid) && !fileChanges.containsKey(pid)) {
                changes.put(pid, Optional.empty());
            }
        }
        return changes;
    }

    /** Makes Config Admin hold exactly what is in force. */
    private void apply(final Map<Pid, SettingValues> held, final List<SettingsProblem> problems) {
        inForce.forEach((pid, settings) -> {
            if (!settings.values().equals(held.get(pid))) {
                attempt(pid, problems, "cannot be handed to Config Admin", () -> admin.put(pid, settings.values()));
            }
        });
        for (final Pid pid : held.keySet()) {
            if (!inForce.containsKey(pid) && pid.service().startsWith(OURS)) {
                attempt(pid, problems, "cannot be taken from Config Admin", () -> admin.delete(pid));
            }
        }
    }

    /** What others changed and was accepted goes into its file. */
    private void writeBack(final Map<Pid, Optional<SettingValues>> foreign, final List<SettingsProblem> problems) {
        foreign.forEach((pid, values) -> {
            final InForce now = inForce.get(pid);
            if (values.isPresent() && now != null && now.values().equals(values.get())) {
                final SettingsFile before = files.getOrDefault(pid, SettingsFile.none(pid));
                attempt(pid, problems, "took effect, but cannot be written to " + folder.path(pid)
                        + ": check its permissions, it is lost at the next start", () -> {
                        final String text = before.textWith(now.values());
                        folder.write(pid, text);
                        texts.put(pid, text);
                        files.put(pid, SettingsFile.parse(pid, text));
                    });
            } else if (values.isEmpty() && now == null) {
                attempt(pid, problems, "was deleted, but its file cannot be: check its permissions", () -> {
                    folder.delete(pid);
                    texts.remove(pid);
                    files.remove(pid);
                });
            }
        });
    }

    private void keepLastGood(final Map<Pid, Optional<SettingValues>> changes, final List<SettingsProblem> problems) {
        for (final Pid pid : changes.keySet()) {
            final InForce now = inForce.get(pid);
            final SettingsFile file = files.get(pid);
            if (now == null) {
                attempt(pid, problems, "has a last good copy that cannot be deleted", () -> folder.forgetLastGood(pid));
            } else if (file != null && file.values().equals(now.values())) {
                attempt(pid, problems, "has no last good copy: check the permissions of the data folder",
                        () -> folder.keepLastGood(pid, texts.get(pid)));
            }
        }
    }

    /** Something that may fail without harming the rest. */
    @FunctionalInterface
    private interface Step {

        void run() throws IOException, InvalidSettingsException;
    }

    private static void attempt(final Pid pid, final List<SettingsProblem> problems, final String otherwise,
            final Step step) {
        try {
            step.run();
        } catch (final IOException | InvalidSettingsException | IllegalArgumentException
                | IllegalStateException failed) {
            problems.add(new SettingsProblem(pid.toString(), "", otherwise + " (" + failed.getMessage() + ")"));
        }
    }

    private void describe(final SortedMap<Pid, List<Finding>> findings, final String consequence,
            final List<SettingsProblem> problems) {
        findings.forEach((pid, list) -> list.forEach(finding ->
                problems.add(finding.at(pid, place(pid, finding.key()), consequence))));
    }

    private String place(final Pid pid, final String key) {
        final SettingsFile file = files.get(pid);
        final long line = file == null ? 0 : file.line(key);
        return folder.path(pid) + (line > 0 ? ", line " + line : "");
    }

    /** Shows all problems, and logs each when it appears. */
    private void report(final List<SettingsProblem> problems) {
        final Map<String, SettingsProblem> unique = new HashMap<>();
        problems.forEach(problem -> unique.put(problem.toString(), problem));
        for (final SettingsProblem problem : problems) {
            if (reported.add(problem.toString())) {
                LOG.error("{}{}", problem.pid().isEmpty() ? "" : problem.pid() + ": ", problem.message());
            }
        }
        reported.retainAll(unique.keySet());
        problemView = List.copyOf(problems);
    }
}
