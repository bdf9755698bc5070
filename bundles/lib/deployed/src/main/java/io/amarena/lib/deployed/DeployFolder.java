/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import java.nio.file.Path;

/** Where things lie in the folder {@code deploy} of a gateway's data folder. */
public record DeployFolder(Path root) {

    /** The folder of a data folder. */
    public static DeployFolder of(final Path data) {
        return new DeployFolder(data.resolve("deploy"));
    }

    /** Jars by digest. */
    public Path store() {
        return root.resolve("store");
    }

    /** What belongs where. */
    public Path ledger() {
        return root.resolve("ledger.jsonl");
    }

    /** What was done, by whom, with what outcome. */
    public Path audit() {
        return root.resolve("audit.jsonl");
    }
}
