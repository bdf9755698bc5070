/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code amarena pin}: lets a pipeline be served by one version alone. */
@Command(name = "pin", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        description = "Lets a pipeline be served by one version of its model alone, by its settings file.")
final class PinCommand extends AskingCommand {

    private static final String NONE = "none";

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "Name of the pipeline")
    private String pipeline;

    @Parameters(index = "1", paramLabel = "VERSION",
            description = "As amarena models shows it, or none to follow the latest good version again")
    private String version;

    @Override
    JsonObject request() {
        return command("pin").add("pipeline", pipeline).add("version", version.equals(NONE) ? "" : version).build();
    }

    @Override
    List<String> lines(final JsonObject answer) {
        return List.of(answer.getString("done"));
    }
}
