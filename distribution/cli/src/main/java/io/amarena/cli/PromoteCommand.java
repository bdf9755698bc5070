/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code amarena promote}: lets a version serve. */
@Command(name = "promote", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        description = "Lets a model version serve: one on trial serves for good; one that was rolled back may serve"
            + " again and is put on trial.")
final class PromoteCommand extends AskingCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model")
    private String model;

    @Parameters(index = "1", paramLabel = "VERSION", description = "As amarena models shows it")
    private String version;

    @Override
    JsonObject request() {
        return command("promote").add("model", model).add("version", version).build();
    }

    @Override
    List<String> lines(final JsonObject answer) {
        return List.of(answer.getString("done"));
    }
}
