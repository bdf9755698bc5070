/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServedVersionsTest {

    private final ServedVersions versions = new ServedVersions();

    @Test
    void a_version_that_was_installed_may_serve() {
        versions.mayServe("1.0.0");
        versions.known("1.0.0", "abc");
        versions.served("1.0.0", "abc", 1);
        versions.end();

        assertEquals(List.of(), versions.broken());
        assertEquals(1, versions.contents());
    }

    @Test
    void a_bad_version_that_serves_breaks_the_promise_once() {
        versions.mustNotServe("1.1.0");
        versions.served("1.1.0", "bad", 4);
        versions.served("1.1.0", "bad", 5);

        assertEquals(List.of(new Promise.Broken(4, "version 1.1.0 served although it must not")), versions.broken());
    }

    @Test
    void a_version_that_nobody_installed_breaks_the_promise() {
        versions.served("3.0.0", "abc", 2);

        assertEquals(List.of(new Promise.Broken(2, "version 3.0.0 served, which nobody has installed")),
                versions.broken());
    }

    @Test
    void a_content_that_was_never_listed_breaks_the_promise() {
        versions.mayServe("1.0.0");
        versions.known("1.0.0", "abc");
        versions.served("1.0.0", "other", 6);
        versions.end();

        assertEquals(List.of(new Promise.Broken(6,
                "version 1.0.0 served with the digest other, which the gateway never listed for it")),
                versions.broken());
    }
}
