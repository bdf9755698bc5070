/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.model.Model;
import io.amarena.itests.backendkit.KitPack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Settings and models as the tests of this bundle need them. */
final class TestBackends {

    private TestBackends() {
    }

    static OnnxRuntimeBackend withDefaults() {
        return new OnnxRuntimeBackend(settings(Map.of()));
    }

    /** Settings with those values, and the defaults for all others. */
    static OnnxRuntimeConfig settings(final Map<String, Object> values) {
        return (OnnxRuntimeConfig) Proxy.newProxyInstance(TestBackends.class.getClassLoader(),
                new Class<?>[] {OnnxRuntimeConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    /** A model that {@code src/test/models/make_models.py} made. */
    static KitPack model(final String name) {
        try (InputStream in = TestBackends.class.getResourceAsStream(name + ".onnx")) {
            return KitPack.of(name, in.readAllBytes());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Model withPrecision(final String precision) {
        return model("passed-on").withPrecision(precision);
    }
}
