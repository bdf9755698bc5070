/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is known about the processor, as far as it matters for running models. Immutable.
 *
 * @param architecture as Java names it: {@code amd64}, {@code aarch64}
 * @param model        for people; empty where it cannot be read
 * @param flags        instruction set extensions in the words of Linux, lower case; empty where they cannot be read
 */
record Processor(String architecture, String model, Set<String> flags) {

    private static final Map<String, String> NOTEWORTHY = noteworthy();

    Processor {
        flags = Set.copyOf(flags);
    }

    private static Map<String, String> noteworthy() {
        final Map<String, String> names = new LinkedHashMap<>();
        names.put("avx2", "AVX2");
        names.put("avx512f", "AVX-512");
        names.put("avx_vnni", "AVX-VNNI");
        names.put("avx512_vnni", "AVX512-VNNI");
        names.put("avx512_bf16", "AVX512-BF16");
        names.put("amx_int8", "AMX-INT8");
        names.put("amx_bf16", "AMX-BF16");
        names.put("asimd", "NEON");
        names.put("asimdhp", "NEON-FP16");
        names.put("asimddp", "DOT-PRODUCT");
        names.put("i8mm", "I8MM");
        names.put("sve", "SVE");
        names.put("sme", "SME");
        return names;
    }

    /** This machine's processor. Where the operating system tells nothing, only the architecture is known. */
    static Processor ofThisMachine() {
        return read(Path.of("/proc/cpuinfo"), System.getProperty("os.arch", ""));
    }

    /** Reads the first processor of a file in the format of {@code /proc/cpuinfo}. */
    static Processor read(final Path cpuinfo, final String architecture) {
        String model = "";
        Set<String> flags = Set.of();
        try (BufferedReader lines = Files.newBufferedReader(cpuinfo, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null && !line.isBlank(); line = lines.readLine()) {
                final int colon = line.indexOf(':');
                final String key = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
                final String value = line.substring(colon + 1).strip();
                if (key.equals("model name")) {
                    model = value;
                } else if (key.equals("flags") || key.equals("features")) {
                    flags = Set.copyOf(Arrays.asList(value.toLowerCase(Locale.ROOT).split("\\s+")));
                }
            }
        } catch (final IOException | UncheckedIOException unreadable) {
            return new Processor(architecture, model, flags);
        }
        return new Processor(architecture, model, flags);
    }

    boolean isX86() {
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    /**
     * Whether the fast kernels for uint8 × int8 may saturate: x86 without VNNI adds two products in 16 bits. A
     * processor of which nothing is known is taken for one that does.
     */
    boolean saturatesInt8() {
        return isX86() && !flags.contains("avx_vnni") && !flags.contains("avx512_vnni");
    }

    /** The precisions that run well, in the words of model descriptors. */
    Set<String> precisions() {
        return flags.contains("asimdhp") ? Set.of("fp32", "fp16", "int8", "mixed") : Set.of("fp32", "int8", "mixed");
    }

    /** Model and extensions that speed up inference, such as {@code AMD EPYC, AVX2, AVX512-VNNI}. */
    String description() {
        final List<String> parts = new ArrayList<>();
        parts.add(model.isEmpty() ? architecture : model);
        NOTEWORTHY.forEach((flag, name) -> {
            if (flags.contains(flag)) {
                parts.add(name);
            }
        });
        return String.join(", ", parts);
    }
}
