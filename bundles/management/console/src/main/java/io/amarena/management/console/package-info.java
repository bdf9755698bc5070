/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Who may use the Web Console: one administrator with a password made at the first start, and no default one.
 *
 * <p>{@link io.amarena.management.console.ConsoleLogin} is what the console asks before every request.
 */
package io.amarena.management.console;
