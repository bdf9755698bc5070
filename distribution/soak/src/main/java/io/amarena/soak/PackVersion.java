/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

/** A version of a pack: major, minor and micro. */
record PackVersion(int major, int minor, int micro) implements Comparable<PackVersion> {

    private static final int PARTS = 3;

    static PackVersion parse(final String text) {
        final String[] parts = text.split("\\.");
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("A version of the soak has three numbers, not " + text);
        }
        return new PackVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public int compareTo(final PackVersion other) {
        final int majors = Integer.compare(major, other.major);
        final int minors = Integer.compare(minor, other.minor);
        return majors != 0 ? majors : minors != 0 ? minors : Integer.compare(micro, other.micro);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro;
    }
}
