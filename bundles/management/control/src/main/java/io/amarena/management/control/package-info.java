/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The control socket: what runs in the gateway, told to those who may open a file.
 *
 * <p>{@link io.amarena.management.control.ControlServer} speaks, {@link io.amarena.management.control.Requests}
 * answers, {@link io.amarena.management.control.StatusReport} puts the status together.
 */
package io.amarena.management.control;
