package dev.recount.examples.cli.model;

import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Models from a jar of an application. It stays open while they are used. Thread-safe.
 *
 * <p>Recount's own classes are always those of the command line, also where the jar holds them, too.
 */
public final class ModelJar implements AutoCloseable {

    private final Path jar;
    private final URLClassLoader classes;

    private ModelJar(Path jar, URLClassLoader classes) {
        this.jar = jar;
        this.classes = classes;
    }

    /**
     * Opens a jar, or a folder of classes.
     *
     * @throws ModelNotUsable where there is none
     */
    public static ModelJar open(Path jar) {
        if (!Files.exists(jar)) {
            throw new ModelNotUsable("There is no jar at " + jar + ". Give the jar that holds the model.", null);
        }
        try {
            URL url = jar.toUri().toURL();
            return new ModelJar(jar, new URLClassLoader(new URL[] {url}, ModelJar.class.getClassLoader()));
        } catch (MalformedURLException e) {
            throw new ModelNotUsable(jar + " is no path of a jar. Give the jar that holds the model.", e);
        }
    }

    /**
     * The model of that class: a {@link Model}, or a {@link Projector} whose events are a sealed interface of records.
     *
     * @throws ModelNotUsable where the class is neither, or cannot be made
     */
    public Model<?, ?> model(String className) {
        Object made = instance(className);
        if (made instanceof Model<?, ?> model) {
            return model;
        }
        if (made instanceof Projector<?, ?> projector) {
            return projected(projector);
        }
        throw new ModelNotUsable(
                className + " in " + jar + " is neither a Projector nor a Model. Name a class that is one.", null);
    }

    /**
     * The decider of that class.
     *
     * @throws ModelNotUsable where the class is none, or cannot be made
     */
    public Decider<?, ?, ?> decider(String className) {
        if (instance(className) instanceof Decider<?, ?, ?> decider) {
            return decider;
        }
        throw new ModelNotUsable(className + " in " + jar + " is no Decider. Name a class that is one.", null);
    }

    @Override
    public void close() {
        try {
            classes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object instance(String className) {
        try {
            return classes.loadClass(className).getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new ModelNotUsable(
                    "There is no class " + className + " in " + jar
                            + ". Give its full name, such as com.acme.BoardProjector.",
                    e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ModelNotUsable(className + " in " + jar + " cannot be made: " + reason(e) + ". " + advice(e), e);
        }
    }

    private static String reason(Throwable e) {
        if (e instanceof NoSuchMethodException) {
            return "it has no such constructor";
        }
        if (e instanceof InstantiationException) {
            return "it is abstract";
        }
        if (e instanceof IllegalAccessException) {
            return "it is not public";
        }
        return e instanceof InvocationTargetException thrown
                ? "its constructor threw " + thrown.getCause()
                : "it does not load, " + e;
    }

    private static String advice(Throwable e) {
        if (e instanceof InvocationTargetException) {
            return "Mend it: a model is made without parameters, and without the rest of its application.";
        }
        return e instanceof LinkageError
                ? "Give a jar that holds all the classes that it needs."
                : "Make it public, with a public constructor without parameters.";
    }

    // The class of the events was found by reflection, so the compiler cannot know that it is the projector's.
    @SuppressWarnings("unchecked")
    private static <S, E> Model<S, E> projected(Projector<S, E> projector) {
        Class<?> events = TypeArgument.eventsOf(projector)
                .orElseThrow(() -> new ModelNotUsable(
                        projector.getClass().getName() + " does not say of which events it is."
                                + " Implement Projector<State, Event> with a class of events, or implement Model.",
                        null));
        try {
            return new ProjectedModel<>(projector, (EventCodec<E>) JacksonCodec.of(events));
        } catch (IllegalArgumentException e) {
            throw new ModelNotUsable(e.getMessage() + " Or implement Model, which brings its codec.", e);
        }
    }
}
