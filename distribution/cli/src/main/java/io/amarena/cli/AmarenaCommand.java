/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of all commands; every new command is listed here. */
@Command(name = "amarena", mixinStandardHelpOptions = true, versionProvider = AmarenaCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Edge AI gateway: runs models on live pictures and tells plants what it saw.",
        footer = {"", "Environment: JAVA_HOME, AMARENA_HEAP (128m), AMARENA_DIRECT (256m), AMARENA_OPTS, AMARENA_DATA",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or environment"},
        subcommands = {RunCommand.class, DemoCommand.class, StatusCommand.class, DeployCommand.class,
            InferCommand.class, PackCommand.class, BenchCommand.class, BenchGatewayCommand.class})
final class AmarenaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Tells the version of the distribution. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            final String version = AmarenaCommand.class.getPackage().getImplementationVersion();
            return new String[] {"amarena " + (version == null ? "(not packaged)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + ' '
                    + System.getProperty("os.arch")};
        }
    }
}
