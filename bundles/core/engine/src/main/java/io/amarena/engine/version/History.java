/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import io.amarena.api.model.ModelId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a journal's entries amount to. Immutable. */
public final class History {

    /** A trial that was open when the process ended that often is not begun again. */
    public static final int MOST_DEATHS = 3;

    /** What happened to a lane. */
    private static final class LaneHistory {

        /** Without repetition, the latest last. */
        private final List<JournalEntry> committed = new ArrayList<>();
        private JournalEntry trial;
    }

    /** So many versions of a lane may be returned to. */
    private static final int RETURNABLE = 3;

    private final List<JournalEntry> entries;
    private final Map<String, LaneHistory> lanes = new TreeMap<>();
    private final Map<String, JournalEntry> denied = new LinkedHashMap<>();
    private final Map<String, List<JournalEntry>> deaths = new LinkedHashMap<>();

    private History(final List<JournalEntry> entries) {
        this.entries = List.copyOf(entries);
        this.entries.forEach(this::apply);
    }

    public static History of(final List<JournalEntry> entries) {
        return new History(entries);
    }

    private void apply(final JournalEntry entry) {
        final LaneHistory lane = lanes.computeIfAbsent(entry.lane(), any -> new LaneHistory());
        final String digest = entry.model().digest();
        switch (entry.kind()) {
            case COMMITTED -> {
                lane.committed.removeIf(earlier -> earlier.model().equals(entry.model()));
                lane.committed.add(entry);
                lane.trial = null;
                deaths.remove(digest);
            }
            case TRIAL_BEGUN -> lane.trial = entry;
            case TRIAL_ENDED -> lane.trial = null;
            case TRIAL_DIED -> {
                lane.trial = null;
                deaths.computeIfAbsent(digest, any -> new ArrayList<>()).add(entry);
            }
            case ROLLED_BACK -> {
                lane.trial = null;
                denied.put(digest, entry);
            }
            case ALLOWED -> {
                denied.remove(digest);
                deaths.remove(digest);
            }
            case RETIRED -> lanes.values().forEach(any ->
                    any.committed.removeIf(earlier -> earlier.model().equals(entry.model())));
            default -> throw new IllegalArgumentException("Unknown kind " + entry.kind());
        }
    }

    /** All entries, oldest first. */
    public List<JournalEntry> entries() {
        return entries;
    }

    /**
     * The version that serves a lane for good, denied ones left out. A lane that has none takes over what was committed
     * last for the same model anywhere: it is new because its pipelines' settings changed.
     */
    public Optional<ModelId> committed(final String lane, final String model) {
        return returnable(lane, model).stream().findFirst();
    }

    /** Whether that version was the last one committed in the lane itself. */
    public boolean isCommitted(final String lane, final ModelId model) {
        final LaneHistory own = lanes.get(lane);
        return own != null && !own.committed.isEmpty()
                && own.committed.get(own.committed.size() - 1).model().equals(model);
    }

    /** Versions that a lane may return to, the latest committed first, denied ones left out. */
    public List<ModelId> returnable(final String lane, final String model) {
        final List<ModelId> own = allowed(lanes.containsKey(lane) ? lanes.get(lane).committed : List.of(), model);
        if (!own.isEmpty()) {
            return own;
        }
        final List<JournalEntry> all = new ArrayList<>();
        lanes.values().forEach(any -> all.addAll(any.committed));
        all.sort(Comparator.comparing(JournalEntry::at));
        return allowed(all, model);
    }

    private List<ModelId> allowed(final List<JournalEntry> committed, final String model) {
        final Set<ModelId> latestFirst = new LinkedHashSet<>();
        for (int i = committed.size() - 1; i >= 0; i--) {
            final ModelId id = committed.get(i).model();
            if (id.name().equals(model) && !denied.containsKey(id.digest())) {
                latestFirst.add(id);
            }
        }
        return latestFirst.stream().limit(RETURNABLE).toList();
    }

    /** Why a digest may not serve; empty when it may. */
    public Optional<String> denial(final String digest) {
        return Optional.ofNullable(denied.get(digest)).map(JournalEntry::reason);
    }

    /** Digests that may not serve, with the reason. */
    public Map<String, String> denials() {
        final Map<String, String> reasons = new LinkedHashMap<>();
        denied.forEach((digest, entry) -> reasons.put(digest, entry.reason()));
        return Map.copyOf(reasons);
    }

    /** Trials that have begun and not ended. */
    public List<JournalEntry> openTrials() {
        final List<JournalEntry> open = new ArrayList<>();
        lanes.values().forEach(lane -> {
            if (lane.trial != null) {
                open.add(lane.trial);
            }
        });
        return open;
    }

    /** All versions that serve for good somewhere, or may be returned to. */
    public Set<ModelId> allCommitted() {
        final Set<ModelId> versions = new LinkedHashSet<>();
        lanes.values().forEach(lane -> lane.committed.forEach(entry -> versions.add(entry.model())));
        return versions;
    }

    /** How often the process ended in a trial of that digest. */
    public int deaths(final String digest) {
        return deaths.getOrDefault(digest, List.of()).size();
    }

    /** Digests that are in force or may be returned to: their content is to be kept. */
    public Set<String> needed() {
        final Set<String> digests = new LinkedHashSet<>();
        lanes.values().forEach(lane -> latest(lane.committed).forEach(entry -> digests.add(entry.model().digest())));
        return digests;
    }

    /** The latest of a lane's committed versions, denied ones in between included. */
    private List<JournalEntry> latest(final List<JournalEntry> committed) {
        int first = committed.size();
        int allowed = 0;
        while (first > 0 && allowed < RETURNABLE) {
            first--;
            allowed += denied.containsKey(committed.get(first).model().digest()) ? 0 : 1;
        }
        return committed.subList(first, committed.size());
    }

    /** The latest entries, and of those before them the ones without which the history would be another one. */
    static List<JournalEntry> worthKeeping(final List<JournalEntry> all, final int latest) {
        final History history = new History(all);
        final Set<JournalEntry> needed = new LinkedHashSet<>();
        history.lanes.values().forEach(lane -> {
            needed.addAll(history.latest(lane.committed));
            if (lane.trial != null) {
                needed.add(lane.trial);
            }
        });
        needed.addAll(history.denied.values());
        history.deaths.values().forEach(needed::addAll);
        final List<JournalEntry> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i >= all.size() - latest || needed.contains(all.get(i))) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }
}
