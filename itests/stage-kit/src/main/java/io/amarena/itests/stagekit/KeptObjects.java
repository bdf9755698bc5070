/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import io.amarena.api.stage.StageContext;
import io.amarena.itests.stagekit.StageRule.Breach;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Looks through everything that an instance holds on to, for what it must not: it follows the fields of the bundle's
 * own classes, static ones included, what lambdas have captured, arrays and the collections of the JDK.
 */
public final class KeptObjects {

    private static final int MOST = 200_000;

    private final BundleLoader loader;
    private final Object factory;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Held> open = new ArrayDeque<>();
    private final List<Breach> breaches = new ArrayList<>();

    private KeptObjects(final BundleLoader loader, final Object factory) {
        this.loader = loader;
        this.factory = factory;
    }

    private record Held(Object object, String path) {
    }

    /** What an instance must not keep and does. */
    public static List<Breach> of(final Object instance, final Object factory, final BundleLoader loader) {
        final KeptObjects kept = new KeptObjects(loader, factory);
        kept.add(instance, instance.getClass().getName());
        while (!kept.open.isEmpty() && kept.seen.size() < MOST) {
            kept.visit(kept.open.pop());
        }
        return kept.breaches;
    }

    private void add(final Object object, final String path) {
        if (object != null && seen.add(object)) {
            open.push(new Held(object, path));
        }
    }

    private void visit(final Held held) {
        final Object object = held.object;
        if (object == factory || object instanceof StageContext) {
            breaches.add(new Breach(StageRule.NO_FACTORY_IS_KEPT, held.path));
        } else if (object instanceof BundleContext || object instanceof Bundle || object instanceof ServiceReference
                || object instanceof ServiceRegistration || object instanceof URL && loader.owns((URL) object)) {
            breaches.add(new Breach(StageRule.NO_FRAMEWORK_OBJECT_IS_KEPT, held.path));
        } else if (object instanceof Object[]) {
            for (int i = 0; i < Array.getLength(object); i++) {
                add(Array.get(object, i), held.path + '[' + i + ']');
            }
        } else if (object.getClass().getClassLoader() == loader) {
            fields(held);
        } else {
            contents(held);
        }
    }

    private void fields(final Held held) {
        for (Class<?> type = held.object.getClass(); type != null && type.getClassLoader() == loader;
                type = type.getSuperclass()) {
            for (final Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive()) {
                    add(value(field, Modifier.isStatic(field.getModifiers()) ? null : held.object),
                            held.path + '.' + field.getName());
                }
            }
        }
    }

    private static Object value(final Field field, final Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (final ReflectiveOperationException | RuntimeException | LinkageError hidden) {
            return null;
        }
    }

    private void contents(final Held held) {
        if (held.object instanceof Iterable) {
            ((Iterable<?>) held.object).forEach(element -> add(element, held.path + "[]"));
        } else if (held.object instanceof Map) {
            ((Map<?, ?>) held.object).forEach((key, value) -> {
                add(key, held.path + " key");
                add(value, held.path + '[' + key + ']');
            });
        } else if (held.object instanceof Optional) {
            ((Optional<?>) held.object).ifPresent(value -> add(value, held.path));
        } else if (held.object instanceof AtomicReference) {
            add(((AtomicReference<?>) held.object).get(), held.path);
        }
    }
}
