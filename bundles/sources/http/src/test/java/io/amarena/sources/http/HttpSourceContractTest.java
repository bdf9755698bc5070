/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.http;

import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSource;
import io.amarena.itests.sourcekit.SourceContract;

class HttpSourceContractTest extends SourceContract {

    private final HttpSource source = new HttpSource();

    @Override
    protected FrameSource source() {
        return source;
    }

    /** A request has a thread of its own. */
    @Override
    protected void bring(final int number) {
        new Thread(() -> source.offer(new byte[] {1, 2, 3}, "image/png", FrameCompletion.NONE), "request " + number)
                .start();
    }

    /** A request that is refused is told so. */
    @Override
    protected boolean keepsFrames() {
        return false;
    }
}
