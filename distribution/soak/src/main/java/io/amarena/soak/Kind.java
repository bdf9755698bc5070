/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

/** What is changed. */
enum Kind {
    /** A model pack in place of another one: newer, older, or the same version with other content. */
    PACK_UPDATE("model pack, in place"),
    /** A model pack beside the others. */
    PACK_PARALLEL("model pack, in parallel"),
    /** A model pack leaves while another one stays. */
    PACK_UNINSTALL("model pack, uninstalled"),
    /** A model pack is stopped and started. */
    PACK_STOP_START("model pack, stop and start"),
    /** A pack that must not serve. */
    BAD_PACK("bad model pack"),
    /** The bundle of a backend. */
    BACKEND("backend bundle"),
    /** The bundle of a stage. */
    STAGE("stage bundle"),
    /** The bundle of a publisher. */
    PUBLISHER("publisher bundle"),
    /** The bundle of the MQTT transport. */
    TRANSPORT("MQTT transport bundle"),
    /** The bundle of a source. */
    SOURCE("source bundle"),
    /** The settings of a pipeline. */
    PIPELINE_SETTINGS("pipeline settings"),
    /** The settings of a publisher. */
    PUBLISHER_SETTINGS("publisher settings"),
    /** A publisher is pushed out of the broker, and changed at the same time. */
    DISCONNECT("forced disconnect"),
    /** Something is away for longer than the gateway goes on without it. */
    OUTAGE("longer than the grace time");

    private final String text;

    Kind(final String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
