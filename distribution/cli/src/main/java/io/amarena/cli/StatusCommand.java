/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code amarena status}: what a running gateway is doing. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        description = "Shows what a running gateway is doing.")
final class StatusCommand extends AskingCommand {

    @Override
    JsonObject request() {
        return command("status").build();
    }

    @Override
    List<String> lines(final JsonObject answer) {
        return StatusLines.all(answer);
    }
}
