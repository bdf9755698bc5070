/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import io.amarena.lib.onnx.OnnxFormatException.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Walks from {@code ModelProto} down through graphs, nodes, attributes and functions, and tells the summary what it
 * meets. Field numbers are those of onnx.proto, IR version 11. Not thread-safe.
 */
final class ModelWalker {

    /** Graphs within graphs; those of real models stay below five. */
    static final int MAX_DEPTH = 32;

    private final WireReader wire;
    private final SummaryBuilder summary;
    private final TensorWalker tensors;
    private final ValueWalker values;
    private Map<String, Long> calls;
    private long bodyNodes;
    private boolean graphSeen;

    ModelWalker(final WireReader wire, final SummaryBuilder summary) {
        this.wire = wire;
        this.summary = summary;
        this.tensors = new TensorWalker(wire, summary);
        this.values = new ValueWalker(wire);
    }

    /** Reads the whole file; true when it holds a graph. */
    boolean model() throws IOException {
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> summary.irVersion(wire.number());
                case 2 -> summary.producerName(wire.text());
                case 3 -> summary.producerVersion(wire.text());
                case 7 -> {
                    graphSeen = true;
                    graph(1);
                }
                case 8 -> wire.message(this::opset);
                case 14 -> wire.message(this::metadata);
                case 20 -> {
                    summary.training();
                    wire.skip();
                }
                case 25 -> function();
                default -> wire.skip();
            }
        }
        return graphSeen;
    }

    private void opset() throws IOException {
        String domain = "";
        long version = 0;
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> domain = wire.text();
                case 2 -> version = wire.number();
                default -> wire.skip();
            }
        }
        summary.opset(domain, version);
    }

    private void metadata() throws IOException {
        String key = "";
        String value = "";
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> key = wire.text();
                case 2 -> value = wire.text();
                default -> wire.skip();
            }
        }
        summary.metadata(key, value);
    }

    private void graph(final int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new OnnxFormatException(Kind.TOO_DEEP, "holds graphs within graphs, more than " + MAX_DEPTH
                    + " levels deep; export it without nested control flow");
        }
        summary.graph(depth);
        wire.message(() -> {
            while (wire.next()) {
                switch (wire.field()) {
                    case 1 -> node(depth);
                    case 5 -> initializer(depth, tensors.tensor());
                    case 11 -> input(depth);
                    case 12 -> output(depth);
                    case 13 -> summary.declared(values.value());
                    case 15 -> initializer(depth, tensors.sparseTensor());
                    default -> wire.skip();
                }
            }
        });
    }

    private void initializer(final int depth, final String name) throws IOException {
        if (depth == 1) {
            summary.initializer(name);
        }
    }

    private void input(final int depth) throws IOException {
        final OnnxValue value = values.value();
        summary.declared(value);
        if (depth == 1) {
            summary.input(value);
        }
    }

    private void output(final int depth) throws IOException {
        final OnnxValue value = values.value();
        summary.declared(value);
        if (depth == 1) {
            summary.output(value);
        }
    }

    private void node(final int depth) throws IOException {
        final String[] operator = {"", ""};
        wire.message(() -> {
            while (wire.next()) {
                switch (wire.field()) {
                    case 4 -> operator[1] = wire.text();
                    case 5 -> attribute(depth);
                    case 7 -> operator[0] = wire.text();
                    default -> wire.skip();
                }
            }
        });
        summary.node(operator[0], operator[1]);
        if (calls != null) {
            bodyNodes++;
            summary.count(calls, OnnxFunction.key(SummaryBuilder.domain(operator[0]), operator[1]));
        }
    }

    private void attribute(final int depth) throws IOException {
        wire.message(() -> {
            while (wire.next()) {
                switch (wire.field()) {
                    case 5, 10 -> tensors.tensor();
                    case 6, 11 -> graph(depth + 1);
                    case 22, 23 -> tensors.sparseTensor();
                    default -> wire.skip();
                }
            }
        });
    }

    private void function() throws IOException {
        final String[] id = {"", ""};
        calls = new HashMap<>();
        bodyNodes = 0;
        wire.message(() -> {
            while (wire.next()) {
                switch (wire.field()) {
                    case 1 -> id[1] = wire.text();
                    case 7 -> node(1);
                    case 10 -> id[0] = wire.text();
                    case 11 -> attribute(1);
                    case 12 -> summary.declared(values.value());
                    default -> wire.skip();
                }
            }
        });
        summary.function(new OnnxFunction(SummaryBuilder.domain(id[0]), id[1], bodyNodes, calls));
        calls = null;
    }
}
