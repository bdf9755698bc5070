/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.amarena.api.backend.Backend;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.backend.Device;
import io.amarena.api.backend.DeviceKind;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.backend.Support;
import io.amarena.api.model.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs ONNX models with ONNX Runtime on the processor. Thread-safe; sessions outlive it.
 */
@Component(immediate = true, configurationPid = OnnxRuntimeBackend.PID,
        property = Backend.NAME + '=' + OnnxRuntimeBackend.NAME)
@Designate(ocd = OnnxRuntimeConfig.class)
public final class OnnxRuntimeBackend implements Backend {

    /** PID of the settings. */
    static final String PID = "io.amarena.backends.onnxruntime";

    /** Value of {@link Backend#NAME}. */
    static final String NAME = "onnxruntime";

    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeBackend.class);
    private static final String TELEMETRY = "ORT_DISABLE_TELEMETRY";

    private final OnnxRuntimeConfig config;
    private final Processor processor;
    private final OrtEnvironment environment;
    private final Device cpu;

    /**
     * Loads ONNX Runtime, unless another backend of this process did.
     *
     * @throws IllegalStateException when its native library cannot be loaded here
     */
    @Activate
    public OnnxRuntimeBackend(final OnnxRuntimeConfig config) {
        this(config, Processor.ofThisMachine());
    }

    OnnxRuntimeBackend(final OnnxRuntimeConfig config, final Processor processor) {
        this.config = config;
        this.processor = processor;
        this.environment = environment();
        this.cpu = Device.of("cpu", DeviceKind.CPU).withDescription(processor.description())
                .withPrecisions(processor.precisions());
        if (System.getenv(TELEMETRY) == null) {
            LOG.warn("{} is not set. ONNX Runtime {} sends nothing, but later versions do unless the variable is set "
                    + "before the gateway starts; set it to 1 in the start script", TELEMETRY,
                    environment.getVersion());
        }
        LOG.info("ONNX Runtime {} on {}", environment.getVersion(), cpu.description());
    }

    /** One environment lives as long as the process, always with the same name and level. */
    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "amarena");
        } catch (final LinkageError | RuntimeException unloadable) {
            throw new IllegalStateException("ONNX Runtime cannot be loaded on " + System.getProperty("os.name") + ' '
                    + System.getProperty("os.arch") + ": " + unloadable + ". It needs Linux on x86-64 or aarch64 with "
                    + "glibc 2.27 or later", unloadable);
        }
    }

    @Override
    public List<Device> devices() {
        return List.of(cpu);
    }

    @Override
    public Support supports(final Model model, final Device device) {
        if (!device.id().equals(cpu.id())) {
            return Support.no("The backend " + NAME + " has the device " + cpu + " and not " + device);
        }
        final String file = model.descriptor().file();
        if (!file.toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            return Support.no("The backend " + NAME + " runs .onnx files, and the model's file is " + file);
        }
        return Support.yes();
    }

    @Override
    public Session open(final Model model, final Device device, final SessionOptions options)
            throws BackendException {
        final Support support = supports(model, device);
        if (!support.supported()) {
            throw new BackendException(Code.MODEL_REFUSED, "Model " + model.id() + ": " + support.reason());
        }
        final SessionPlan plan = SessionPlan.decide(config, options, model, processor);
        final String file = model.descriptor().file();
        final ByteBuffer bytes = bytes(model, file);
        if (OptimisedGraph.isWorthIt(model.descriptor().precision(), bytes.remaining())) {
            final Optional<Session> told = openAndTell(model, plan, bytes);
            if (told.isPresent()) {
                return told.get();
            }
        }
        try {
            return new OnnxSession(load(model, plan, bytes, Optional.empty()), plan, Optional.empty());
        } catch (final OrtException refused) {
            throw Failures.whenOpening(model.id(), file, refused);
        }
    }

    /** Opens a model and finds out which kernels it got; empty when that is not possible, for whatever reason. */
    private Optional<Session> openAndTell(final Model model, final SessionPlan plan, final ByteBuffer bytes)
            throws BackendException {
        final Optional<OptimisedGraph> file = OptimisedGraph.file();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (OptimisedGraph graph = file.get()) {
            return Optional.of(new OnnxSession(load(model, plan, bytes, file), plan, graph.coverage()));
        } catch (final OrtException refused) {
            LOG.debug("Model {} does not open with its graph written out; it is opened without", model.id(), refused);
            return Optional.empty();
        }
    }

    private OpenModel load(final Model model, final SessionPlan plan, final ByteBuffer bytes,
            final Optional<OptimisedGraph> graph) throws BackendException, OrtException {
        try (OrtSession.SessionOptions nativeOptions = new OrtSession.SessionOptions()) {
            plan.applyTo(nativeOptions, model);
            if (graph.isPresent()) {
                nativeOptions.setOptimizedModelFilePath(graph.get().path().toString());
            }
            return OpenModel.of(model.id(), environment, environment.createSession(bytes.duplicate(), nativeOptions));
        }
    }

    private static ByteBuffer bytes(final Model model, final String file) throws BackendException {
        try {
            final ByteBuffer bytes = model.bytes();
            if (bytes.remaining() == 0) {
                throw new BackendException(Code.MODEL_REFUSED, "The file " + file + " of model " + model.id()
                        + " is empty; build the pack again");
            }
            return bytes;
        } catch (final IOException unreadable) {
            throw new BackendException(Code.MODEL_REFUSED, "The file " + file + " of model " + model.id()
                    + " cannot be read: " + unreadable, unreadable);
        }
    }
}
