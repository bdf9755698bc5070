/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.PipelineView;
import io.amarena.api.manage.SettingsView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Dictionary;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.service.cm.ConfigurationAdmin;

/** Settings in the real container: what is edited applies live, what is wrong is refused and told. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SettingsIT {

    private static final String FILE = "io.amarena.pipeline~line.json";
    private static final String GOOD = "{\"source\": \"nowhere\", \"model\": \"surface-inspection\"}";

    @Inject
    @Filter(timeout = 30_000)
    private GatewayView gateway;

    @Inject
    @Filter(timeout = 30_000)
    private SettingsView settings;

    @Inject
    @Filter(timeout = 30_000)
    private ConfigurationAdmin admin;

    @Configuration
    public Option[] configuration() {
        return new Distribution("settings").settings("io.amarena.pipeline~line", GOOD)
                .options("features", "features/demo");
    }

    @Test
    public void an_invalid_edit_is_refused_with_its_reason_and_the_last_good_settings_stay() throws Exception {
        serving();
        write("{\"source\": \"nowhere\", \"model\": \"surface-inspection\", \"overload\": \"sometimes\"}");
        await("the problem is told", () -> settings.problems().stream().anyMatch(problem ->
                problem.key().equals("overload") && problem.message().contains(FILE)));
        write("{\"source\": ");
        await("the broken file is told", () -> settings.problems().stream().anyMatch(problem ->
                problem.pid().equals("io.amarena.pipeline~line") && problem.message().contains("line")));
        write("{\"source\": \"nowhere\", \"model\": \"surface-inspection\", \"modell\": \"x\"}");
        await("the unknown key is told", () -> settings.problems().stream().anyMatch(problem ->
                problem.message().contains("did you mean")));
        assertEquals("surface-inspection", line().model());
        write(GOOD);
        await("nothing is wrong any more", () -> settings.problems().isEmpty());
    }

    @Test
    public void a_change_in_config_admin_is_written_to_its_file_and_a_wrong_one_is_put_back() throws Exception {
        serving();
        change("source", "elsewhere");
        await("it is in force", () -> line().source().equals("elsewhere"));
        await("it is in the file", () -> read().contains("elsewhere"));
        change("overload", "never");
        await("it is put back", () -> !"never".equals(property("overload")));
        assertTrue(read(), read().contains("elsewhere"));
        write(GOOD);
        await("the file is in force", () -> line().source().equals("nowhere"));
    }

    @Test
    public void a_deleted_file_takes_its_pipeline_away_and_a_new_one_brings_it_back() throws Exception {
        serving();
        Files.delete(file());
        await("it is gone", () -> gateway.pipelines().isEmpty());
        write(GOOD);
        serving();
    }

    private void serving() throws InterruptedException {
        await("the pipeline serves", () -> gateway.pipelines().stream().anyMatch(view ->
                view.state() == PipelineView.State.SERVING));
    }

    private PipelineView line() {
        return gateway.pipelines().stream().filter(view -> view.name().equals("line")).findFirst().orElseThrow();
    }

    private org.osgi.service.cm.Configuration held() throws IOException {
        return admin.getFactoryConfiguration("io.amarena.pipeline", "line", "?");
    }

    private void change(final String key, final String value) throws IOException {
        final Dictionary<String, Object> properties = held().getProperties();
        properties.put(key, value);
        held().update(properties);
    }

    private Object property(final String key) {
        try {
            return held().getProperties().get(key);
        } catch (final IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Path file() {
        return Path.of(System.getProperty("amarena.test.work")).resolve("configs").resolve(FILE);
    }

    private static String read() {
        try {
            return Files.readString(file());
        } catch (final IOException failed) {
            return "";
        }
    }

    private static void write(final String text) throws IOException {
        final Path half = file().resolveSibling(".half");
        Files.writeString(half, text);
        Files.move(half, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue("did not happen: " + what + "; " + settings.problems() + gateway.pipelines(),
                    System.nanoTime() < until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
