/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import io.amarena.api.model.GoldenSample;
import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import java.util.List;
import java.util.Map;

/** A valid {@code model.json}. */
record JsonDescriptor(String name, String version, String contract, String file, String precision, StageSettings input,
        StageSettings output, List<Size> sizes, int maxBatch, Map<String, String> session, List<GoldenSample> golden)
        implements ModelDescriptor {

    JsonDescriptor {
        sizes = List.copyOf(sizes);
        session = Map.copyOf(session);
        golden = List.copyOf(golden);
    }
}
