/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** What the framework itself has to say, as notes for people, one line each. */
final class FrameworkLog extends Logger {

    private final Consumer<String> notes;
    private final AtomicInteger errors = new AtomicInteger();
    private volatile boolean starting;

    FrameworkLog(final Consumer<String> notes) {
        this.notes = notes;
    }

    /** Errors told so far. */
    int errors() {
        return errors.get();
    }

    /** While the framework starts, bundles that do not start are not told: they are looked at afterwards. */
    void starting(final boolean now) {
        starting = now;
    }

    @Override
    protected void doLog(final Bundle bundle, final ServiceReference reference, final int level,
            final String message, final Throwable throwable) {
        tell(level, bundle == null ? message : bundle.getSymbolicName() + ": " + message, throwable);
    }

    @Override
    protected void doLog(final int level, final String message, final Throwable throwable) {
        tell(level, message, throwable);
    }

    private void tell(final int level, final String message, final Throwable throwable) {
        if (level == LOG_ERROR) {
            errors.incrementAndGet();
        }
        if (starting && throwable instanceof BundleException) {
            return;
        }
        final StringBuilder line = new StringBuilder("framework: ").append(message);
        for (Throwable cause = throwable; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() == null || line.indexOf(cause.getMessage()) < 0) {
                line.append(" (").append(cause).append(')');
            }
        }
        notes.accept(line.toString().replace('\n', ' '));
    }
}
