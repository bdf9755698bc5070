/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {

    private static final Pid PID = Pid.of("io.amarena.pipeline~line").orElseThrow();

    @Test
    void plain_json_and_the_typed_notation_give_typed_values() throws Exception {
        final SettingsFile file = SettingsFile.parse(PID, "{\n \"a\": \"text\",\n \"port:Integer\": 8080,\n"
                + " \"on\": true,\n \"list\": [\"x\", \"y\"],\n \"x-remark\": {\"free\": 1}\n}");
        assertEquals("text", file.values().get("a"));
        assertEquals(8080, file.values().get("port"));
        assertEquals(true, file.values().get("on"));
        assertEquals(4, file.values().asMap().size());
        assertEquals(3, file.line("port"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"a\": 1|line", "[]|object", "nonsense|line",
        "{\"a\": 1, \"A\": 2}|same setting", "{\"p:Integer\": \"many\"}|many", "{\"service.pid\": \"x\"}|file's name"})
    void what_cannot_be_read_is_told_with_its_line_and_reason(final String text, final String reason) {
        final String message = assertThrows(InvalidSettingsException.class, () -> SettingsFile.parse(PID, text))
                .findings().toString();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void a_change_made_elsewhere_keeps_order_notation_and_remarks() throws Exception {
        final SettingsFile file = SettingsFile.parse(PID, "{\"b:Integer\": 1, \"x-note\": \"mine\", \"a\": \"old\","
                + " \"gone\": true}");
        final Map<String, Object> changed = new LinkedHashMap<>(file.values().asMap());
        changed.put("a", "new");
        changed.remove("gone");
        changed.put("more", "here");
        final SettingsFile again = SettingsFile.parse(PID, file.textWith(SettingValues.of(changed)));
        assertEquals("[b:Integer, x-note, a, more]", again.entries().stream().map(SettingsFile.Entry::key).toList()
                .toString());
        assertEquals(SettingValues.of(changed), again.values());
    }

    @Test
    void a_file_name_is_a_pid_and_nothing_else() {
        assertEquals("io.amarena.engine", Pid.ofFile("io.amarena.engine.json").orElseThrow().toString());
        assertEquals("line-1", Pid.ofFile("io.amarena.pipeline~line-1.json").orElseThrow().name());
        assertTrue(Pid.ofFile("io.amarena.pipeline~../x.json").isEmpty());
        assertTrue(Pid.ofFile("io.amarena.pipeline~.json").isEmpty());
    }
}
