/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.List;
import java.util.Locale;

/** Draws a run over time: the slowest result of each moment with the changes marked, and the memory below it. */
final class SoakChart {

    private static final int WIDTH = 1200;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 44;
    private static final int PLOT = 220;
    private static final int BETWEEN = 46;
    private static final int MEMORY = 110;
    private static final int COLUMNS = 560;
    private static final double LOWEST = 1;
    private static final double HIGHEST = 10_000;

    private final long begin;
    private final List<MadeChange> made;
    private final Latencies latencies;
    private final List<Vitals> samples;
    private final double seconds;
    private final StringBuilder svg = new StringBuilder();

    SoakChart(final long begin, final List<MadeChange> made, final Latencies latencies, final List<Vitals> samples) {
        this.begin = begin;
        this.made = made;
        this.latencies = latencies;
        this.samples = samples;
        this.seconds = Math.max(1, latencies.size() == 0 ? 1 : at(latencies.nanos(latencies.size() - 1)));
    }

    String svg() {
        final int height = TOP + PLOT + BETWEEN + MEMORY + BETWEEN;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
                + "font-size=\"12\" fill=\"#333\">", WIDTH, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, height);
        add("<text x=\"%d\" y=\"18\" font-size=\"14\">From capture to subscriber, slowest result of each moment "
                + "(ms, logarithmic); grey: a change is on its way, red: longer than the grace time</text>", LEFT);
        changes();
        latencyAxis();
        latency();
        memory();
        for (int tick = 0; tick <= 10; tick++) {
            final double second = seconds * tick / 10;
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f s</text>", x(second),
                    TOP + PLOT + BETWEEN + MEMORY + 18, second);
        }
        return svg.append("</svg>\n").toString();
    }

    private void changes() {
        for (final MadeChange change : made) {
            final double from = x(at(change.begin()));
            add("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%d: %s</title></rect>",
                    from, TOP, Math.max(1, x(at(change.settled())) - from), PLOT,
                    change.kind() == Kind.OUTAGE ? "#f6c9c4" : "#e6e9ee", change.number(), escaped(change.text()));
        }
    }

    private void latencyAxis() {
        for (double line = LOWEST; line <= HIGHEST; line *= 10) {
            add("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#bbb\" stroke-width=\"0.5\"/>", LEFT,
                    WIDTH - RIGHT, y(line), y(line));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>", LEFT - 6, y(line) + 4, line);
        }
    }

    private void latency() {
        final double[] slowest = new double[COLUMNS];
        for (int i = 0; i < latencies.size(); i++) {
            final int column = (int) Math.min(COLUMNS - 1, at(latencies.nanos(i)) / seconds * COLUMNS);
            if (column >= 0) {
                slowest[column] = Math.max(slowest[column], latencies.delivery(i));
            }
        }
        svg.append("<path fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"1.2\" d=\"");
        boolean drawing = false;
        for (int column = 0; column < COLUMNS; column++) {
            if (slowest[column] > 0) {
                svg.append(String.format(Locale.ROOT, "%s%.1f %.1f", drawing ? "L" : "M",
                        x((column + 0.5) * seconds / COLUMNS), y(slowest[column])));
            }
            drawing = slowest[column] > 0;
        }
        svg.append("\"/>");
    }

    private void memory() {
        final int top = TOP + PLOT + BETWEEN;
        final double most = samples.stream().mapToLong(Vitals::resident).max().orElse(1) * 1.1 / (1 << 20);
        add("<text x=\"%d\" y=\"%d\" font-size=\"14\">Resident memory (MB)</text>", LEFT, top - 12);
        for (int line = 0; line <= 2; line++) {
            final double megabytes = most * line / 2;
            final double y = top + MEMORY - MEMORY * line / 2.0;
            add("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#bbb\" stroke-width=\"0.5\"/>", LEFT,
                    WIDTH - RIGHT, y, y);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>", LEFT - 6, y + 4, megabytes);
        }
        svg.append("<path fill=\"none\" stroke=\"#2f7d4f\" stroke-width=\"1.2\" d=\"");
        String draw = "M";
        for (final Vitals sample : samples) {
            final double second = sample.millis() / 1e3;
            if (second <= seconds) {
                svg.append(String.format(Locale.ROOT, "%s%.1f %.1f", draw, x(second),
                        top + MEMORY - MEMORY * sample.resident() / (double) (1 << 20) / most));
                draw = "L";
            }
        }
        svg.append("\"/>");
    }

    private double at(final long nanos) {
        return (nanos - begin) / 1e9;
    }

    private double x(final double second) {
        return LEFT + (WIDTH - LEFT - RIGHT) * second / seconds;
    }

    private static double y(final double millis) {
        final double bounded = Math.max(LOWEST, Math.min(HIGHEST, millis));
        return TOP + PLOT * (1 - Math.log(bounded / LOWEST) / Math.log(HIGHEST / LOWEST));
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private void add(final String format, final Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
