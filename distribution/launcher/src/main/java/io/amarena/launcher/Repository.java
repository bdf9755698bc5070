/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import io.amarena.launcher.GatewayException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** The bundles of the distribution: a folder in Maven's layout. */
public final class Repository {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;

    public Repository(final Path folder) {
        this.folder = folder;
    }

    /** Where the jar of some coordinates lies, whether it exists or not. */
    public Path file(final String group, final String artifact, final String version) {
        return file(new Coordinates(group, artifact, version));
    }

    private Path file(final Coordinates id) {
        return folder.resolve(id.path());
    }

    /** Finds all, and says which are missing or no bundles. */
    List<RepositoryBundle> find(final List<WantedBundle> wanted) throws GatewayException {
        final List<RepositoryBundle> found = new ArrayList<>();
        final Map<String, RepositoryBundle> names = new HashMap<>();
        final List<String> missing = new ArrayList<>();
        for (final WantedBundle bundle : wanted) {
            final Path file = file(bundle.id());
            if (!Files.isRegularFile(file)) {
                missing.add(bundle.id() + " (feature " + bundle.feature() + ", expected at " + file + ')');
                continue;
            }
            final RepositoryBundle here = read(bundle, file);
            final RepositoryBundle twin = names.put(here.symbolicName(), here);
            if (twin != null) {
                throw new GatewayException(Reason.DISTRIBUTION, "The bundle " + here.symbolicName()
                        + " is listed twice, as " + twin.wanted().id() + " by feature " + twin.wanted().feature()
                        + " and as " + bundle.id() + " by feature " + bundle.feature() + ". Remove one");
            }
            found.add(here);
        }
        if (!missing.isEmpty()) {
            throw new GatewayException(Reason.DISTRIBUTION, "The repository lacks "
                    + String.join(", ", missing) + ". Unpack the distribution again, or correct the feature");
        }
        return found;
    }

    private static RepositoryBundle read(final WantedBundle wanted, final Path file) throws GatewayException {
        try (JarFile jar = new JarFile(file.toFile())) {
            final Manifest manifest = jar.getManifest();
            final Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            final String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null) {
                throw new GatewayException(Reason.DISTRIBUTION, file + " is no OSGi bundle: its manifest has no "
                        + Constants.BUNDLE_SYMBOLICNAME + ". Remove it from feature " + wanted.feature());
            }
            return new RepositoryBundle(wanted, file, name.split(";", 2)[0].trim(),
                    Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION)), digest(file),
                    headers.getValue(Constants.FRAGMENT_HOST) != null);
        } catch (final IOException | IllegalArgumentException e) {
            throw new GatewayException(Reason.DISTRIBUTION, file + " cannot be read as a bundle: " + e
                    + ". Unpack the distribution again", e);
        }
    }

    private static String digest(final Path file) throws IOException {
        final MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException("This Java has no SHA-256", e));
        }
        final byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
