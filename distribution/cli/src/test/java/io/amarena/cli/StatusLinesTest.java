/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusLinesTest {

    private static final String PIPELINE = """
            {"name":"line-1","source":"line-1","sourceHere":true,"model":"surface-inspection","serving":"1.0.0",
             "device":"onnxruntime/cpu","state":"SERVING","reason":"","publishers":["local"],"overload":"newest-wins",
             "account":{"offered":430,"accepted":428,"refused":2,"published":420,"filtered":1,"failed":2,"shed":3,
                        "inFlight":2,"balanced":true},
             "rate":9.96,"latencyMillis":{"p50":8.124,"p99":15.5,"max":20},
             "accuracy":{"right":987,"of":1000,"share":0.987,"seen":1200}}""";

    private static String status(final String pipelines, final String problems, final String publishers) {
        return """
                {"amarena":"status/1.0","engine":true,"gateway":"press-7","uptimeMillis":61000,
                 "sources":[{"name":"line-1","here":true,"healthy":true,"message":""}],"failedComponents":[],
                 "pipelines":[%s],"deployments":[],"backends":[],"publishers":[%s],"models":[
                 {"name":"surface-inspection","version":"1.0.0","digest":"0123456789abcdef","state":"STAGED","reason":"",
                  "bundle":40}],
                 "settings":{"inForce":[],"problems":[%s]},
                 "bundles":{"total":3,"active":3,"notActive":[]},
                 "process":{"pid":7,"uptimeMillis":62000,"rss":209715200,"peakRss":1,"heapUsed":52428800,
                 "heapMax":134217728,"threads":40,"cpuMillis":900,"java":"17.0.15"}}"""
                .formatted(pipelines, publishers, problems);
    }

    private static JsonObject json(final String text) {
        return JsonTexts.object(text);
    }

    @Test
    void the_head_tells_the_gateway_and_its_memory() {
        assertEquals("gateway press-7, up 1:01, heap 50 of 128 MB, resident 200 MB, 40 threads, Java 17.0.15",
                StatusLines.head(json(status("", "", ""))));
    }

    @Test
    void a_pipeline_is_a_row_and_its_account_another_one() {
        final List<String> lines = StatusLines.pipelines(json(status(PIPELINE, "", "")));

        assertEquals(List.of(
                "pipeline     state     frames/s  p50 ms  p99 ms  accuracy         model, device",
                "line-1       serving       10.0     8.1    15.5  98.7 % of 1000   surface-inspection 1.0.0, "
                        + "onnxruntime/cpu",
                "",
                "frames       offered accepted refused published filtered failed   shed in flight",
                "line-1           430      428       2       420        1      2      3         2"), lines);
        assertTrue(lines.get(4).length() <= 80, "an account fits a terminal of 80 columns");
    }

    @Test
    void an_account_that_does_not_balance_is_shouted() {
        final String wrong = PIPELINE.replace("\"balanced\":true", "\"balanced\":false");

        assertTrue(StatusLines.pipelines(json(status(wrong, "", ""))).get(4).endsWith("DOES NOT BALANCE"));
    }

    @Test
    void the_check_of_each_deployment_is_told_finding_by_finding() {
        final String deployments = """
                "deployments":[{"model":"plates","version":"1.0.0","device":"onnxruntime/cpu","state":"SERVING",
                 "check":[{"check":"KERNELS","verdict":"NOTED","text":"9 of 20 convolutions","figures":{}},
                 {"check":"GOLDEN","verdict":"PASSED","text":"8 golden samples reproduced","figures":{}}]},
                 {"model":"plates","version":"1.1.0","device":"onnxruntime/cpu","state":"LOADING","check":[]},
                 {"model":"plates","version":"1.0.9","device":"onnxruntime/cpu","state":"REFUSED","reason":"too slow",
                 "check":[{"check":"LATENCY","verdict":"FAILED","text":"too slow","figures":{"millis":90}}]}]""";

        final JsonObject status = json(status("", "", "").replace("\"deployments\":[]", deployments));

        assertEquals(List.of("",
                "check of plates 1.0.0 on onnxruntime/cpu: serving",
                "  kernels   noted    9 of 20 convolutions",
                "  golden    passed   8 golden samples reproduced",
                "",
                "check of plates 1.0.9 on onnxruntime/cpu: refused",
                "  latency   failed   too slow"), StatusLines.checks(status));
        assertTrue(StatusLines.all(status).contains("  latency   failed   too slow"));
    }

    @Test
    void many_pipelines_take_one_line_each() {
        final String many = String.join(",", java.util.Collections.nCopies(20, PIPELINE));

        assertEquals(21, StatusLines.pipelines(json(status(many, "", ""))).size());
    }

    @Test
    void no_pipelines_point_to_the_documentation() {
        assertEquals(List.of("no pipelines configured: see docs/settings.md"),
                StatusLines.pipelines(json(status("", "", ""))));
    }

    @Test
    void whatever_is_wrong_is_told() {
        final String blocked = PIPELINE.replace("\"reason\":\"\"", "\"reason\":\"no model of that name\"");
        final String problem = "{\"pid\":\"io.amarena.pipeline~x\",\"key\":\"mailbox\",\"message\":\"is 0\"}";
        final String publisher = "{\"name\":\"plant\",\"healthy\":false,\"message\":\"no broker\",\"account\":"
                + "{\"taken\":6,\"confirmed\":4,\"waiting\":1,\"dropped\":1,\"balanced\":true}}";

        final JsonObject status = json(status(blocked, problem, publisher)
                .replace("\"healthy\":true,\"message\":\"\"", "\"healthy\":false,\"message\":\"no folder\"")
                .replace("\"failedComponents\":[]",
                        "\"failedComponents\":[{\"name\":\"io.amarena.broker\",\"message\":\"port in use\"}]")
                .replace("\"notActive\":[]", "\"notActive\":[\"tool 1.0.0 INSTALLED\"]")
                .replace("\"reason\":\"\",\n  \"bundle\"", "\"reason\":\"no model.json\",\n  \"bundle\""));

        assertEquals(List.of("! bundle not running: tool 1.0.0 INSTALLED",
                "! io.amarena.broker: port in use",
                "! settings io.amarena.pipeline~x, mailbox: is 0",
                "! source line-1: no folder",
                "! pipeline line-1: no model of that name",
                "! model surface-inspection 1.0.0: no model.json",
                "! publisher plant: no broker"), StatusLines.troubles(status));
        assertTrue(StatusLines.all(status).contains(
                "publisher plant: no broker; taken 6 = confirmed 4 + waiting 1 + dropped 1"));
    }

    @Test
    void nothing_wrong_is_nothing_told() {
        assertEquals(List.of(), StatusLines.troubles(json(status(PIPELINE, "", ""))));
    }

    @Test
    void a_pipeline_that_is_being_prepared_is_no_trouble() {
        final String preparing = PIPELINE.replace("\"SERVING\"", "\"PREPARING\"").replace("\"serving\":\"1.0.0\"",
                "\"serving\":\"\"").replace("\"reason\":\"\"", "\"reason\":\"is being prepared\"");

        assertEquals(List.of(), StatusLines.troubles(json(status(preparing, "", ""))));
        assertTrue(StatusLines.pipelines(json(status(preparing, "", ""))).get(1).endsWith("  surface-inspection"));
    }

    @Test
    void times_are_short() {
        assertEquals("0:07", StatusLines.duration(Duration.ofSeconds(7)));
        assertEquals("59:59", StatusLines.duration(Duration.ofSeconds(3599)));
        assertEquals("5 h 2 min", StatusLines.duration(Duration.ofMinutes(302)));
        assertEquals("3 d 4 h", StatusLines.duration(Duration.ofHours(76)));
    }

    @Test
    void the_demo_says_how_to_look_at_the_rest() {
        final DemoView view = new DemoView(new ConsoleAccess("127.0.0.1", 8081, Path.of("/d")),
                Optional.of("abcd-efgh"), 1884, Optional.of(Path.of("/d/pictures")), Path.of("/d/logs/amarena.log"));

        final List<String> lines = view.lines(json(status(PIPELINE, "", "")), List.of("1", "2", "3", "note"));

        assertTrue(lines.contains("results    mosquitto_sub -h 127.0.0.1 -p 1884 -t 'amarena/#' -v"), lines.toString());
        assertTrue(lines.contains("console    http://127.0.0.1:8081/system/console  user admin, password abcd-efgh"));
        assertTrue(lines.contains("pictures   /d/pictures  (the latest, with what was found)"));
        assertTrue(lines.contains("note") && !lines.contains("1"));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 120), lines.toString());
    }
}
