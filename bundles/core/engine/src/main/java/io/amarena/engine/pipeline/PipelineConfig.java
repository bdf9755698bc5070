/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of one pipeline as an administrator sees them; the name follows the {@code ~} of the PID. */
@ObjectClassDefinition(factoryPid = PipelineConfig.PID, name = "Amarena pipeline",
        description = "One configured line: a source, a model, publishers, and how to behave under overload")
public @interface PipelineConfig {

    /** Factory PID. */
    String PID = "io.amarena.pipeline";

    @AttributeDefinition(description = "Name of the source whose frames are inspected")
    String source();

    @AttributeDefinition(description = "Name of the model, as in its model.json")
    String model();

    @AttributeDefinition(description = "Versions of the model that may serve: empty for the latest good one, or an"
            + " OSGi version range such as [1.0,2) or [1.1.0,1.1.0]")
    String version() default "";

    @AttributeDefinition(description = "Names of the publishers that get every result")
    String[] publishers() default {};

    @AttributeDefinition(description = "What happens when frames come faster than they are answered: auto follows the"
            + " source (live sources newest-wins, others push-back)", options = {
                @Option(label = "as the source suggests", value = "auto"),
                @Option(label = "drop the oldest waiting frame", value = "newest-wins"),
                @Option(label = "refuse, so that the source waits", value = "push-back")})
    String overload() default "auto";

    @AttributeDefinition(description = "Frames that may wait; 0 for 2 under newest-wins and 16 under push-back",
            min = "0", max = "4096")
    int mailbox() default 0;

    @AttributeDefinition(description = "Detections with a lower score are not reported; -1 for the model's own"
            + " threshold", min = "-1", max = "1")
    double threshold() default -1;

    @AttributeDefinition(description = "Id of the device to run on, or auto for the best one that supports the model")
    String device() default "auto";

    @AttributeDefinition(description = "Input size of the model such as 640x640; empty for the model's first size")
    String size() default "";

    @AttributeDefinition(description = "Most frames per run; 0 for what is measured to be best, 1 for no batching",
            min = "0", max = "64")
    int batch() default 0;

    @AttributeDefinition(description = "How long a frame may wait for others to fill a batch, in milliseconds",
            min = "0", max = "1000")
    int batchDelayMs() default 0;

    @AttributeDefinition(description = "Most milliseconds that one run of the model may cost; a version that is slower"
            + " in the check before it serves is refused. 0 for no limit", min = "0", max = "60000")
    int maxLatencyMs() default 0;

    @AttributeDefinition(description = "Most MiB that a version may take; one that takes more in the check before it"
            + " serves is refused. 0 for no limit", min = "0", max = "1048576")
    int maxMemoryMb() default 0;

    @AttributeDefinition(description = "How long a new version of the model serves on trial while the one before it"
            + " stays warm, in seconds; 0 for no trial", min = "0", max = "86400")
    int trialSeconds() default 60;

    @AttributeDefinition(description = "By how much the model's confidence may change in a trial (population stability"
            + " index); 0 when it is not compared", min = "0", max = "100")
    double trialDrift() default 0.25;
}
