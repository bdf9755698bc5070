/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How sessions are opened, unless a model or a pipeline says otherwise. A change makes a new backend service; sessions
 * that are open keep what they were opened with.
 */
@ObjectClassDefinition(name = "ONNX Runtime backend",
        description = "How models are opened with ONNX Runtime. The defaults were measured best on shared cores.")
@interface OnnxRuntimeConfig {

    /** How far ONNX Runtime rewrites the graph when it loads a model. */
    enum Optimisation { NONE, BASIC, EXTENDED, LAYOUT, ALL }

    /** When int8 models run on x86 with kernels that cannot saturate. */
    enum PreciseInt8 { AUTO, ALWAYS, NEVER }

    /** The least severe messages of ONNX Runtime that are printed while a model is loaded. */
    enum LogLevel { VERBOSE, INFO, WARNING, ERROR, FATAL }

    @AttributeDefinition(name = "Graph optimisation",
            description = "How far the graph is rewritten at load. Below LAYOUT a run costs 2.5 to 5 times as much.")
    Optimisation optimisation() default Optimisation.ALL;

    @AttributeDefinition(name = "Threads per run", min = "0", max = "256",
            description = "Threads that share the work of one operator. 0: as the pipeline asks, which is 1 unless "
                    + "it is set there. Several threads shorten a single run and cost processor time.")
    int threadsPerRun() default 0;

    @AttributeDefinition(name = "Operators at the same time", min = "1", max = "256",
            description = "Threads that run independent branches of a graph side by side; only above 1 are they used.")
    int parallelOperators() default 1;

    @AttributeDefinition(name = "Spinning",
            description = "Whether threads wait in a busy loop. Shortens runs of several threads when ONNX Runtime "
                    + "has its cores for itself, and halves the throughput when it has not.")
    boolean spinning() default false;

    @AttributeDefinition(name = "Memory pattern",
            description = "Whether the memory of a run is planned once per input shape and taken in one piece.")
    boolean memoryPattern() default true;

    @AttributeDefinition(name = "Memory arena",
            description = "Whether memory is kept for the next run. Without it runs cost up to 10 % more, and idle "
                    + "models less memory.")
    boolean arena() default true;

    @AttributeDefinition(name = "Precise int8",
            description = "Whether int8 models use kernels that cannot saturate, on x86 processors. AUTO: where the "
                    + "processor has no VNNI instructions, since the fast kernels lose accuracy there.")
    PreciseInt8 preciseInt8() default PreciseInt8.AUTO;

    @AttributeDefinition(name = "Log level",
            description = "The least severe messages of ONNX Runtime that go to standard error while a model is "
                    + "loaded. Some models bring a warning for each of their weights. Runs are never logged; what "
                    + "fails is told by its exception.")
    LogLevel logLevel() default LogLevel.ERROR;
}
