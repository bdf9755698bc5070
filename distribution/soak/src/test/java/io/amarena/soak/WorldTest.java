/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.soak.ConsoleDoor.Listed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorldTest {

    private final Line line = Line.named("line-1");
    private final World world = new World(List.of(line));

    @Test
    void the_highest_good_version_must_serve() {
        packs("1.9.0", "1.10.0", "1.11.0");
        world.isBad("1.11.0");

        assertEquals(Optional.of("1.10.0"), world.expected(line));
    }

    @Test
    void a_pinned_line_is_served_by_its_version_alone() {
        packs("1.9.0", "1.10.0");

        assertEquals(Optional.of("1.9.0"), world.expected(line.pinnedTo("1.9.0")));
        assertEquals(Optional.empty(), world.expected(line.pinnedTo("1.1.0")));
        assertEquals("[1.9.0,1.9.0]", line.pinnedTo("1.9.0").settings().get("version"));
    }

    private void packs(final String... versions) {
        world.see(java.util.stream.IntStream.range(0, versions.length)
                .mapToObj(i -> new Listed(i, PackWorks.BUNDLE, versions[i], "Active")).toList());
    }
}
