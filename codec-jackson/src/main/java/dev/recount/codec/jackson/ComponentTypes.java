package dev.recount.codec.jackson;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;

/** Refuses classes whose values could be written as JSON, but not read back as what they were. */
final class ComponentTypes {

    private static final Set<Class<?>> ABSTRACT_YET_READABLE =
            Set.of(ZoneId.class, Path.class, Charset.class, TimeZone.class);

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private static final Set<Class<?>> HARMLESS =
            Set.of(JsonProperty.class, JsonFormat.class, JsonAlias.class, JsonIgnore.class, JsonInclude.class);

    private final ObjectMapper mapper;
    private final Set<JavaType> seen = new HashSet<>();
    private boolean saysMore;

    ComponentTypes(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Refuses an event class that Jackson cannot reach, write or read in full. */
    void require(Class<?> eventClass) {
        require(mapper.constructType(eventClass));
    }

    /** Refuses a type that Jackson cannot reach, write or read in full. */
    void require(JavaType type) {
        check(type, type.toCanonical());
        new Deserializers(mapper, false).of(type);
    }

    private void check(JavaType type, String where) {
        Class<?> raw = type.getRawClass();
        if (!seen.add(type)) {
            return;
        }
        saysMore |= saysMore(raw);
        if (bringsItsOwnMapping(raw)) {
            return;
        }
        if (type.isReferenceType()) {
            checkOptional(type, where);
        } else if (type.isContainerType()) {
            checkContainer(type, where);
        } else if (raw.isRecord()) {
            ModuleAccess.require(raw);
            properties(type).forEach(property -> check(property.getPrimaryType(), where(where, property)));
        } else if (raw.isEnum()) {
            ModuleAccess.require(raw);
        } else if (isOpen(raw)) {
            throw refusal(
                    type,
                    where,
                    "its values may be of other classes. Use a record, an enum or a final class, "
                            + "and collections with the type of their elements.");
        } else if (!isOfJava(raw)) {
            checkFinalClass(type, where);
        }
    }

    private void checkOptional(JavaType type, String where) {
        if (!OPTIONALS.contains(type.getRawClass()) || type.getContentType().isReferenceType()) {
            throw refusal(type, where, "an empty one inside would be lost. Use one optional of a value.");
        }
        check(type.getContentType(), where);
    }

    private void checkContainer(JavaType type, String where) {
        if (!isOfJava(type.getRawClass()) && !type.isArrayType()) {
            throw refusal(type, where, "it is a collection of its own kind. Use one of java.util.");
        }
        if (type.getKeyType() != null) {
            check(type.getKeyType(), where);
        }
        check(type.getContentType(), where);
    }

    private void checkFinalClass(JavaType type, String where) {
        ModuleAccess.require(type.getRawClass());
        List<BeanPropertyDefinition> properties = properties(type);
        for (BeanPropertyDefinition property : properties) {
            if (!property.couldDeserialize()) {
                throw refusal(type, where, property.getName() + " can be written only. Use a record.");
            }
            check(property.getPrimaryType(), where(where, property));
        }
        if (properties.isEmpty() && hasState(type.getRawClass())) {
            throw refusal(type, where, "none of its fields can be written. Use a record.");
        }
    }

    private List<BeanPropertyDefinition> properties(JavaType type) {
        BeanDescription description = mapper.getSerializationConfig().introspect(type);
        return description.findProperties();
    }

    // A class with annotations of Jackson's says itself how it is read, whatever it is.
    private static boolean bringsItsOwnMapping(Class<?> raw) {
        return isOfJackson(raw)
                || Arrays.stream(raw.getAnnotations()).anyMatch(annotation -> isOfJackson(annotation.annotationType()));
    }

    /** Refuses types that were found anywhere in what was required. */
    void requireNoneOf(Class<?>... unwanted) {
        for (JavaType type : seen) {
            for (Class<?> one : unwanted) {
                if (type.isTypeOrSubTypeOf(one)) {
                    throw refusal(
                            type,
                            "A state",
                            "its order may be that of a comparator, which would be lost. Use a map or a set.");
                }
            }
        }
    }

    /** Whether any of them has annotations of Jackson's that may make reading one value depend on another. */
    boolean saysMore() {
        return saysMore;
    }

    private static boolean saysMore(Class<?> raw) {
        return bringsItsOwnMapping(raw)
                || Stream.of(raw.getDeclaredFields(), raw.getDeclaredMethods(), raw.getDeclaredConstructors())
                        .flatMap(Arrays::stream)
                        .flatMap(member -> Arrays.stream(member.getAnnotations()))
                        .map(Annotation::annotationType)
                        .anyMatch(annotation -> isOfJackson(annotation) && !HARMLESS.contains(annotation));
    }

    static boolean isOfJackson(Class<?> type) {
        return type.getName().startsWith("com.fasterxml.jackson.");
    }

    private static boolean isOfJava(Class<?> raw) {
        return raw.isPrimitive() || raw.getName().startsWith("java.");
    }

    private static boolean isOpen(Class<?> raw) {
        if (isOfJava(raw)) {
            return raw == Object.class
                    || (!raw.isPrimitive()
                            && Modifier.isAbstract(raw.getModifiers())
                            && !ABSTRACT_YET_READABLE.contains(raw));
        }
        return !Modifier.isFinal(raw.getModifiers());
    }

    private static boolean hasState(Class<?> raw) {
        return Arrays.stream(raw.getDeclaredFields()).anyMatch(field -> !Modifier.isStatic(field.getModifiers()));
    }

    private static String where(String where, BeanPropertyDefinition property) {
        return where + "." + property.getName();
    }

    private static IllegalArgumentException refusal(JavaType type, String where, String why) {
        return new IllegalArgumentException(
                where + " of type " + type.toCanonical() + " could not be read back from JSON: " + why);
    }
}
