/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/** The five defects that the conveyor's plates can show, in the order of the detector's labels. */
public enum DefectKind {
    SCRATCH("scratch"),
    DENT("dent"),
    STAIN("stain"),
    CRACK("crack"),
    MISSING_RIVET("missing");

    private final String label;

    DefectKind(final String label) {
        this.label = label;
    }

    /** The name of this defect in ground truths and in the detector's answers. */
    public String label() {
        return label;
    }
}
