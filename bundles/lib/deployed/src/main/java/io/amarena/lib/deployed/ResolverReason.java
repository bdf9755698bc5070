/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what the framework says about a bundle that does not resolve into a sentence that names what is missing and to
 * whom. Where bundles miss each other in a chain, the last link is the cause.
 */
public final class ResolverReason {

    private static final Pattern MISSING =
            Pattern.compile("missing requirement \\[(?<bundle>\\S+) \\[[^\\]]*\\]\\([^)]*\\)\\] "
                    + "(?<namespace>[^;\\s]+); (?<filter>\\()");
    private static final Pattern TERM = Pattern.compile("\\((?<key>[^=<>()!&|]+)=(?<value>[^()]*)\\)");
    private static final Pattern FROM = Pattern.compile("\\(version>=(?<version>[^)]*)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=(?<version>[^)]*)\\)\\)");

    private ResolverReason() {
    }

    /** The reason; the message itself where it has another form. */
    public static String of(final String message) {
        if (message == null) {
            return "it cannot be resolved";
        }
        final Matcher missing = MISSING.matcher(message);
        String reason = message.replace('\n', ' ');
        while (missing.find()) {
            reason = sentence(missing.group("bundle"), missing.group("namespace"),
                    balanced(message, missing.start("filter")));
        }
        return reason;
    }

    private static String balanced(final String text, final int from) {
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == '(') {
                depth++;
            } else if (text.charAt(at) == ')' && --depth == 0) {
                return text.substring(from, at + 1);
            }
        }
        return text.substring(from);
    }

    private static String sentence(final String bundle, final String namespace, final String filter) {
        final StringBuilder text = new StringBuilder(bundle).append(" needs ").append(switch (namespace) {
            case "osgi.wiring.package" -> "the package ";
            case "osgi.wiring.bundle", "osgi.wiring.host" -> "the bundle ";
            case "osgi.ee" -> "the Java version ";
            default -> "the capability " + namespace + ' ';
        });
        final Matcher term = TERM.matcher(filter);
        if (!term.find()) {
            text.append(filter);
        } else if (term.group("key").equals(namespace)) {
            text.append(term.group("value"));
        } else {
            text.append(term.group("key")).append('=').append(term.group("value"));
        }
        final Matcher below = BELOW.matcher(filter);
        final Matcher from = FROM.matcher(BELOW.matcher(filter).replaceAll(""));
        if (from.find()) {
            text.append(", version ").append(from.group("version")).append(" or later");
            if (below.find()) {
                text.append(" but below ").append(below.group("version"));
            }
        }
        return text.append(", and no bundle provides it. Install one that does, or another version of ")
                .append(bundle).toString();
    }
}
