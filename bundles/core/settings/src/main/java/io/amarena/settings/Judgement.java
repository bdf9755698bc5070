/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import io.amarena.api.settings.SettingsProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides which changes of settings may take effect. A pure function of what is in force, the changes and the checks.
 *
 * <p>Each change is checked alone, then all settings together by the validators. When a validator finds a problem, the
 * changes that it names are refused; if it names only settings that did not change, all changes of its PIDs are, since
 * one of them must be the cause; if there is none, settings that were never validated before are. Then the validator
 * is asked again. Settings that had passed the same kind of check before stay in force in any case: a check that
 * became stricter does not stop a running line, but is reported.
 */
final class Judgement {

    /**
     * The decision.
     *
     * @param inForce  what is in force from now on
     * @param refused  changes that do not take effect, and settings that lose their force, with the reasons
     * @param standing what is wrong with settings that stay in force all the same
     */
    record Verdict(SortedMap<Pid, InForce> inForce, SortedMap<Pid, List<Finding>> refused,
            SortedMap<Pid, List<Finding>> standing) {
    }

    private final Map<Pid, InForce> before;
    private final Map<Pid, Optional<SettingValues>> open;
    private final Checks checks;
    private final SortedMap<Pid, InForce> now = new TreeMap<>();
    private final SortedMap<Pid, List<Finding>> refused = new TreeMap<>();
    private final SortedMap<Pid, List<Finding>> standing = new TreeMap<>();

    private Judgement(final Map<Pid, InForce> before, final Map<Pid, Optional<SettingValues>> changes,
            final Checks checks) {
        this.before = before;
        this.open = new TreeMap<>(changes);
        this.checks = checks;
    }

    /**
     * Judges.
     *
     * @param inForce what is in force
     * @param changes what shall take effect; empty where a configuration shall go
     * @param checks  what everything is checked against
     */
    static Verdict judge(final Map<Pid, InForce> inForce, final Map<Pid, Optional<SettingValues>> changes,
            final Checks checks) {
        final Judgement judgement = new Judgement(inForce, changes, checks);
        judgement.checkAlone();
        judgement.checkTogether();
        return new Verdict(judgement.now, judgement.refused, judgement.standing);
    }

    private void checkAlone() {
        before.forEach((pid, old) -> {
            if (!open.containsKey(pid)) {
                keep(pid, old);
            }
        });
        for (final Map.Entry<Pid, Optional<SettingValues>> change : Map.copyOf(open).entrySet()) {
            final Pid pid = change.getKey();
            final List<Finding> findings =
                    change.getValue().map(values -> checks.alone(pid, values)).orElse(List.of());
            if (findings.isEmpty()) {
                change.getValue().ifPresent(values -> now.put(pid, new InForce(values, checks.describes(pid), false)));
            } else {
                refuse(pid, findings);
            }
        }
    }

    private void keep(final Pid pid, final InForce old) {
        final List<Finding> findings = checks.alone(pid, old.values());
        if (!old.described() && !checks.byDescription(pid, old.values()).isEmpty()) {
            refused.computeIfAbsent(pid, any -> new ArrayList<>()).addAll(findings);
            return;
        }
        if (!findings.isEmpty()) {
            standing.put(pid, new ArrayList<>(findings));
        }
        now.put(pid, new InForce(old.values(), old.described() || checks.describes(pid), old.validated()));
    }

    private void refuse(final Pid pid, final List<Finding> findings) {
        refused.computeIfAbsent(pid, any -> new ArrayList<>()).addAll(findings);
        now.remove(pid);
        if (open.remove(pid) != null && before.containsKey(pid)) {
            keep(pid, before.get(pid));
        }
    }

    private void checkTogether() {
        boolean settled;
        do {
            settled = true;
            for (final Checks.Validation validation : checks.validations()) {
                final List<SettingsProblem> problems = ask(validation);
                if (!problems.isEmpty() && refuseCauses(validation, problems)) {
                    settled = false;
                }
            }
        } while (!settled);
        for (final Checks.Validation validation : checks.validations()) {
            conclude(validation, ask(validation));
        }
    }

    private List<SettingsProblem> ask(final Checks.Validation validation) {
        final Map<String, Map<String, Object>> world = new LinkedHashMap<>();
        now.forEach((pid, settings) -> {
            if (validation.covers(pid)) {
                world.put(pid.toString(), settings.values().asMap());
            }
        });
        return validation.run(world);
    }

    /** Refuses what caused the problems; answers whether anything was refused. */
    private boolean refuseCauses(final Checks.Validation validation, final List<SettingsProblem> problems) {
        final Set<Pid> named = named(problems);
        final Set<Pid> changed = pick(open.keySet(), validation::covers);
        Set<Pid> causes = pick(changed, named::contains);
        if (causes.isEmpty()) {
            causes = changed;
        }
        if (causes.isEmpty()) {
            causes = pick(named, pid -> validation.covers(pid) && now.containsKey(pid) && !now.get(pid).validated());
        }
        for (final Pid cause : causes) {
            refuse(cause, findings(problems, cause, true));
        }
        return !causes.isEmpty();
    }

    private void conclude(final Checks.Validation validation, final List<SettingsProblem> problems) {
        final Set<Pid> named = named(problems);
        for (final Pid pid : pick(now.keySet(), validation::covers)) {
            if (named.contains(pid)) {
                standing.computeIfAbsent(pid, any -> new ArrayList<>()).addAll(findings(problems, pid, false));
            } else if (problems.isEmpty()) {
                final InForce settings = now.get(pid);
                now.put(pid, new InForce(settings.values(), settings.described(), true));
            }
        }
    }

    private static Set<Pid> named(final List<SettingsProblem> problems) {
        final Set<Pid> named = new TreeSet<>();
        problems.forEach(problem -> Pid.of(problem.pid()).ifPresent(named::add));
        return named;
    }

    private static Set<Pid> pick(final Collection<Pid> pids, final Predicate<Pid> wanted) {
        final Set<Pid> picked = new TreeSet<>(pids);
        picked.removeIf(wanted.negate());
        return picked;
    }

    /** The problems of one PID; those of the others, with their names, when it has none itself and is to blame. */
    private static List<Finding> findings(final List<SettingsProblem> problems, final Pid pid, final boolean blamed) {
        final List<Finding> own = new ArrayList<>();
        final List<Finding> foreign = new ArrayList<>();
        for (final SettingsProblem problem : problems) {
            if (problem.pid().equals(pid.toString())) {
                own.add(new Finding(problem.key(), problem.message()));
            } else {
                foreign.add(Finding.whole(problem.pid().isEmpty() ? problem.message()
                        : "with this change, " + problem.pid() + " is wrong: " + problem.message()));
            }
        }
        return own.isEmpty() && blamed ? foreign : own;
    }
}
