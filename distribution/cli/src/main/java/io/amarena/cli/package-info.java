/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The command line. {@link io.amarena.cli.AmarenaCommand} lists the commands; each is a class of its own.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong usage or an environment in which the command cannot work.
 */
package io.amarena.cli;
