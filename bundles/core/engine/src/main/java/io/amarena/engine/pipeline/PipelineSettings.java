/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import io.amarena.api.model.Size;
import io.amarena.api.settings.SettingsProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.osgi.framework.VersionRange;

/**
 * The settings of one pipeline, checked.
 *
 * @param name         of the pipeline
 * @param source       name of the source
 * @param model        name of the model
 * @param versions     that may serve; empty for all
 * @param publishers   names
 * @param overload     policy; empty to follow the source
 * @param mailbox      frames that may wait; 0 for the default of the policy
 * @param threshold    least score that is reported; empty for the model's own
 * @param device       id of the device; empty for the best
 * @param size         input size; empty for the model's first
 * @param batch        most frames per run; 0 to measure
 * @param batchDelayMs how long a batch may wait to fill
 * @param budget       what a deployment may cost at most
 * @param trialSeconds how long a new version is on trial; 0 for no trial
 * @param trialDrift   stability index from which the confidence counts as drifted; 0 to leave it out
 */
public record PipelineSettings(String name, String source, String model, Optional<VersionRange> versions,
        List<String> publishers, Optional<OverloadPolicy> overload, int mailbox, OptionalDouble threshold,
        Optional<String> device, Optional<Size> size, int batch, int batchDelayMs, Budget budget, int trialSeconds,
        double trialDrift) {

    private static final int TRIAL_SECONDS = 60;
    private static final double TRIAL_DRIFT = 0.25;


    /** Reads settings as Config Admin delivers them. */
    public static PipelineSettings parse(final String pid, final Map<String, Object> properties)
            throws InvalidSettingsException {
        final Reader reader = new Reader(pid, properties);
        final PipelineSettings settings = new PipelineSettings(nameOf(pid), reader.required("source"),
                reader.required("model"), reader.versions(), reader.list("publishers"), reader.overload(),
                reader.integer("mailbox", 0, 4096), reader.threshold(), reader.device(), reader.size(),
                reader.integer("batch", 0, 64), reader.integer("batchDelayMs", 0, 1000),
                new Budget(reader.integer("maxLatencyMs", 0, 60_000), reader.integer("maxMemoryMb", 0, 1 << 20)),
                properties.containsKey("trialSeconds") ? reader.integer("trialSeconds", 0, 86_400) : TRIAL_SECONDS,
                reader.trialDrift());
        if (!reader.problems.isEmpty()) {
            throw new InvalidSettingsException(reader.problems);
        }
        return settings;
    }

    /** {@code io.amarena.pipeline~line-1} names the pipeline {@code line-1}. */
    public static String nameOf(final String pid) {
        return pid.substring(pid.indexOf('~') + 1);
    }

    /** Settings that are refused, with every reason. */
    public static final class InvalidSettingsException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<SettingsProblem> problems;

        InvalidSettingsException(final List<SettingsProblem> problems) {
            super(problems.toString());
            this.problems = List.copyOf(problems);
        }

        public List<SettingsProblem> problems() {
            return problems;
        }
    }

    /** Collects problems instead of stopping at the first one. */
    private static final class Reader {

        private final String pid;
        private final Map<String, Object> properties;
        private final List<SettingsProblem> problems = new ArrayList<>();

        Reader(final String pid, final Map<String, Object> properties) {
            this.pid = pid;
            this.properties = properties;
        }

        String required(final String key) {
            final String text = text(key);
            if (text.isEmpty()) {
                problem(key, "is missing: give the name of a " + key);
            }
            return text;
        }

        String text(final String key) {
            final Object value = properties.get(key);
            return value == null ? "" : String.valueOf(value).strip();
        }

        int integer(final String key, final int least, final int most) {
            final Object value = properties.get(key);
            if (value == null) {
                return 0;
            }
            final long number;
            try {
                number = value instanceof Number ? ((Number) value).longValue() : Long.parseLong(text(key));
            } catch (final NumberFormatException notANumber) {
                problem(key, "must be a whole number from " + least + " to " + most + ", not " + value);
                return 0;
            }
            if (number < least || number > most) {
                problem(key, "must be from " + least + " to " + most + ", not " + number);
                return 0;
            }
            return (int) number;
        }

        List<String> list(final String key) {
            final Object value = properties.get(key);
            final List<String> list = new ArrayList<>();
            if (value instanceof Object[]) {
                for (final Object element : (Object[]) value) {
                    list.add(String.valueOf(element).strip());
                }
            } else if (value instanceof Collection) {
                ((Collection<?>) value).forEach(element -> list.add(String.valueOf(element).strip()));
            } else if (value != null && !text(key).isEmpty()) {
                list.add(text(key));
            }
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).isEmpty()) {
                    problem(key, "holds an empty name: remove it");
                } else if (list.indexOf(list.get(i)) < i) {
                    problem(key, "names " + list.get(i) + " twice: remove one");
                }
            }
            return List.copyOf(list);
        }

        Optional<VersionRange> versions() {
            final String text = text("version");
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(new VersionRange(text));
            } catch (final IllegalArgumentException malformed) {
                problem("version", "must be empty or a version range such as [1.0,2), not " + text);
                return Optional.empty();
            }
        }

        Optional<OverloadPolicy> overload() {
            final String text = text("overload").toLowerCase(Locale.ROOT);
            if (text.isEmpty() || text.equals("auto")) {
                return Optional.empty();
            }
            final Optional<OverloadPolicy> policy = OverloadPolicy.of(text);
            if (policy.isEmpty()) {
                problem("overload", "must be auto, newest-wins or push-back, not " + text);
            }
            return policy;
        }

        OptionalDouble threshold() {
            final Object value = properties.get("threshold");
            if (value == null) {
                return OptionalDouble.empty();
            }
            final double number;
            try {
                number = value instanceof Number ? ((Number) value).doubleValue() : Double.parseDouble(text("threshold"));
            } catch (final NumberFormatException notANumber) {
                problem("threshold", "must be a number from 0 to 1, or -1 for the model's own, not " + value);
                return OptionalDouble.empty();
            }
            if (number == -1) {
                return OptionalDouble.empty();
            }
            if (!(number >= 0 && number <= 1)) {
                problem("threshold", "must be from 0 to 1, or -1 for the model's own, not " + number);
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(number);
        }

        double trialDrift() {
            final Object value = properties.get("trialDrift");
            if (value == null) {
                return TRIAL_DRIFT;
            }
            try {
                final double number = value instanceof Number ? ((Number) value).doubleValue()
                        : Double.parseDouble(text("trialDrift"));
                if (number >= 0 && number <= 100) {
                    return number;
                }
            } catch (final NumberFormatException notANumber) {
                // Told below.
            }
            problem("trialDrift", "must be a number from 0 (confidence is not compared) to 100, not " + value);
            return 0;
        }

        Optional<String> device() {
            final String text = text("device");
            return text.isEmpty() || text.equals("auto") ? Optional.empty() : Optional.of(text);
        }

        Optional<Size> size() {
            final String text = text("size");
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(Size.parse(text));
            } catch (final IllegalArgumentException malformed) {
                problem("size", malformed.getMessage());
                return Optional.empty();
            }
        }

        private void problem(final String key, final String message) {
            problems.add(new SettingsProblem(pid, key, message));
        }
    }
}
