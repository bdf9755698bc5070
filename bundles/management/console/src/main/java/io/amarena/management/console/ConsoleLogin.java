/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Web Console asks before every request: one administrator, HTTP Basic, no requests from other sites, and
 * patience with wrong passwords.
 *
 * <p>The framework property {@code felix.webconsole.security.providers=amarena} keeps the console closed until this
 * service is there, and its built-in user out.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=" + ConsoleLogin.ID)
public final class ConsoleLogin implements SecurityProvider {

    /** Id of this provider. */
    static final String ID = "amarena";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleLogin.class);
    private static final String CHALLENGE = "Basic realm=\"Amarena\", charset=\"UTF-8\"";
    private static final int TOO_MANY_REQUESTS = 429;

    private final AdministratorFile file;
    private final LoginCheck login;
    private volatile boolean loggedIn;

    @Activate
    public ConsoleLogin(final BundleContext context) throws IOException {
        final String data = context.getProperty("amarena.data");
        if (data == null) {
            throw new IOException("The Web Console stays closed: the framework property amarena.data is not set, so "
                    + "there is no place for the administrator's account. Start with bin/amarena");
        }
        final SecureRandom random = new SecureRandom();
        this.file = new AdministratorFile(Path.of(data, "console"), random, PasswordHash.ITERATIONS);
        try {
            this.login = new LoginCheck(file.open(), new LoginThrottle(System::nanoTime), random);
        } catch (final IOException e) {
            LOG.error("The Web Console stays closed: {}", e.getMessage());
            throw e;
        }
        if (Files.exists(file.passwordFile())) {
            LOG.info("Web Console: user {}; until the first login, the password is in {}", AdministratorFile.USER,
                    file.passwordFile());
        }
    }

    @Override
    public Object authenticate(final HttpServletRequest request, final HttpServletResponse response) {
        if (!SameOrigin.allows(request.getMethod(), request.getScheme(), request.getHeader("Host"),
                request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"))) {
            LOG.warn("Refused {} {} which the web site {} made a browser send", request.getMethod(),
                    request.getRequestURI(), request.getHeader("Origin"));
            say(response, HttpServletResponse.SC_FORBIDDEN,
                    "The request comes from another web site and was not carried out");
            return null;
        }
        final String address = String.valueOf(request.getRemoteAddr());
        return switch (login.check(BasicCredentials.of(request.getHeader("Authorization")), address)) {
            case WELCOME -> welcome();
            case WRONG -> {
                response.setHeader("WWW-Authenticate", CHALLENGE);
                say(response, HttpServletResponse.SC_UNAUTHORIZED, "User or password are missing or wrong");
                yield null;
            }
            case TOO_MANY -> {
                final long seconds = login.wait(address).toSeconds() + 1;
                response.setHeader("Retry-After", String.valueOf(seconds));
                say(response, TOO_MANY_REQUESTS, "Too many wrong passwords. Try again in " + seconds + " s");
                yield null;
            }
        };
    }

    private Object welcome() {
        if (!loggedIn) {
            loggedIn = true;
            try {
                file.forgetPassword();
            } catch (final IOException e) {
                LOG.warn("Delete {}: it holds the password in plain text ({})", file.passwordFile(), e.toString());
            }
        }
        return AdministratorFile.USER;
    }

    /** There is one user, who may do everything. */
    @Override
    public boolean authorize(final Object user, final String role) {
        return AdministratorFile.USER.equals(user);
    }

    /** A browser forgets Basic credentials when they are refused. */
    @Override
    public void logout(final HttpServletRequest request, final HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", CHALLENGE);
        say(response, HttpServletResponse.SC_UNAUTHORIZED, "You are logged out");
    }

    private static void say(final HttpServletResponse response, final int status, final String text) {
        try {
            response.setStatus(status);
            response.setContentType("text/plain;charset=UTF-8");
            response.getOutputStream().write((text + '\n').getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        } catch (final IOException e) {
            LOG.debug("The client did not wait for its answer: {}", e.toString());
        }
    }
}
