/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.models;

import io.amarena.api.model.Model;
import io.amarena.lib.descriptor.PackReader;
import io.amarena.lib.descriptor.PackStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of packs in the gateway's own store: of those that are installed, and of those that an update took away
 * while their version may still be returned to. Its own lock makes copying and deleting exclude one another.
 */
final class StoredModels {

    private static final Logger LOG = LoggerFactory.getLogger(StoredModels.class);

    private final PackStore store;
    private final PackReader reader;
    private final Map<String, Model> read = new HashMap<>();

    StoredModels(final PackStore store, final PackReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /** Copies a pack; see {@link PackStore#copy}. */
    synchronized String copy(final List<String> paths, final PackStore.Opener pack) throws IOException {
        return store.copy(paths, pack);
    }

    Path folder(final String digest) {
        return store.folder(digest);
    }

    /** The model of a digest, if it is stored and its descriptor has the usual name. */
    synchronized Optional<Model> read(final String digest) {
        final Path folder = store.folder(digest);
        if (!read.containsKey(digest) && Files.isRegularFile(folder.resolve(PackReader.DESCRIPTOR))) {
            reader.read(folder, PackReader.DESCRIPTOR, digest).model().ifPresent(model -> read.put(digest, model));
        }
        return Optional.ofNullable(read.get(digest));
    }

    /** Deletes what no installed pack brings and nobody needs. */
    synchronized void keepOnly(final Set<String> needed, final Catalog catalog) {
        final Set<String> used = new HashSet<>(needed);
        catalog.versions().forEach(version -> used.add(version.digest()));
        read.keySet().retainAll(used);
        try {
            store.keepOnly(used);
        } catch (final IOException failed) {
            LOG.warn("Old model files could not be deleted: {}", failed.toString());
        }
    }
}
