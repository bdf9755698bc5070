/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * JPEG pictures at a part of their size: only the frequencies that the smaller picture can show are turned back into
 * pixels. Pure Java, so that no picture can end the process.
 */
package io.amarena.stages.image.jpeg;
