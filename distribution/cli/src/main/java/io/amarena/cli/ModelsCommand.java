/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code amarena models}: the model versions, and what the gateway makes of them. */
@Command(name = "models", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        description = "Shows the model versions of a running gateway: which serve, which are on trial, and why others"
            + " do not serve.")
final class ModelsCommand extends AskingCommand {

    @Override
    JsonObject request() {
        return command("models").build();
    }

    @Override
    List<String> lines(final JsonObject answer) {
        return VersionLines.models(answer);
    }
}
