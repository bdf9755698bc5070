/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an exporter wrote into the properties of an ONNX file, as Ultralytics does: {@code task}, {@code names},
 * {@code imgsz}, {@code stride}, and where the model comes from. YOLOv5 writes {@code names} and {@code stride} alone.
 *
 * @param task        such as {@code detect}, {@code classify}, {@code segment}; empty when it is not told
 * @param names       of the classes, in their order; empty when they are not told or cannot be read
 * @param width       of the pictures in pixels, or −1
 * @param height      of the pictures in pixels, or −1
 * @param ultralytics whether the properties are those of an Ultralytics export
 * @param origin      description, author, licence and date, as they stand there
 */
record ExporterNotes(String task, List<String> names, long width, long height, boolean ultralytics,
        Map<String, String> origin) {

    private static final long FREE = -1;
    private static final List<String> ORIGIN = List.of("description", "author", "license", "date");

    static ExporterNotes of(final Map<String, String> metadata) {
        final List<Long> size = numbers(metadata.get("imgsz"));
        final boolean sized = size.size() == 2 && size.stream().allMatch(side -> side > 0);
        final Map<String, String> origin = new LinkedHashMap<>();
        ORIGIN.stream().filter(metadata::containsKey).forEach(key -> origin.put(key, metadata.get(key)));
        final boolean ultralytics = metadata.containsKey("names") && metadata.containsKey("stride");
        final String task = metadata.getOrDefault("task", ultralytics ? "detect" : "");
        return new ExporterNotes(task, names(metadata.get("names")),
                sized ? size.get(1) : FREE, sized ? size.get(0) : FREE, ultralytics, origin);
    }

    boolean sized() {
        return width > 0;
    }

    private static List<String> names(final String written) {
        final Object value = literal(written).orElse(List.of());
        final List<String> names = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            for (long i = 0; i < map.size(); i++) {
                final Object name = map.containsKey(i) ? map.get(i) : map.get(String.valueOf(i));
                names.add(name == null ? "" : name.toString().strip());
            }
        } else if (value instanceof List<?> list) {
            list.forEach(name -> names.add(name.toString().strip()));
        }
        final boolean usable = names.stream().noneMatch(name -> name.isEmpty() || name.lines().count() != 1);
        return usable ? List.copyOf(names) : List.of();
    }

    /** imgsz is [height, width], or one number for both. */
    private static List<Long> numbers(final String written) {
        final Object value = literal(written).orElse(List.of());
        if (value instanceof Long side) {
            return List.of(side, side);
        }
        final List<Long> numbers = new ArrayList<>();
        if (value instanceof List<?> list && list.stream().allMatch(Long.class::isInstance)) {
            list.forEach(number -> numbers.add((Long) number));
        }
        return numbers;
    }

    private static Optional<Object> literal(final String written) {
        try {
            return Optional.ofNullable(written).map(PythonLiteral::read);
        } catch (final IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
