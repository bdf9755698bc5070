/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.manage.DeploymentView.State;
import io.amarena.engine.deployment.Deployment;
import io.amarena.engine.deployment.DeploymentBuilder;
import io.amarena.engine.deployment.Ingredients;
import io.amarena.engine.deployment.RefusedException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the next deployment of one lane is built: beside everything else, at most one at a time. */
final class BuildingSite {

    private static final Logger LOG = LoggerFactory.getLogger(BuildingSite.class);

    private final DeploymentBuilder builder;
    private final Executor deployer;
    private final Executor own;
    private volatile Site site;

    /**
     * What is being built.
     *
     * @param state how far it is
     */
    record Site(Ingredients ingredients, State state) {
    }

    /**
     * An empty site.
     *
     * @param deployer where deployments are built
     * @param own      the engine's own thread, which hears how it ended
     */
    BuildingSite(final DeploymentBuilder builder, final Executor deployer, final Executor own) {
        this.builder = builder;
        this.deployer = deployer;
        this.own = own;
    }

    /** Builds, and tells the engine's own thread how it ended. */
    void build(final Ingredients wanted, final Leased<Deployment> serving, final Consumer<Leased<Deployment>> built,
            final BiConsumer<Ingredients, RefusedException> refused) {
        site = new Site(wanted, State.LOADING);
        deployer.execute(() -> {
            try {
                final Leased<Deployment> deployment = builder.build(wanted, serving,
                        state -> site = new Site(wanted, state));
                if (!done(() -> built.accept(deployment))) {
                    deployment.retire();
                }
            } catch (final RefusedException refusal) {
                done(() -> refused.accept(wanted, refusal));
            }
        });
    }

    /** Whether somebody could be told. */
    private boolean done(final Runnable tell) {
        try {
            own.execute(() -> {
                site = null;
                tell.run();
            });
            return true;
        } catch (final RejectedExecutionException stopped) {
            LOG.debug("The engine has stopped", stopped);
            return false;
        }
    }

    /** Whether something is being built. Any thread. */
    boolean busy() {
        return site != null;
    }

    /** What is being built. Any thread. */
    Optional<Site> view() {
        return Optional.ofNullable(site);
    }
}
