/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What an administrator may do with model versions, as a service. Each command answers with what it did, for people;
 * what follows from it, such as a trial, goes on by itself. Any thread but a framework callback: a command waits for
 * the engine.
 */
@ProviderType
public interface VersionCommands {

    /**
     * Lets a version serve: a denied one may serve again and goes through check and trial; one on trial serves for
     * good.
     *
     * @throws RefusedCommandException with the reason and the remedy; nothing has changed then
     */
    String promote(String model, String version) throws RefusedCommandException;

    /**
     * Goes back to the version that served for good before, and denies the one that serves.
     *
     * @throws RefusedCommandException with the reason and the remedy; nothing has changed then
     */
    String rollback(String model) throws RefusedCommandException;

    /**
     * Lets a pipeline be served by one version alone, by its settings.
     *
     * @param version empty to let it follow the latest good version again
     * @throws RefusedCommandException with the reason and the remedy; nothing has changed then
     */
    String pin(String pipeline, String version) throws RefusedCommandException;
}
