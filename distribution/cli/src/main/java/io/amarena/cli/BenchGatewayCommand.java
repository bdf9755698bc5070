/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.launcher.GatewayException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The gateway's side of {@code bench --naive}, which starts it. */
@Command(name = "bench-gateway", mixinStandardHelpOptions = true, hidden = true, description = "Used by bench --naive")
final class BenchGatewayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PACK")
    private String pack;

    @Parameters(index = "1", paramLabel = "PICTURES")
    private String pictures;

    @Parameters(index = "2", paramLabel = "BROKER")
    private String broker;

    @Parameters(index = "3", paramLabel = "CAMERAS")
    private int cameras;

    @Override
    public Integer call() throws EnvironmentException, GatewayException, InterruptedException {
        return Workbench.run("bench-gateway", Map.of("pack", pack, "pictures", pictures, "broker", broker, "cameras",
                cameras), spec.commandLine().getErr());
    }
}
