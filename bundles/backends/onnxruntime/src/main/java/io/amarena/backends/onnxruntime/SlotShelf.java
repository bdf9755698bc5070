/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.backend.BatchLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The slots of a session that nobody uses, the one used last in front, and the plans of the layouts seen lately. Not
 * thread-safe: the session guards it.
 */
final class SlotShelf {

    /** Plans are small; this bounds what layouts from outside can pile up. */
    private static final int PLANS = 64;

    private final int room;
    private final Deque<OnnxSlot> idle = new ArrayDeque<>();
    private final Map<BatchLayout, BatchPlan> plans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<BatchLayout, BatchPlan> eldest) {
            return size() > PLANS;
        }
    };

    /** A shelf for that many slots. */
    SlotShelf(final int room) {
        this.room = room;
    }

    /** Takes the slot of that layout that was used last; null when there is none. */
    OnnxSlot take(final BatchLayout layout) {
        for (final Iterator<OnnxSlot> all = idle.iterator(); all.hasNext();) {
            final OnnxSlot candidate = all.next();
            if (candidate.plan().layout().equals(layout)) {
                all.remove();
                return candidate;
            }
        }
        return null;
    }

    /** Puts a slot in front. Returns the one that has to go for it, null when there is room. */
    OnnxSlot put(final OnnxSlot slot) {
        idle.addFirst(slot);
        return idle.size() > room ? idle.removeLast() : null;
    }

    /** The plan of a layout seen lately, or null. */
    BatchPlan plan(final BatchLayout layout) {
        return plans.get(layout);
    }

    /** Keeps a plan, unless another thread was quicker; returns the one to use. */
    BatchPlan keep(final BatchPlan made) {
        final BatchPlan other = plans.putIfAbsent(made.layout(), made);
        return other != null ? other : made;
    }

    /** Takes all slots. */
    List<OnnxSlot> clear() {
        final List<OnnxSlot> all = new ArrayList<>(idle);
        idle.clear();
        return all;
    }
}
