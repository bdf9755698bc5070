/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Deals changes in a random order, in which every change that there is comes once before any comes again. */
final class Deck {

    private final Random random;
    private final List<Supplier<Change>> cards = new ArrayList<>();
    private final ArrayDeque<Supplier<Change>> left = new ArrayDeque<>();

    Deck(final Random random, final PackChanges packs, final BundleChanges bundles, final SettingsChanges settings) {
        this.random = random;
        cards.add(packs::newer);
        cards.add(packs::older);
        cards.add(packs::rebuilt);
        cards.add(packs::parallel);
        cards.add(packs::uninstall);
        cards.add(packs::stopAndStart);
        cards.add(packs::badInPlace);
        cards.add(packs::badInParallel);
        cards.add(() -> bundles.update(ShippedBundles.BACKEND));
        ShippedBundles.STAGES.forEach(stage -> cards.add(() -> bundles.update(stage)));
        cards.add(() -> bundles.update(ShippedBundles.PUBLISHER));
        cards.add(() -> bundles.update(ShippedBundles.TRANSPORT));
        cards.add(() -> bundles.update(ShippedBundles.SOURCE));
        cards.add(bundles::parallel);
        cards.add(bundles::stopAndStart);
        cards.add(bundles::reinstall);
        cards.add(bundles::outage);
        cards.add(bundles::disconnect);
        cards.add(settings::version);
        cards.add(settings::threshold);
        cards.add(settings::overload);
        cards.add(settings::batch);
        cards.add(settings::publishers);
        cards.add(settings::publisher);
    }

    /** The next change, as the world is now. */
    Change deal() {
        if (left.isEmpty()) {
            final List<Supplier<Change>> shuffled = new ArrayList<>(cards);
            Collections.shuffle(shuffled, random);
            left.addAll(shuffled);
        }
        return left.poll().get();
    }
}
