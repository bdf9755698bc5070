/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Everything that the distribution ships resolves and becomes active, demo features included. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeaturesIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] configuration() {
        return new Distribution("features").options("features", "features/demo");
    }

    @Test
    public void every_bundle_of_every_feature_is_active() {
        final List<String> inactive = new ArrayList<>();
        int ours = 0;
        for (final Bundle bundle : context.getBundles()) {
            final boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            if (!fragment && bundle.getState() != Bundle.ACTIVE) {
                inactive.add(bundle + " is in state " + bundle.getState());
            }
            if (bundle.getSymbolicName().startsWith("io.amarena.")) {
                ours++;
            }
        }
        assertEquals(List.of(), inactive);
        assertTrue("only " + ours + " bundles of ours", ours >= 15);
    }

    @Test
    public void nothing_but_the_contracts_is_exported() {
        for (final Bundle bundle : context.getBundles()) {
            final String exported = bundle.getHeaders().get(Constants.EXPORT_PACKAGE);
            final boolean mayExport = bundle.getSymbolicName().equals("io.amarena.api")
                    || bundle.getSymbolicName().endsWith("onnxruntime-native");
            if (bundle.getSymbolicName().startsWith("io.amarena.") && !mayExport) {
                assertEquals(bundle + " exports packages", null, exported);
            }
            if (bundle.getSymbolicName().startsWith("model.")) {
                assertEquals(bundle + " exports packages", null, exported);
                assertEquals(bundle + " imports packages", null, bundle.getHeaders().get(Constants.IMPORT_PACKAGE));
            }
        }
    }
}
