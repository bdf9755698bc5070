/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.amarena.lib.onnx.OnnxFormatException.Kind;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileOnnxTest {

    private static final List<String> MODELS = List.of("conv", "dynamic", "nested", "external", "function");

    @Test
    void two_thousand_mutations_end_in_a_summary_or_in_the_typed_exception(@TempDir final Path folder)
            throws Exception {
        final Random random = new Random(42);
        final Path file = folder.resolve("mutated.onnx");
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            final byte[] mutated = mutate(Samples.bytes(MODELS.get(i % MODELS.size())), random);
            final String fromBuffer = outcome(ByteBuffer.wrap(mutated));
            Files.write(file, mutated);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                assertEquals(fromBuffer, outcome(channel), "mutation " + i);
            }
            if (fromBuffer.startsWith("refused")) {
                refused++;
            }
        }
        assertTrue(refused > 500 && refused < 2_000, refused + " of 2000 were refused");
    }

    @Test
    void random_bytes_end_in_the_typed_exception() {
        final Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(400)];
            random.nextBytes(bytes);
            bytes[0] = 0x0b;
            assertThrows(OnnxFormatException.class, () -> OnnxFile.read(ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void no_prefix_of_a_model_passes_the_check() {
        final byte[] whole = Samples.bytes("conv");
        for (int length = 1; length < whole.length; length++) {
            final byte[] part = Arrays.copyOf(whole, length);
            String answer;
            try {
                answer = OnnxPreCheck.check(OnnxFile.read(ByteBuffer.wrap(part)), OnnxLimits.DEFAULT, name -> false)
                        .toString();
            } catch (final OnnxFormatException wrong) {
                answer = wrong.getMessage();
            }
            assertTrue(length < 2 || answer.contains("is truncated"), length + " bytes: " + answer);
        }
    }

    @Test
    void something_else_is_not_an_onnx_file() {
        for (final String text : List.of("hello, I am a text", "{\"json\": true}", "\u0089PNG\r\n\u001a\n", "PK\3\4",
                "<html></html>")) {
            assertEquals(Kind.NOT_ONNX, refusal(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))).kind(),
                    text);
        }
        assertTrue(refusal(ByteBuffer.allocate(0)).getMessage().startsWith("is empty"));
        assertTrue(refusal(ByteBuffer.allocate(100)).getMessage().startsWith("is not an ONNX file"));
    }

    @Test
    void graphs_within_graphs_without_end_are_refused_before_the_stack_is() {
        Proto graph = Proto.message();
        for (int i = 0; i < 3_000; i++) {
            graph = Proto.message().message(1, Proto.message().message(5, Proto.message().message(6, graph)));
        }
        assertEquals(Kind.TOO_DEEP, refusal(Proto.model().message(7, graph).buffer()).kind());
    }

    @Test
    void types_within_types_without_end_are_passed_over() throws Exception {
        Proto type = Proto.message();
        for (int i = 0; i < 3_000; i++) {
            type = Proto.message().message(4, Proto.message().message(1, type));
        }
        final Proto graph = Proto.message().message(11, Proto.message().text(1, "list").message(2, type));
        assertEquals(OnnxValue.Kind.SEQUENCE,
                OnnxFile.read(Proto.model().message(7, graph).buffer()).inputs().get(0).kind());
    }

    @Test
    void a_length_of_two_gigabytes_allocates_nothing() {
        final ByteBuffer bytes = Proto.message().number(1, 8).length(2, Integer.MAX_VALUE).buffer();
        assertTrue(allocated(() -> assertEquals(Kind.TRUNCATED, refusal(bytes).kind())) < 1 << 20);
    }

    @Test
    void a_negative_length_is_refused() {
        assertEquals(Kind.DAMAGED, refusal(Proto.message().number(1, 8).length(7, -1L).text(1, "x").buffer()).kind());
    }

    @Test
    void a_text_of_megabytes_is_refused_unread() {
        final ByteBuffer bytes = Proto.model().bytes(2, new byte[32 << 20]).buffer();
        assertTrue(allocated(() -> assertEquals(Kind.TOO_LARGE, refusal(bytes).kind())) < 1 << 20);
    }

    @Test
    void names_without_end_are_refused() {
        final Proto graph = Proto.message();
        for (int i = 0; i < 200_000; i++) {
            graph.message(11, Proto.message().text(1, "input " + i));
        }
        assertEquals(Kind.TOO_LARGE, refusal(Proto.model().message(7, graph).buffer()).kind());
    }

    @Test
    void a_million_dimensions_are_a_contradiction_and_no_array() throws Exception {
        final Proto tensor = Proto.message().bytes(1, new byte[1_000_000]).number(2, 1).text(8, "w");
        final ByteBuffer bytes = Proto.model().message(7, Proto.message().message(5, tensor)).buffer();
        assertTrue(OnnxFile.read(bytes).contradictions().get(0).startsWith("the constant w has the impossible shape"));
    }

    private static OnnxFormatException refusal(final ByteBuffer bytes) {
        return assertThrows(OnnxFormatException.class, () -> OnnxFile.read(bytes));
    }

    private static String outcome(final ByteBuffer bytes) {
        try {
            return judged(OnnxFile.read(bytes));
        } catch (final OnnxFormatException wrong) {
            return "refused: " + wrong.getMessage();
        }
    }

    private static String outcome(final FileChannel channel) throws Exception {
        try {
            return judged(OnnxFile.read(channel));
        } catch (final OnnxFormatException wrong) {
            return "refused: " + wrong.getMessage();
        }
    }

    private static String judged(final OnnxSummary summary) {
        return summary + " " + OnnxPreCheck.check(summary, OnnxLimits.DEFAULT, name -> false);
    }

    private static byte[] mutate(final byte[] bytes, final Random random) {
        final int changes = 1 + random.nextInt(4);
        byte[] mutated = bytes.clone();
        for (int i = 0; i < changes; i++) {
            final int place = random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> mutated[place] = (byte) random.nextInt();
                case 1 -> mutated[place] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutated[place] = (byte) 0xff;
                case 3 -> mutated = Arrays.copyOf(mutated, 1 + place);
                default -> {
                    final int length = Math.min(random.nextInt(16), mutated.length - place);
                    System.arraycopy(mutated, random.nextInt(mutated.length - length + 1), mutated, place, length);
                }
            }
        }
        return mutated;
    }

    private static long allocated(final Runnable action) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertTrue(threads.isThreadAllocatedMemorySupported(), "this JVM counts allocations");
        final long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
