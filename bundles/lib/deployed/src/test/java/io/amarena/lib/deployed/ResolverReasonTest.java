/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResolverReasonTest {

    private static final String PACKAGE = "missing requirement [%1$s [5](R 5.0)] osgi.wiring.package; "
            + "(&(osgi.wiring.package=org.osgi.service.log)(version>=1.3.0)(!(version>=2.0.0)))";

    @Test
    void a_missing_package_is_named_with_its_versions() {
        assertEquals("a.b needs the package org.osgi.service.log, version 1.3.0 or later but below 2.0.0, and no bundle "
                + "provides it. Install one that does, or another version of a.b",
                ResolverReason.of("Unable to resolve a.b [5](R 5.0): " + PACKAGE.formatted("a.b")
                        + " Unresolved requirements: [[a.b [5](R 5.0)] osgi.wiring.package; (x=y)]"));
    }

    @Test
    void the_last_link_of_a_chain_is_the_cause() {
        assertEquals("c.d needs the capability osgi.extender osgi.component, version 1.5.0 or later, and "
                + "no bundle provides it. Install one that does, or another version of c.d",
                ResolverReason.of("Unable to resolve a.b [5](R 5.0): " + PACKAGE.formatted("a.b")
                        + " [caused by: Unable to resolve c.d [6](R 6.0): missing requirement [c.d [6](R 6.0)] "
                        + "osgi.extender; (&(osgi.extender=osgi.component)(version>=1.5.0))]"));
    }

    @Test
    void another_message_is_told_as_it_is() {
        assertEquals("The bundle is gone", ResolverReason.of("The bundle\nis gone"));
        assertEquals("it cannot be resolved", ResolverReason.of(null));
    }
}
