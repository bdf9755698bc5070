/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {

    @ParameterizedTest(name = "{0} to {1} from {2}, {3}: {4}")
    @CsvSource(nullValues = "-", value = {
        "GET,    127.0.0.1:8080, https://evil.example,  cross-site,  true",
        "HEAD,   127.0.0.1:8080, -,                     cross-site,  true",
        "POST,   127.0.0.1:8080, http://127.0.0.1:8080, same-origin, true",
        "POST,   127.0.0.1:8080, http://127.0.0.1:8080, -,           true",
        "POST,   127.0.0.1:8080, -,                     -,           true",
        "POST,   127.0.0.1:8080, -,                     none,        true",
        "POST,   127.0.0.1:8080, https://evil.example,  cross-site,  false",
        "POST,   127.0.0.1:8080, https://evil.example,  -,           false",
        "POST,   127.0.0.1:8080, http://127.0.0.1:8081, same-site,   false",
        "POST,   127.0.0.1:8080, http://127.0.0.1:8081, -,           false",
        "POST,   127.0.0.1:8080, https://127.0.0.1:8080, -,          false",
        "POST,   127.0.0.1:8080, null,                  -,           false",
        "POST,   -,              http://127.0.0.1:8080, -,           false",
        "DELETE, 127.0.0.1:8080, https://evil.example,  -,           false",
        "PUT,    127.0.0.1:8080, -,                     cross-site,  false",
        "post,   127.0.0.1:8080, https://evil.example,  -,           false"})
    void only_the_consoles_own_pages_may_change_something(final String method, final String host,
            final String origin, final String fetchSite, final boolean allowed) {
        assertEquals(allowed, SameOrigin.allows(method, "http", host, origin, fetchSite));
    }
}
