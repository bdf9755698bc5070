/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.InputStreamSource;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The shipped schemas, read strictly: a key that a schema does not describe is an error here, although consumers
 * pass over it, so that nothing undocumented is ever written.
 */
final class StrictSchemas {

    private static final String FOLDER = "/io/amarena/lib/results/schema/";
    private static final String BASE = "https://schemas.test/";

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.add(StrictSchemas::load)));

    Set<ValidationMessage> validate(final String schema, final String json) {
        final SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        final JsonSchema found = factory.getSchema(SchemaLocation.of(BASE + schema), config);
        return found.validate(json, InputFormat.JSON);
    }

    private static InputStreamSource load(final com.networknt.schema.AbsoluteIri iri) {
        if (!iri.toString().startsWith(BASE)) {
            return null;
        }
        return () -> new ByteArrayInputStream(strict(iri.toString().substring(BASE.length())));
    }

    private static byte[] strict(final String name) throws IOException {
        try (InputStream file = StrictSchemas.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new FileNotFoundException(FOLDER + name);
            }
            final String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.replace("\"type\": \"object\",", "\"type\": \"object\", \"unevaluatedProperties\": false,")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (final UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
