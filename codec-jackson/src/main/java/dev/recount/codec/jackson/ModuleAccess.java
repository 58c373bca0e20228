package dev.recount.codec.jackson;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Modifier;

/** Whether Jackson may reach a class that lives in a named module. */
final class ModuleAccess {

    private static final Module JACKSON = ObjectMapper.class.getModule();

    private ModuleAccess() {}

    /** Refuses a class that its module keeps closed, and names the line to add. */
    static void require(Class<?> type) {
        Module module = type.getModule();
        String packageName = type.getPackageName();
        boolean reachable = isPublic(type) && module.isExported(packageName, JACKSON);
        if (!reachable && !module.isOpen(packageName, JACKSON)) {
            throw new IllegalArgumentException("Module " + module.getName() + " does not let Jackson reach "
                    + type.getName() + ". Add to its module-info: opens " + packageName
                    + " to com.fasterxml.jackson.databind;");
        }
    }

    // A public record has a public constructor and public accessors; any other class is reached through its fields too.
    private static boolean isPublic(Class<?> type) {
        boolean withMembers = type.isRecord() || type.isEnum();
        for (Class<?> at = type; at != null; at = at.getDeclaringClass()) {
            withMembers &= Modifier.isPublic(at.getModifiers());
        }
        return withMembers;
    }
}
