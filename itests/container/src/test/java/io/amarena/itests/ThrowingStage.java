/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Hashtable;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** A stage bundle that is preferred to the shipped one, and whose factory throws. */
public final class ThrowingStage implements BundleActivator, PreprocessorFactory {

    /** What the factory says. */
    static final String MESSAGE = "this stage was built with the wrong library";

    @Override
    public void start(final BundleContext context) {
        context.registerService(PreprocessorFactory.class, this, new Hashtable<>(Map.of(
                PreprocessorFactory.STAGE, "image/stretch", Constants.SERVICE_RANKING, 1000)));
    }

    @Override
    public void stop(final BundleContext context) {
        // The framework takes the service back.
    }

    @Override
    public Preprocessor create(final StageContext context) {
        throw new IllegalStateException(MESSAGE);
    }

    /** The bundle. */
    static InputStream jar() throws IOException {
        return jar("io.amarena.api.model,io.amarena.api.stage,org.osgi.framework");
    }

    /** The bundle with other imports, under another name. */
    static InputStream jar(final String imports, final String... nameAndVersion) throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName",
                nameAndVersion.length == 0 ? "vendor.stage" : nameAndVersion[0]);
        manifest.getMainAttributes().putValue("Bundle-Version", nameAndVersion.length == 0 ? "1.0.0"
                : nameAndVersion[1]);
        manifest.getMainAttributes().putValue("Bundle-Activator", ThrowingStage.class.getName());
        manifest.getMainAttributes().putValue("Import-Package", imports);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final String path = ThrowingStage.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                InputStream code = ThrowingStage.class.getClassLoader().getResourceAsStream(path)) {
            jar.putNextEntry(new ZipEntry(path));
            code.transferTo(jar);
            jar.closeEntry();
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
