/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * Finds out, within a callback of the framework, through which door an act came: it is the bundle that called the
 * framework.
 */
final class Door {

    /** Nobody called: the framework itself did it, as it starts. */
    static final String FRAMEWORK = "framework";
    /** The Web Console. */
    static final String CONSOLE = "console";
    /** The command {@code amarena deploy}. */
    static final String COMMAND = "command";
    /** Nobody saw it. */
    static final String UNSEEN = "unseen";

    private static final String OWN_PACKAGE = Door.class.getPackageName();
    private static final String FRAMEWORK_PACKAGE = "org.apache.felix.framework.";
    private static final String WEB_CONSOLE = "org.apache.felix.webconsole";
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private Door() {
    }

    /** The door of what is just happening on this thread. */
    static String ofThisAct() {
        final Optional<String> caller = WALKER.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                .dropWhile(type -> !type.getName().startsWith(FRAMEWORK_PACKAGE))
                .flatMap(Door::ofCaller).findFirst());
        return caller.orElse(FRAMEWORK);
    }

    private static Stream<String> ofCaller(final Class<?> type) {
        if (type.getPackageName().equals(OWN_PACKAGE)) {
            return Stream.of(COMMAND);
        }
        final Bundle bundle = FrameworkUtil.getBundle(type);
        return bundle == null || bundle.getBundleId() == 0 ? Stream.empty()
                : Stream.of(WEB_CONSOLE.equals(bundle.getSymbolicName()) ? CONSOLE : bundle.getSymbolicName());
    }
}
