/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

/** The rules for what outlives its bundle, as {@code io.amarena.api.stage.PreprocessorFactory} states them. */
public enum StageRule {

    /** Everything from the bundle is read in {@code create}. */
    RESOURCES_ARE_READ_IN_CREATE("create reads every resource that the instance will ever need"),
    /** All classes are there when the bundle has been loaded once. */
    CLASSES_ARE_THERE("the instance needs no class that is not in its bundle or was not loaded"),
    /** Nothing of the framework stays in the instance. */
    NO_FRAMEWORK_OBJECT_IS_KEPT("the instance keeps no bundle context, bundle, service reference or bundle URL"),
    /** Neither the factory nor what it was given for {@code create}. */
    NO_FACTORY_IS_KEPT("the instance keeps no reference to its factory or to the context of create"),
    /** The same frame gives the same answer, whether the bundle is there or not. */
    ANSWERS_STAY_THE_SAME("the instance answers the same when its bundle has gone, in several threads as well"),
    /** A frame may run a second time. */
    INPUTS_ARE_NOT_CHANGED("the instance does not change what it reads"),
    /** The close path works when the bundle has gone, and twice. */
    CLOSE_WORKS_WITHOUT_THE_BUNDLE("close works when the bundle has gone, and again after that"),
    /** No thread is left. */
    THREADS_END_IN_CLOSE("the threads of the instance end in close");

    private final String text;

    StageRule(final String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }

    /** A rule that was broken, and how. */
    public record Breach(StageRule rule, String how) {

        @Override
        public String toString() {
            return "broken: " + rule + " (" + how + ")";
        }
    }
}
