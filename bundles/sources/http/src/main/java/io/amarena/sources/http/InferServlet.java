/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.http;

import io.amarena.api.frame.FrameId;
import io.amarena.api.result.Result;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.lib.results.ResultJson;
import jakarta.json.Json;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a picture per {@code POST} and answers with what every pipeline said about it. No thread waits for a result: the
 * answer is written when the last pipeline is done.
 */
final class InferServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(InferServlet.class);
    private static final int BUFFER = 1 << 14;
    private static final int UNPROCESSABLE = 422;

    private final transient HttpSource source;
    private final transient Limits limits;
    private final transient Semaphore places;
    private final transient ResultJson json = new ResultJson();

    InferServlet(final HttpSource source, final Limits limits) {
        this.source = source;
        this.limits = limits;
        this.places = new Semaphore(limits.maxConcurrent());
    }

    @Override
    protected void doGet(final HttpServletRequest request, final HttpServletResponse response) throws IOException {
        send(response, HttpServletResponse.SC_OK, Json.createObjectBuilder().add("post", "a picture, JPEG or PNG")
                .add("maxBytes", limits.maxBytes()).add("maxConcurrent", limits.maxConcurrent())
                .add("timeoutMs", limits.timeoutMillis()).build().toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void doPost(final HttpServletRequest request, final HttpServletResponse response) throws IOException {
        final String type = request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        if (!type.startsWith("image/") && !type.startsWith("application/octet-stream")) {
            endConnection(response);
            error(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "content-type", "send the picture itself with"
                    + " the Content-Type image/jpeg or image/png, not " + type);
            return;
        }
        if (request.getContentLengthLong() > limits.maxBytes()) {
            tooLarge(response);
            return;
        }
        if (!places.tryAcquire()) {
            endConnection(response);
            busy(response, limits.maxConcurrent() + " pictures are waiting for their results");
            return;
        }
        final Exchange exchange = new Exchange(places);
        try {
            answer(request, response, type, exchange);
        } catch (final IOException | RuntimeException failed) {
            exchange.end();
            throw failed;
        }
    }

    private void answer(final HttpServletRequest request, final HttpServletResponse response, final String type,
            final Exchange exchange) throws IOException {
        final byte[] picture = read(request.getInputStream());
        if (picture == null || picture.length == 0) {
            exchange.end();
            if (picture == null) {
                tooLarge(response);
            } else {
                error(response, HttpServletResponse.SC_BAD_REQUEST, "empty", "the request has no body; send a picture");
            }
            return;
        }
        final AsyncContext context = request.startAsync();
        context.setTimeout(limits.timeoutMillis());
        context.addListener(exchange);
        exchange.begin(context);
        Admission admission;
        try {
            admission = source.offer(picture, type, exchange);
        } catch (final IllegalArgumentException neverFits) {
            exchange.fail(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "too-large", neverFits.getMessage());
            return;
        }
        if (admission == Admission.REFUSED_BUSY) {
            exchange.fail(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "busy", "the pipeline is busy; try again");
        } else if (!admission.accepted()) {
            exchange.fail(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "no-pipeline",
                    "no running pipeline takes pictures of this entrance; configure one");
        }
    }

    /** Null when there is more than allowed. */
    private byte[] read(final InputStream body) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
        final byte[] buffer = new byte[BUFFER];
        int count = body.read(buffer);
        while (count >= 0) {
            if (bytes.size() + count > limits.maxBytes()) {
                return null;
            }
            bytes.write(buffer, 0, count);
            count = body.read(buffer);
        }
        return bytes.toByteArray();
    }

    private void tooLarge(final HttpServletResponse response) throws IOException {
        endConnection(response);
        error(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "too-large", "a picture may have "
                + limits.maxBytes() + " bytes; send it smaller or raise maxBodyMb");
    }

    /** A picture that was refused before it was read is not read: nothing else can follow on its connection. */
    private static void endConnection(final HttpServletResponse response) {
        response.setHeader("Connection", "close");
    }

    private static void busy(final HttpServletResponse response, final String message) throws IOException {
        response.setHeader("Retry-After", "1");
        error(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "busy", message + "; try again");
    }

    private static void error(final HttpServletResponse response, final int status, final String code,
            final String message) throws IOException {
        send(response, status, Json.createObjectBuilder().add("error", Json.createObjectBuilder().add("code", code)
                .add("message", message)).build().toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(final HttpServletResponse response, final int status, final byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** One request from its picture to its answer; whoever comes first, the results or the time, answers it. */
    private final class Exchange implements FrameCompletion, AsyncListener {

        private final Semaphore place;
        private final AtomicBoolean answered = new AtomicBoolean();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Result> results = new ArrayList<>();
        private volatile AsyncContext context;

        Exchange(final Semaphore place) {
            this.place = place;
        }

        void begin(final AsyncContext started) {
            context = started;
        }

        void end() {
            if (ended.compareAndSet(false, true)) {
                place.release();
            }
        }

        void fail(final int status, final String code, final String message) {
            write(response -> {
                if (code.equals("busy")) {
                    response.setHeader("Retry-After", "1");
                }
                error(response, status, code, message);
            });
        }

        @Override
        public void completed(final Result result) {
            synchronized (results) {
                results.add(result);
            }
        }

        @Override
        public void shed(final FrameId frame, final String pipeline) {
            fail(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "busy", "pipeline " + pipeline + " dropped the picture");
        }

        @Override
        public void done() {
            final List<Result> all;
            synchronized (results) {
                all = List.copyOf(results);
            }
            final boolean failed = !all.isEmpty() && all.stream().allMatch(result -> result.failure().isPresent());
            write(response -> send(response, failed ? UNPROCESSABLE : HttpServletResponse.SC_OK, body(all)));
        }

        private byte[] body(final List<Result> all) throws IOException {
            if (all.size() == 1) {
                return json.toBytes(all.get(0));
            }
            final ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write("{\"results\":[".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < all.size(); i++) {
                body.write(i == 0 ? new byte[0] : new byte[] {','});
                body.write(json.toBytes(all.get(i)));
            }
            body.write("]}".getBytes(StandardCharsets.UTF_8));
            return body.toByteArray();
        }

        private void write(final Answer answer) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            try {
                answer.to((HttpServletResponse) context.getResponse());
            } catch (final IOException | RuntimeException gone) {
                LOG.debug("The client did not wait for its answer", gone);
            } finally {
                complete();
            }
        }

        private void complete() {
            try {
                context.complete();
            } catch (final IllegalStateException over) {
                LOG.debug("The request was over already", over);
            } finally {
                end();
            }
        }

        @Override
        public void onTimeout(final AsyncEvent event) {
            fail(HttpServletResponse.SC_GATEWAY_TIMEOUT, "timeout", "there is no result after " + limits.timeoutMillis()
                    + " ms; the picture may still be inspected");
        }

        @Override
        public void onError(final AsyncEvent event) {
            answered.set(true);
            end();
        }

        @Override
        public void onComplete(final AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(final AsyncEvent event) {
            // A request starts once.
        }
    }

    /** Writes an answer. */
    @FunctionalInterface
    private interface Answer {

        void to(HttpServletResponse response) throws IOException;
    }
}
