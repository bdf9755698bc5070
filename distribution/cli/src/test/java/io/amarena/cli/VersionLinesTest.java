/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionLinesTest {

    private static String version(final String number, final String denied, final String reason, final String serving) {
        return """
                {"model":"plates","version":"%s","digest":"%s-0123456789","bundle":40,"valid":%s,"reason":"%s",
                 "denied":"%s","committed":false,"serving":[%s]}"""
                .formatted(number, number, reason.isEmpty(), reason, denied, serving);
    }

    private static String deployment(final String number, final String state, final String more) {
        return "{\"digest\":\"" + number + "-0123456789\",\"state\":\"" + state + "\",\"reason\":\"\"" + more + "}";
    }

    @Test
    void each_version_is_a_row_with_what_there_is_to_say_below() {
        assertEquals(List.of(
                "model                    version      state     bundle   digest       pipelines",
                "plates                   1.3.0        rejected  40       1.3.0-012345 -",
                "  no model.json",
                "plates                   1.2.0        denied    40       1.2.0-012345 -",
                "  9 of 40 frames failed; amarena promote plates 1.2.0 allows it",
                "plates                   1.1.0        trial     40       1.1.0-012345 line-1, line-2",
                "  on trial for 0:12 of 1:00: 340 frames, 1 failed; 1.0.0 stays warm",
                "plates                   1.0.0        ready     40       1.0.0-012345 -"),
                VersionLines.models(JsonTexts.object("{\"versions\":["
                        + version("1.3.0", "", "no model.json", "") + ","
                        + version("1.2.0", "9 of 40 frames failed", "", "") + ","
                        + version("1.1.0", "", "", "\"line-1\",\"line-2\"") + ","
                        + version("1.0.0", "", "", "") + "],\"deployments\":["
                        + deployment("1.2.0", "ROLLED_BACK", "") + ","
                        + deployment("1.1.0", "TRIAL", ",\"trial\":{\"elapsedMillis\":12345,\"lengthMillis\":60000,"
                                + "\"frames\":340,\"failed\":1,\"fallback\":\"1.0.0\"}") + "]}")));
    }

    @Test
    void a_pack_that_an_update_replaced_is_told() {
        final String replaced = version("1.0.0", "", "", "\"line-1\"").replace("\"bundle\":40", "\"bundle\":-1");
        assertEquals("plates                   1.0.0        serving   replaced 1.0.0-012345 line-1",
                VersionLines.models(JsonTexts.object("{\"versions\":[" + replaced + "],\"deployments\":["
                        + deployment("1.0.0", "SERVING", "") + "]}")).get(1));
    }

    @Test
    void the_history_is_one_line_per_event() {
        assertEquals(List.of("2026-01-02T03:04:05Z plates 1.1.0 rolled back: 9 of 40 frames failed",
                "2026-01-02T03:04:06Z plates 1.2.0 trial begun"),
                VersionLines.history(JsonTexts.object("""
                        {"events":[{"at":"2026-01-02T03:04:05.678Z","event":"ROLLED_BACK","model":"plates",
                         "version":"1.1.0","reason":"9 of 40 frames failed"},
                         {"at":"2026-01-02T03:04:06Z","event":"TRIAL_BEGUN","model":"plates","version":"1.2.0",
                         "reason":""}]}""")));
    }

    @Test
    void nothing_is_told_as_nothing() {
        assertEquals(List.of("no model packs are installed"),
                VersionLines.models(JsonTexts.object("{\"versions\":[],\"deployments\":[]}")));
        assertEquals(List.of("nothing has happened yet"), VersionLines.history(JsonTexts.object("{\"events\":[]}")));
    }
}
