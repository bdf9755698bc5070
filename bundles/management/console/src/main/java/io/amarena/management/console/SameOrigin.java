/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import java.util.Set;

/**
 * Refuses requests that another web site makes a browser send (cross-site request forgery). Browsers mark them:
 * {@code Sec-Fetch-Site} says where a request comes from, and every request that changes something carries
 * {@code Origin}. Programs that are no browsers send neither and carry no credentials that are not their own.
 */
final class SameOrigin {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private SameOrigin() {
    }

    /**
     * Whether a request may go on.
     *
     * @param method    of the request
     * @param scheme    under which the server was asked, such as {@code http}
     * @param host      header, with the port if there is one; null where there is none
     * @param origin    header, or null
     * @param fetchSite header {@code Sec-Fetch-Site}, or null
     */
    static boolean allows(final String method, final String scheme, final String host, final String origin,
            final String fetchSite) {
        if (SAFE_METHODS.contains(method)) {
            return true;
        }
        if (fetchSite != null && !OWN_SITES.contains(fetchSite)) {
            return false;
        }
        return origin == null || host != null && origin.equalsIgnoreCase(scheme + "://" + host);
    }
}
