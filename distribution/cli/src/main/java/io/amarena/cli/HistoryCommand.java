/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code amarena history}: what happened to model versions. */
@Command(name = "history", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        description = "Shows what happened to model versions: trials, versions that serve for good, and those rolled"
            + " back.")
final class HistoryCommand extends AskingCommand {

    @Parameters(paramLabel = "MODEL", arity = "0..1", description = "Of this model only")
    private String model;

    @Override
    JsonObject request() {
        final JsonObjectBuilder request = command("history");
        return (model == null ? request : request.add("model", model)).build();
    }

    @Override
    List<String> lines(final JsonObject answer) {
        return VersionLines.history(answer);
    }
}
