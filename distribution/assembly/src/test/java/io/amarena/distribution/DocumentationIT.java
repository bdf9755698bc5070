/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Settings are described as the bundles themselves describe them, and links between pages lead somewhere. */
class DocumentationIT {

    private static final Path PAGE = Distribution.HOME.resolve("docs").resolve("settings.md");
    private static final Pattern HEADING = Pattern.compile("## `(io\\.amarena\\.[a-z.]+)`");
    private static final Pattern ROW =
            Pattern.compile("\\| `([A-Za-z0-9.]+)` \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|");

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "data", "node_modules");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern TITLE = Pattern.compile("(?m)^#+ (.+)$");

    /** What a row of a table says about a setting. */
    private record Row(String type, String standard, String range, String meaning) {
    }

    @Test
    void every_setting_is_described_with_its_type_default_and_range_and_none_is_made_up() throws Exception {
        final Map<String, Map<String, Row>> page = page();
        final Map<String, Map<String, Element>> bundles = bundles();

        assertTrue(bundles.containsKey("io.amarena.pipeline"), bundles.keySet()::toString);
        assertEquals(bundles.keySet(), page.keySet());
        for (final Map.Entry<String, Map<String, Element>> described : bundles.entrySet()) {
            final String pid = described.getKey();
            assertEquals(List.copyOf(described.getValue().keySet()), List.copyOf(page.get(pid).keySet()), pid);
            described.getValue().forEach((key, setting) -> {
                final Row row = page.get(pid).get(key);
                assertEquals(type(setting), row.type, pid + ' ' + key);
                assertEquals(standard(setting), row.standard, pid + ' ' + key);
                assertEquals(range(setting), row.range, pid + ' ' + key);
                assertFalse(row.meaning.isEmpty(), pid + ' ' + key);
            });
        }
    }

    @Test
    void every_link_between_pages_leads_to_a_file_and_its_heading() throws IOException {
        final List<String> broken = new ArrayList<>();
        int links = 0;
        for (final Path page : pages()) {
            final Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                final String[] target = link.group(1).split("#", 2);
                if (!target[0].contains("://")) {
                    final Path file = target[0].isEmpty() ? page : page.resolveSibling(target[0]).normalize();
                    if (!Files.exists(file) || target.length > 1 && !anchors(file).contains(target[1])) {
                        broken.add(ROOT.relativize(page) + ": " + link.group(1));
                    }
                    links++;
                }
            }
        }
        assertTrue(links > 50, "links: " + links);
        assertEquals(List.of(), broken);
    }

    private static List<Path> pages() throws IOException {
        final List<Path> pages = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }

    /** The headings of a page as the usual renderers make anchors of them. */
    private static Set<String> anchors(final Path page) throws IOException {
        final Set<String> anchors = new TreeSet<>();
        final Matcher title = TITLE.matcher(Files.readString(page));
        while (title.find()) {
            anchors.add(title.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
        }
        return anchors;
    }

    private static Map<String, Map<String, Row>> page() throws IOException {
        final Map<String, Map<String, Row>> page = new TreeMap<>();
        Map<String, Row> section = new LinkedHashMap<>();
        for (final String line : Files.readAllLines(PAGE)) {
            final Matcher heading = HEADING.matcher(line);
            final Matcher row = ROW.matcher(line);
            if (line.startsWith("## ")) {
                section = new LinkedHashMap<>();
                if (heading.matches()) {
                    page.put(heading.group(1), section);
                }
            } else if (row.matches()) {
                section.put(row.group(1), new Row(row.group(2).strip(), row.group(3).strip(), row.group(4).strip(),
                        row.group(5).strip()));
            }
        }
        return page;
    }

    /** The attributes of the metatype descriptions in the bundles, by PID and key. */
    private static Map<String, Map<String, Element>> bundles() throws Exception {
        final List<Path> jars;
        try (Stream<Path> files = Files.walk(Distribution.HOME.resolve("repository"))) {
            jars = files.filter(file -> file.getFileName().toString().matches("io\\.amarena\\..*\\.jar")).toList();
        }
        final Map<String, Map<String, Element>> bundles = new TreeMap<>();
        for (final Path file : jars) {
            try (JarFile jar = new JarFile(file.toFile())) {
                for (final Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
                    final JarEntry entry = entries.nextElement();
                    if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
                        add(bundles, parse(jar, entry));
                    }
                }
            }
        }
        return bundles;
    }

    private static Document parse(final JarFile jar, final JarEntry entry)
            throws IOException, ParserConfigurationException, SAXException {
        try (InputStream xml = jar.getInputStream(entry)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
        }
    }

    private static void add(final Map<String, Map<String, Element>> bundles, final Document metatype) {
        for (final Element designate : elements(metatype.getElementsByTagName("Designate"))) {
            final Map<String, Element> settings = new LinkedHashMap<>();
            elements(metatype.getElementsByTagName("AD")).forEach(setting ->
                    settings.put(setting.getAttribute("id"), setting));
            bundles.put(designate.getAttribute("pid") + designate.getAttribute("factoryPid"), settings);
        }
    }

    private static List<Element> elements(final NodeList nodes) {
        final List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String type(final Element setting) {
        final String type = switch (setting.getAttribute("type")) {
            case "Boolean" -> "boolean";
            case "Double", "Float" -> "number";
            case "Integer", "Long" -> "integer";
            case "String", "Password" -> "text";
            default -> throw new AssertionError("a new type: " + setting.getAttribute("type"));
        };
        return setting.hasAttribute("cardinality") ? type + 's' : type;
    }

    private static String standard(final Element setting) {
        if (!setting.hasAttribute("default")) {
            return "required";
        }
        final String standard = setting.getAttribute("default").replace("\\,", ",").replaceAll("\\.0$", "");
        return !standard.isEmpty() ? '`' + standard + '`' : setting.hasAttribute("cardinality") ? "none" : "empty";
    }

    private static String range(final Element setting) {
        final List<Element> options = elements(setting.getElementsByTagName("Option"));
        if (!options.isEmpty()) {
            return String.join(", ", options.stream().map(option -> '`' + option.getAttribute("value") + '`').toList());
        }
        final String least = setting.getAttribute("min");
        final String most = setting.getAttribute("max");
        return !most.isEmpty() ? least + " to " + most : !least.isEmpty() ? "at least " + least : "";
    }
}
