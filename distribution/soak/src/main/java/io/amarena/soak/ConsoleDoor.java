/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/** The forms and buttons of the page <i>Bundles</i> of the stock Web Console, over HTTP as a browser uses them. */
final class ConsoleDoor implements BundleDoor {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String BOUNDARY = "amarena-soak-7f3a91";
    private static final int OK = 200;
    private static final int REDIRECT = 302;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT).build();
    private final URI bundles;
    private final String authorization;

    /**
     * The console of a gateway on this machine.
     *
     * @param password of its administrator
     */
    ConsoleDoor(final int port, final String password) {
        this.bundles = URI.create("http://127.0.0.1:" + port + "/system/console/bundles");
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A bundle as the console lists it.
     *
     * @param state such as {@code Active}
     */
    record Listed(long id, String symbolicName, String version, String state) {
    }

    @Override
    public String name() {
        return "console";
    }

    /** All bundles, in the order of their numbers: the form updates the first one of a name. */
    List<Listed> list() throws IOException {
        final String text = send(HttpRequest.newBuilder(URI.create(bundles + ".json")).GET());
        final List<Listed> listed = new ArrayList<>();
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            for (final JsonObject bundle : reader.readObject().getJsonArray("data").getValuesAs(JsonObject.class)) {
                listed.add(new Listed(bundle.getInt("id"), bundle.getString("symbolicName", ""),
                        bundle.getString("version", ""), bundle.getString("state", "")));
            }
        }
        listed.sort(Comparator.comparingLong(Listed::id));
        return listed;
    }

    /** Presses a button of one bundle. */
    void press(final Button button, final long bundle) throws IOException {
        send(HttpRequest.newBuilder(URI.create(bundles + "/" + bundle))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("action=" + button.action)));
    }

    /** A button of a bundle. */
    enum Button {
        STOP("stop"), START("start"), UNINSTALL("uninstall");

        private final String action;

        Button(final String action) {
            this.action = action;
        }
    }

    @Override
    public void bring(final Path jar, final Manner manner) throws IOException {
        send(HttpRequest.newBuilder(bundles).header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(form(jar, manner)));
    }

    private static BodyPublisher form(final Path jar, final Manner manner) throws IOException {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        field(body, "action", "install");
        field(body, "bundlestart", "start");
        field(body, "bundlestartlevel", "5");
        switch (manner) {
            case UPDATE_AND_REFRESH -> field(body, "refreshPackages", "refresh");
            case IN_PARALLEL -> field(body, "parallelVersion", "1");
            default -> {
                // The boxes stay empty.
            }
        }
        text(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"bundlefile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n");
        body.write(Files.readAllBytes(jar));
        text(body, "\r\n--" + BOUNDARY + "--\r\n");
        return BodyPublishers.ofByteArray(body.toByteArray());
    }

    private static void field(final ByteArrayOutputStream body, final String name, final String value)
            throws IOException {
        text(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
                + "\r\n");
    }

    private static void text(final ByteArrayOutputStream body, final String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String send(final HttpRequest.Builder request) throws IOException {
        final HttpRequest complete = request.header("Authorization", authorization).timeout(TIMEOUT).build();
        try {
            final HttpResponse<String> response = client.send(complete, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != OK && response.statusCode() != REDIRECT) {
                throw new IOException("The Web Console answered " + response.statusCode() + " to " + complete.method()
                        + ' ' + complete.uri() + ": " + response.body().strip());
            }
            return response.body();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the Web Console was asked", e);
        }
    }
}
