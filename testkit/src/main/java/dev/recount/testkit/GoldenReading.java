package dev.recount.testkit;

import dev.recount.codec.EventCodec;
import dev.recount.event.NewEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a golden file is read as today still holds what it says. A codec reads tolerantly: a field that is gone is passed over,
 * one that is missing is null. That is where a renamed field and a forgotten upcaster would go unseen.
 */
record GoldenReading<E>(EventCodec<E> codec, GoldenFile file, NewEvent golden, List<E> events) {

    /** What was lost on the way. */
    List<String> problems() {
        return isTodays() ? changed().stream().toList() : missing();
    }

    // Only what would be stored under the same version can be compared with the file.
    private boolean isTodays() {
        return events.size() == 1
                && codec.encode(events.get(0)).version() == file.version()
                && codec.types(classOf(events.get(0))).contains(file.type());
    }

    private Optional<String> changed() {
        String now = codec.encode(events.get(0)).data();
        return now.equals(golden.data())
                ? Optional.empty()
                : Optional.of(
                        file + " is read as something else than its golden file says.\n  golden:  " + golden.data()
                                + "\n  read as: " + now
                                + "\n  Mend the event class; or raise its version and register an upcaster for this one.");
    }

    private List<String> missing() {
        List<String> problems = new ArrayList<>();
        for (E event : events) {
            for (RecordComponent component : components(event)) {
                if (!mayBeNull(component) && isNull(event, component)) {
                    problems.add(file + " is read with nothing in '" + component.getName() + "' of "
                            + event.getClass().getSimpleName() + ". Register an upcaster that leads there from version "
                            + file.version() + ", or mark it @Nullable where it may be missing.");
                }
            }
        }
        return problems;
    }

    private static RecordComponent[] components(Object event) {
        RecordComponent[] components = event.getClass().getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    // Whatever library the annotation is of, and whether it is on the type or on the component.
    private static boolean mayBeNull(RecordComponent component) {
        return Arrays.stream(component.getAnnotatedType().getAnnotations())
                        .anyMatch(mark -> mark.annotationType().getSimpleName().equals("Nullable"))
                || Arrays.stream(component.getAnnotations())
                        .anyMatch(mark -> mark.annotationType().getSimpleName().equals("Nullable"));
    }

    private static boolean isNull(Object event, RecordComponent component) {
        try {
            return component.getAccessor().trySetAccessible()
                    && component.getAccessor().invoke(event) == null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Component " + component + " could not be read.", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E> Class<? extends E> classOf(E event) {
        return (Class<? extends E>) event.getClass();
    }
}
