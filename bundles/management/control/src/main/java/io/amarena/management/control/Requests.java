/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import io.amarena.api.manage.RefusedCommandException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request, a line of JSON such as {@code {"command":"status"}}, by one line of JSON. An answer with the
 * member {@code error} says what was wrong with the request. Never throws. Thread-safe.
 */
final class Requests {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final String COMMAND = "command";
    private static final int SHOWN = 60;
    private static final int MAX_DEPTH = 16;

    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final Map<String, Command> commands;

    /** Answers one kind of request. */
    @FunctionalInterface
    interface Command {

        /**
         * Answers.
         *
         * @param request with the members that the command needs
         * @throws RefusedCommandException when it cannot; the message is the answer
         */
        JsonObject answer(JsonObject request) throws RefusedCommandException;
    }

    Requests(final Map<String, Command> commands) {
        this.commands = Map.copyOf(commands);
    }

    /** The answer, without a line's end. */
    String answer(final String line) {
        try {
            final JsonObject request = request(line);
            return command(request).answer(request).toString();
        } catch (final RefusedRequest | RefusedCommandException refused) {
            return error(refused.getMessage());
        } catch (final RuntimeException e) {
            LOG.error("The request {} could not be answered", shown(line), e);
            return error("The gateway could not answer: " + e + ". Its log says more");
        }
    }

    /** The form of everything that is wrong. */
    static String error(final String message) {
        return ViewJson.JSON.createObjectBuilder().add("error", message).build().toString();
    }

    /** A member of a request that is a text. */
    static String text(final JsonObject request, final String member) throws RefusedCommandException {
        if (request.get(member) instanceof JsonString text) {
            return text.getString();
        }
        throw new RefusedCommandException("The request needs the member " + member + ", a text");
    }

    private JsonObject request(final String line) throws RefusedRequest {
        if (depth(line) > MAX_DEPTH) {
            throw new RefusedRequest("Nested deeper than " + MAX_DEPTH + " levels: " + shown(line) + ". Send "
                    + example());
        }
        final JsonValue value;
        try (JsonReader reader = readers.createReader(new StringReader(line))) {
            value = reader.readValue();
        } catch (final JsonException | IllegalStateException e) {
            throw new RefusedRequest("Not a line of JSON: " + shown(line) + ". Send " + example());
        }
        if (!(value instanceof JsonObject object) || !(object.get(COMMAND) instanceof JsonString)) {
            throw new RefusedRequest("No command in " + shown(line) + ". Send " + example());
        }
        return object;
    }

    private Command command(final JsonObject request) throws RefusedRequest {
        final String name = request.getString(COMMAND);
        final Command command = commands.get(name);
        if (command == null) {
            throw new RefusedRequest("Unknown command " + shown(name) + ". Known are "
                    + String.join(", ", commands.keySet().stream().sorted().toList()));
        }
        return command;
    }

    /** Brackets that are open at the same time, those in texts included: a bound for the reader's recursion. */
    private static int depth(final String line) {
        int depth = 0;
        int deepest = 0;
        for (int at = 0; at < line.length(); at++) {
            final char sign = line.charAt(at);
            if (sign == '[' || sign == '{') {
                deepest = Math.max(deepest, ++depth);
            } else if (sign == ']' || sign == '}') {
                depth--;
            }
        }
        return deepest;
    }

    private static String example() {
        return "{\"command\":\"status\"}";
    }

    private static String shown(final String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "... (" + text.length() + " characters)";
    }

    /** A request that has no answer; the message says why. */
    private static final class RefusedRequest extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedRequest(final String message) {
            super(message, null, false, false);
        }
    }
}
