/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.backend.SessionOptions;
import io.amarena.backends.onnxruntime.OnnxRuntimeConfig.Optimisation;
import io.amarena.backends.onnxruntime.OnnxRuntimeConfig.PreciseInt8;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPlanTest {

    private static final Processor WITHOUT_VNNI = new Processor("amd64", "", Set.of("avx2"));
    private static final Processor WITH_VNNI = new Processor("amd64", "", Set.of("avx2", "avx_vnni"));
    private static final Processor ARM = new Processor("aarch64", "", Set.of("asimd"));
    private static final SessionOptions TWO_CALLERS = SessionOptions.forCallers(2);

    private static SessionPlan plan(final Map<String, Object> settings, final SessionOptions asked)
            throws BackendException {
        return SessionPlan.decide(TestBackends.settings(settings), asked, TestBackends.withPrecision("fp32"),
                WITH_VNNI);
    }

    @Test
    void without_settings_one_thread_runs_one_operator_after_the_other_without_spinning() throws BackendException {
        final SessionPlan plan = plan(Map.of(), TWO_CALLERS);

        assertEquals(2, plan.callers());
        assertEquals(1, plan.threadsPerRun());
        assertEquals(1, plan.parallelOperators());
        assertEquals(Optimisation.ALL, plan.optimisation());
        assertTrue(plan.memoryPattern());
        assertTrue(plan.arena());
        assertEquals(OnnxRuntimeConfig.LogLevel.ERROR, plan.logLevel());
        assertEquals(Map.of("session.intra_op.allow_spinning", "0", "session.inter_op.allow_spinning", "0"),
                plan.entries());
    }

    @Test
    void threads_are_those_of_the_request_unless_the_settings_fix_them() throws BackendException {
        assertEquals(4, plan(Map.of(), TWO_CALLERS.withThreadsPerRun(4)).threadsPerRun());
        assertEquals(2, plan(Map.of("threadsPerRun", 2), TWO_CALLERS.withThreadsPerRun(4)).threadsPerRun());
    }

    @Test
    void entries_that_are_asked_for_win_over_the_settings() throws BackendException {
        final SessionPlan plan = plan(Map.of("spinning", true), TWO_CALLERS.withEntries(
                Map.of("session.intra_op.allow_spinning", "0", "session.disable_prepacking", "1")));

        assertEquals(Map.of("session.intra_op.allow_spinning", "0", "session.inter_op.allow_spinning", "1",
                "session.disable_prepacking", "1"), plan.entries());
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.optimized_model_filepath", "session.use_ort_model_bytes_directly",
            "session.model_external_initializers_file_folder_path", "session.enable_profiling",
            "session.load_model_format", "ep.context_file_path", "Session.Optimized_Model_FilePath"})
    void entries_that_reach_for_files_or_for_the_bytes_of_the_model_are_refused(final String key) {
        final BackendException error = assertThrows(BackendException.class,
                () -> plan(Map.of(), TWO_CALLERS.withEntries(Map.of(key, "1"))));

        assertEquals(Code.MODEL_REFUSED, error.code());
        assertTrue(error.getMessage().contains(key), error::getMessage);
        assertTrue(error.getMessage().contains("passed-on"), error::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"int8, AUTO, true", "mixed, AUTO, true", "fp32, AUTO, false", "int8, NEVER, false",
            "fp32, ALWAYS, true"})
    void int8_is_made_precise_on_x86_without_vnni(final String precision, final PreciseInt8 setting,
            final boolean expected) throws BackendException {
        assertEquals(expected, isPrecise(precision, setting, WITHOUT_VNNI));
        assertFalse(isPrecise("int8", PreciseInt8.AUTO, WITH_VNNI));
        assertFalse(isPrecise("int8", PreciseInt8.ALWAYS, ARM));
    }

    private static boolean isPrecise(final String precision, final PreciseInt8 setting, final Processor processor)
            throws BackendException {
        final SessionPlan plan = SessionPlan.decide(TestBackends.settings(Map.of("preciseInt8", setting)),
                TWO_CALLERS, TestBackends.withPrecision(precision), processor);
        assertEquals(plan.entries().get("session.x64quantprecision"), plan.facts().get("session.x64quantprecision"));
        return "1".equals(plan.entries().get("session.x64quantprecision"));
    }
}
