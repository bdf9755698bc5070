/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import io.amarena.api.model.ModelDescriptor;
import io.amarena.launcher.GatewayException;
import io.amarena.lib.pack.GoldenPicture;
import io.amarena.lib.pack.PackDraft;
import io.amarena.lib.pack.PackJar;
import io.amarena.lib.pack.PackSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The way of one pack: its files are judged, then a gateway of its own records what is to be recorded and opens the
 * finished jar, and only then does the jar get its name. Used by one thread.
 *
 * <p>A tensor name, a number of labels or an operator can only be judged by the stage or the backend that reads it, so
 * every pack is opened, also one without golden samples. That costs about as much as {@code infer} does.
 */
final class Packing {

    private final PackSources sources;
    private final Optional<Path> wanted;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * One way.
     *
     * @param wanted where the pack shall lie; else it is named after its model, in the working folder
     */
    Packing(final PackSources sources, final Optional<Path> wanted, final PrintWriter out, final PrintWriter err) {
        this.sources = sources;
        this.wanted = wanted;
        this.out = out;
        this.err = err;
    }

    /** Goes it to its end, and returns the exit code. */
    int run() throws IOException, EnvironmentException, GatewayException, InterruptedException {
        if (wanted.isPresent()) {
            requireWritable(wanted.get());
        }
        final PackDraft draft = PackDraft.of(sources);
        draft.notes().forEach(note -> err.println("amarena: " + note));
        if (draft.descriptor().isEmpty()) {
            final int count = draft.problems().size();
            err.println("amarena: no pack is written: " + count + (count == 1 ? " problem" : " problems"));
            draft.problems().forEach(problem -> err.println("  " + problem));
            return ExitCode.FAILURE;
        }
        final ModelDescriptor descriptor = draft.descriptor().get();
        final Path target = wanted.orElse(Path.of(descriptor.name() + '-' + descriptor.version() + ".jar"));
        if (wanted.isEmpty()) {
            requireWritable(target);
        }
        if (!target.getFileName().toString().contains(descriptor.version())) {
            err.println("amarena: WARNING: the name " + target.getFileName() + " does not hold the version "
                    + descriptor.version() + ". The Web Console takes the bundle's location from it, so versions of one"
                    + " name replace each other; better: " + descriptor.name() + '-' + descriptor.version() + ".jar");
        }
        final Path work = Workbench.temporary();
        final Path part = target.resolveSibling("." + target.getFileName() + '.' + ProcessHandle.current().pid()
                + ".part");
        try {
            return Workbench.run("pack", err, bench -> make(draft, bench, work, part, target));
        } finally {
            Files.deleteIfExists(part);
            Workbench.delete(work);
        }
    }

    private static void requireWritable(final Path target) throws EnvironmentException {
        final Path folder = target.toAbsolutePath().getParent();
        if (!target.getFileName().toString().endsWith(".jar")) {
            throw new EnvironmentException("A pack is a jar, and " + target + " is not named so. Correct -o");
        }
        if (Files.isDirectory(target) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new EnvironmentException(target + " cannot be written: " + (Files.isDirectory(target)
                    ? "it is a folder"
                    : !Files.isDirectory(folder) ? "there is no folder " + folder : "no permission for " + folder)
                    + ". Correct -o");
        }
    }

    private int make(final PackDraft draft, final Workbench.Bench bench, final Path work, final Path part,
            final Path target) throws IOException, InterruptedException {
        final Map<String, Path> made = new HashMap<>();
        final List<Map<String, String>> pictures = toBeMade(draft, work, made);
        if (!pictures.isEmpty()) {
            final Path first = work.resolve("without-golden.jar");
            draft.withoutGolden().write(first);
            final int recorded = bench.work("record", Map.of("pack", first.toString(), "pictures", pictures));
            if (recorded != ExitCode.OK) {
                return refused();
            }
        }
        final PackJar jar = draft.whole(made);
        jar.write(part);
        if (bench.work("open", Map.of("pack", part.toAbsolutePath().normalize().toString())) != ExitCode.OK) {
            return refused();
        }
        move(part, target);
        keepAnswers(draft, made);
        tell(draft, jar, target);
        return ExitCode.OK;
    }

    private int refused() {
        err.println("amarena: no pack is written");
        return ExitCode.FAILURE;
    }

    /** What is to be done with each golden picture; where the files will lie is noted by their path in the pack. */
    private static List<Map<String, String>> toBeMade(final PackDraft draft, final Path work,
            final Map<String, Path> made) {
        final List<Map<String, String>> pictures = new ArrayList<>();
        for (final GoldenPicture sample : draft.golden()) {
            final Map<String, String> picture = new LinkedHashMap<>();
            if (sample.toBeConverted()) {
                made.put(sample.frame(), work.resolve(pictures.size() + ".png"));
                picture.put("png", made.get(sample.frame()).toString());
            }
            if (sample.toBeRecorded()) {
                made.put(sample.expect(), work.resolve(pictures.size() + ".json"));
                picture.put("answer", made.get(sample.expect()).toString());
            }
            if (!picture.isEmpty()) {
                picture.put("picture", sample.source().toString());
                pictures.add(picture);
            }
        }
        return pictures;
    }

    private static void move(final Path part, final Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (final AtomicMoveNotSupportedException simpleFileSystem) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Recorded answers come to lie beside their pictures, where they can be looked at, corrected, and taken next time.
     */
    private void keepAnswers(final PackDraft draft, final Map<String, Path> made) {
        for (final GoldenPicture sample : draft.golden()) {
            if (sample.toBeConverted()) {
                err.println("amarena: " + sample.source() + " is in the pack as " + sample.frame()
                        + ", with the same pixels");
            }
            if (sample.toBeRecorded()) {
                final String name = sample.source().getFileName().toString();
                final Path answer = sample.source().resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".json");
                try {
                    Files.copy(made.get(sample.expect()), answer);
                    err.println("amarena: " + answer + " is new: the model's own answer for " + name);
                } catch (final IOException failed) {
                    err.println("amarena: the model's own answer for " + name + " is in the pack alone: "
                            + reason(failed));
                }
            }
        }
    }

    private void tell(final PackDraft draft, final PackJar jar, final Path target) throws IOException {
        final long recorded = draft.golden().stream().filter(GoldenPicture::toBeRecorded).count();
        if (draft.golden().isEmpty()) {
            err.println("amarena: the pack has no golden samples, so no gateway will notice when an update answers"
                    + " differently; add some with --golden");
        } else if (recorded > 0) {
            err.println("amarena: LOOK at the " + recorded + " recorded " + (recorded == 1 ? "answer" : "answers")
                    + " before you trust the pack: amarena infer " + target + " "
                    + sources.golden().orElse(sources.descriptor()) + " --draw DIR");
        }
        final ModelDescriptor descriptor = draft.descriptor().orElseThrow();
        out.println(String.format(Locale.ROOT, "%s: %s %s, %s, %s, %d files, %d golden, %,d bytes", target,
                descriptor.name(), descriptor.version(), descriptor.contract(), descriptor.precision(), jar.count(),
                draft.golden().size(), Files.size(target)));
        out.flush();
    }

    /** An I/O failure for people: most of their messages are a path alone. */
    static String reason(final IOException failed) {
        if (failed instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (failed instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (failed instanceof FileSystemException system && system.getReason() == null) {
            return failed.getClass().getSimpleName() + " at " + system.getFile();
        }
        return failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }
}
