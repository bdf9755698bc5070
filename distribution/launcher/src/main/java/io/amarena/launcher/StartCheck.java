/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.AdministratorLedger.Kind;
import io.amarena.lib.deployed.ResolverReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Looks for bundles of features that should run and do not, and asks the framework why. */
final class StartCheck {

    private StartCheck() {
    }

    static List<Problem> problems(final BundleContext framework, final List<RepositoryBundle> wanted,
            final AdministratorLedger administrator) {
        final Map<String, Bundle> bundles = Stream.of(framework.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null)
                .collect(Collectors.toMap(Bundle::getSymbolicName, Function.identity(),
                        (one, other) -> one.getState() >= other.getState() ? one : other));
        final List<Problem> problems = new ArrayList<>();
        for (final RepositoryBundle bundle : wanted) {
            final String name = bundle.symbolicName();
            final boolean core = bundle.wanted().core();
            final Bundle here = bundles.get(name);
            if (here == null || here.getState() != Bundle.ACTIVE && administrator.says(name, Kind.STOPPED)) {
                if (core) {
                    problems.add(new Problem(name, true, "an administrator " + (here == null ? "removed" : "stopped")
                            + " it, and the gateway cannot do without it. Delete its entry in "
                            + "launcher/administrator.json of the data folder"));
                }
            } else if (!runs(here)) {
                problems.add(new Problem(name, core, why(here)));
            }
        }
        return problems;
    }

    private static boolean runs(final Bundle bundle) {
        final boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
        return bundle.getState() == (fragment ? Bundle.RESOLVED : Bundle.ACTIVE);
    }

    private static String why(final Bundle bundle) {
        if (bundle.getState() == Bundle.STARTING || bundle.getState() == Bundle.STOPPING) {
            return "it is still " + (bundle.getState() == Bundle.STARTING ? "starting" : "stopping");
        }
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "it started only at the second attempt";
        } catch (final BundleException e) {
            if (bundle.getState() == Bundle.INSTALLED) {
                return ResolverReason.of(e.getMessage());
            }
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return root == e ? e.getMessage() : e.getMessage() + ": " + root;
        }
    }
}
