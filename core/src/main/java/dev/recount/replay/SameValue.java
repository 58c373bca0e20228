package dev.recount.replay;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether two values are the same: by {@code equals}, and numbers by what they are worth, whoever wrote them. */
final class SameValue {

    private SameValue() {}

    static boolean of(@Nullable Object one, @Nullable Object other) {
        if (Objects.equals(one, other)) {
            return true;
        }
        if (one instanceof Number number && other instanceof Number another) {
            return ofNumbers(number, another);
        }
        if (one instanceof List<?> list && other instanceof List<?> another) {
            return ofLists(list, another);
        }
        return one instanceof Map<?, ?> map && other instanceof Map<?, ?> another && ofMaps(map, another);
    }

    private static boolean ofNumbers(Number one, Number other) {
        try {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        } catch (NumberFormatException notFinite) {
            return false;
        }
    }

    private static boolean ofLists(List<?> one, List<?> other) {
        boolean same = one.size() == other.size();
        Iterator<?> others = other.iterator();
        for (Iterator<?> ones = one.iterator(); same && ones.hasNext(); ) {
            same = of(ones.next(), others.next());
        }
        return same;
    }

    private static boolean ofMaps(Map<?, ?> one, Map<?, ?> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(entry -> of(entry.getValue(), other.get(entry.getKey())));
    }
}
