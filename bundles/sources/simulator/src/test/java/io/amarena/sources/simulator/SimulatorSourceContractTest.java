/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

import io.amarena.api.source.FrameSource;
import io.amarena.itests.sourcekit.SourceContract;

class SimulatorSourceContractTest extends SourceContract {

    @Override
    protected FrameSource source() {
        return new SimulatorSource(new CameraSettings("cam", 50, SceneSettings.standard(1).withSize(96, 64), true, 0.85,
                0, false));
    }

    @Override
    protected void bring(final int number) {
        // It films by itself.
    }

    @Override
    protected boolean keepsFrames() {
        return false;
    }
}
