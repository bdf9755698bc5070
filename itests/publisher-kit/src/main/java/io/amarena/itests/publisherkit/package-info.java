/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Contract kit for publishers, as tests. */
package io.amarena.itests.publisherkit;
