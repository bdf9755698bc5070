/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code amarena rollback}: goes back to the version before. */
@Command(name = "rollback", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        description = "Goes back to the version of a model that served for good before, and denies the one that serves"
            + " until it is promoted.")
final class RollbackCommand extends AskingCommand {

    @Parameters(paramLabel = "MODEL", description = "Name of the model")
    private String model;

    @Override
    JsonObject request() {
        return command("rollback").add("model", model).build();
    }

    @Override
    List<String> lines(final JsonObject answer) {
        return List.of(answer.getString("done"));
    }
}
