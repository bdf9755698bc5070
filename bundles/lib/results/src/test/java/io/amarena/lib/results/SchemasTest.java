/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {

    private final StrictSchemas schemas = new StrictSchemas();

    @ParameterizedTest
    @ValueSource(strings = {
        "{'contract':'detection/1'}",
        "{'contract':'detection/1','detections':[{'label':'a','score':1,'box':[1,2,3]}]}",
        "{'contract':'detection/1','detections':[{'label':'a','score':'1','box':[1,2,3,4]}]}",
        "{'contract':'detection/2','detections':[]}",
        "{'contract':'detection/1','detections':[],'undocumented':1}"})
    void the_schema_refuses_what_the_contract_does_not_say(final String json) {
        assertFalse(schemas.validate("detection-1.schema.json", json.replace('\'', '"')).isEmpty());
    }

    @Test
    void a_result_without_outcome_and_failure_is_refused() {
        assertFalse(schemas.validate("result.schema.json", """
                {"schema":"amarena/result/1","id":"a","pipeline":"p","source":"s","sequence":1,
                "captured":"2026-03-04T05:06:07.089Z","frame":{"width":1,"height":1,"attributes":{}},
                "timings":{"waitMs":0,"decodeMs":0,"preprocessMs":0,"inferMs":0,"postprocessMs":0,"totalMs":0,
                "batch":1}}""").isEmpty());
    }
}
