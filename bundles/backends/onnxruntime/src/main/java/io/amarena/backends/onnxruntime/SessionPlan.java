/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.model.Model;
import io.amarena.backends.onnxruntime.OnnxRuntimeConfig.LogLevel;
import io.amarena.backends.onnxruntime.OnnxRuntimeConfig.Optimisation;
import io.amarena.backends.onnxruntime.OnnxRuntimeConfig.PreciseInt8;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options that one session is opened with, decided from the settings, the request, the model and the processor.
 * Immutable.
 *
 * @param callers           slots that run at the same time
 * @param threadsPerRun     threads that share one operator
 * @param parallelOperators threads that run independent operators, 1 for one after the other
 * @param entries           ONNX Runtime's session configuration entries, sorted
 */
record SessionPlan(int callers, int threadsPerRun, int parallelOperators, Optimisation optimisation,
        boolean memoryPattern, boolean arena, LogLevel logLevel, Map<String, String> entries) {

    static final String INTRA_OP_SPINNING = "session.intra_op.allow_spinning";
    static final String INTER_OP_SPINNING = "session.inter_op.allow_spinning";
    static final String PRECISE_INT8 = "session.x64quantprecision";

    /**
     * Parts of names of entries that a model or a pipeline may not set: they read or write files, load libraries, or
     * let the session refer to the model's bytes after it was opened.
     */
    private static final List<String> FORBIDDEN = List.of("file", "path", "folder", "profiling", "library",
            "model_bytes", "model_format", "use_memory_mapped", "ep.");

    SessionPlan {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /**
     * What is asked for wins over the settings.
     *
     * @throws BackendException when an entry is asked for that is not allowed
     */
    static SessionPlan decide(final OnnxRuntimeConfig config, final SessionOptions asked, final Model model,
            final Processor processor) throws BackendException {
        final Map<String, String> entries = new TreeMap<>();
        entries.put(INTRA_OP_SPINNING, config.spinning() ? "1" : "0");
        entries.put(INTER_OP_SPINNING, config.spinning() ? "1" : "0");
        if (preciseInt8(config.preciseInt8(), model.descriptor().precision(), processor)) {
            entries.put(PRECISE_INT8, "1");
        }
        for (final Map.Entry<String, String> entry : asked.entries().entrySet()) {
            check(model, entry.getKey());
            entries.put(entry.getKey(), entry.getValue());
        }
        return new SessionPlan(asked.callers(),
                config.threadsPerRun() == 0 ? asked.threadsPerRun() : config.threadsPerRun(),
                config.parallelOperators(), config.optimisation(), config.memoryPattern(), config.arena(),
                config.logLevel(), entries);
    }

    private static boolean preciseInt8(final PreciseInt8 setting, final String precision, final Processor processor) {
        final boolean quantized = precision.equals("int8") || precision.equals("mixed");
        return switch (setting) {
            case ALWAYS -> processor.isX86();
            case NEVER -> false;
            case AUTO -> quantized && processor.saturatesInt8();
        };
    }

    private static void check(final Model model, final String key) throws BackendException {
        final String name = key.toLowerCase(Locale.ROOT);
        for (final String part : FORBIDDEN) {
            if (name.contains(part)) {
                throw new BackendException(Code.MODEL_REFUSED, "Model " + model.id() + " is to be opened with the "
                        + "session entry \"" + key + "\", which is not allowed: entries may tune a session, but not "
                        + "read or write files or load code. Remove it from the model's or the pipeline's session "
                        + "settings");
            }
        }
    }

    /** Sets all of it on ONNX Runtime's options; the caller closes them. */
    void applyTo(final OrtSession.SessionOptions options, final Model model) throws BackendException, OrtException {
        options.setLoggerId(model.id().name());
        options.setSessionLogLevel(OrtLoggingLevel.valueOf("ORT_LOGGING_LEVEL_" + logLevel));
        options.setOptimizationLevel(level());
        options.setIntraOpNumThreads(threadsPerRun);
        options.setInterOpNumThreads(parallelOperators);
        options.setExecutionMode(parallelOperators > 1 ? OrtSession.SessionOptions.ExecutionMode.PARALLEL
                : OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setMemoryPatternOptimization(memoryPattern);
        options.setCPUArenaAllocator(arena);
        for (final Map.Entry<String, String> entry : entries.entrySet()) {
            try {
                options.addConfigEntry(entry.getKey(), entry.getValue());
            } catch (final OrtException refused) {
                throw new BackendException(Code.MODEL_REFUSED, "Model " + model.id() + ": ONNX Runtime refuses the "
                        + "session entry \"" + entry.getKey() + "\": " + refused.getMessage(), refused);
            }
        }
    }

    private OrtSession.SessionOptions.OptLevel level() {
        return switch (optimisation) {
            case NONE -> OrtSession.SessionOptions.OptLevel.NO_OPT;
            case BASIC -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
            case EXTENDED -> OrtSession.SessionOptions.OptLevel.EXTENDED_OPT;
            case LAYOUT -> OrtSession.SessionOptions.OptLevel.LAYOUT_OPT;
            case ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
        };
    }

    /** All of it for people, and for whoever wants to open a session in the same way. */
    Map<String, String> facts() {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("callers", Integer.toString(callers));
        facts.put("threads per run", Integer.toString(threadsPerRun));
        facts.put("parallel operators", Integer.toString(parallelOperators));
        facts.put("optimisation", optimisation.name());
        facts.put("memory pattern", memoryPattern ? "on" : "off");
        facts.put("arena", arena ? "on" : "off");
        facts.putAll(entries);
        return facts;
    }
}
