package dev.recount.store.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of a read model, in which names in braces stand for its own tables. Braces inside literals, quoted names and
 * comments are left alone. Immutable.
 */
public final class SqlText {

    private static final Pattern PART = Pattern.compile(
            "(?<skipped>\\s+|--[^\\n]*|/\\*.*?\\*/|'[^']*'|\"[^\"]*\"|`[^`]*`|\\[[^\\]]*\\])"
                    + "|\\{(?<braced>[^{}]*)\\}|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)|(?<other>.)",
            Pattern.DOTALL);
    private static final Set<String> BEFORE_TABLE =
            Set.of("from", "join", "into", "update", "table", "references", "in");
    private static final Set<String> AFTER_FROM = Set.of(
            "where",
            "group",
            "having",
            "window",
            "order",
            "limit",
            "union",
            "intersect",
            "except",
            "select",
            "set",
            "values",
            "returning");
    private static final Set<String> BETWEEN =
            Set.of("or", "rollback", "abort", "replace", "fail", "ignore", "if", "not", "exists", "main");

    private final String sql;
    private final List<Part> parts = new ArrayList<>();

    private SqlText(String sql) {
        this.sql = sql;
    }

    private enum Kind {
        BRACED,
        QUOTED,
        WORD,
        OTHER
    }

    private record Part(Kind kind, String text, int start, int end) {

        boolean is(String symbol) {
            return kind == Kind.OTHER && text.equals(symbol);
        }

        String lower() {
            return kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : "";
        }

        String name() {
            return kind == Kind.QUOTED ? text.toLowerCase(Locale.ROOT) : lower();
        }
    }

    public static SqlText of(String sql) {
        SqlText text = new SqlText(sql);
        Matcher matcher = PART.matcher(sql);
        while (matcher.find()) {
            if (matcher.group("skipped") == null) {
                text.parts.add(part(matcher));
            } else if (!matcher.group().isBlank()) {
                text.parts.add(quoted(matcher));
            }
        }
        return text;
    }

    // A comment or a literal is no name.
    private static Part quoted(Matcher matcher) {
        String text = matcher.group();
        boolean isName = "\"`[".indexOf(text.charAt(0)) >= 0;
        String name = isName ? text.substring(1, text.length() - 1) : "";
        return new Part(isName ? Kind.QUOTED : Kind.OTHER, name, matcher.start(), matcher.end());
    }

    private static Part part(Matcher matcher) {
        String braced = matcher.group("braced");
        if (braced != null) {
            return new Part(Kind.BRACED, braced.strip(), matcher.start(), matcher.end());
        }
        Kind kind = matcher.group("word") != null ? Kind.WORD : Kind.OTHER;
        return new Part(kind, matcher.group(), matcher.start(), matcher.end());
    }

    /** The statement with other names in place of those in braces. */
    public String with(UnaryOperator<String> names) {
        return with(names, false);
    }

    /**
     * The same.
     *
     * @param keepsReferenced whether a table that is referenced keeps its plain name
     */
    String with(UnaryOperator<String> names, boolean keepsReferenced) {
        StringBuilder real = new StringBuilder();
        int copied = 0;
        String before = "";
        for (Part part : parts) {
            if (part.kind() == Kind.BRACED) {
                real.append(sql, copied, part.start());
                String name = names.apply(part.text());
                // No statement renames what a foreign key says, so it says what the table is called in the end.
                real.append(keepsReferenced && before.equals("references") ? OwnNames.quoted(part.text()) : name);
                copied = part.end();
            }
            before = part.lower();
        }
        return real.append(sql, copied, sql.length()).toString();
    }

    /** The word at a place, in lower case; an empty text where there is something else. */
    public String word(int place) {
        return place >= 0 && place < parts.size() ? parts.get(place).lower() : "";
    }

    /** The name in braces at a place; an empty text where there is something else. */
    String braced(int place) {
        boolean there = place < parts.size() && parts.get(place).kind() == Kind.BRACED;
        return there ? parts.get(place).text() : "";
    }

    /** Whether something follows the first statement; SQLite would not look at it. */
    boolean goesOnAfterItsEnd() {
        boolean ended = false;
        for (Part part : parts) {
            if (ended && !part.is(";") && !part.is("")) {
                return true;
            }
            ended |= part.is(";");
        }
        return false;
    }

    /** Whether a name in braces stands before a column: {@code {bead}.id}. */
    boolean hasQualifiedColumn() {
        for (int i = 1; i < parts.size(); i++) {
            if (parts.get(i).is(".") && parts.get(i - 1).kind() == Kind.BRACED) {
                return true;
            }
        }
        return false;
    }

    /** How many names stand in braces. */
    long countBraced() {
        return parts.stream().filter(part -> part.kind() == Kind.BRACED).count();
    }

    /** Those of the names, in lower case, that are written without braces where a table stands. */
    List<String> unbraced(Set<String> names, boolean inSchema) {
        List<String> found = new ArrayList<>();
        Set<String> common = commonTables();
        Set<String> aliases = aliases();
        aliases.addAll(common);
        Deque<Boolean> tables = new ArrayDeque<>(List.of(false));
        boolean table = false;
        for (int i = 0; i < parts.size(); i++) {
            String word = parts.get(i).lower();
            String name = parts.get(i).name();
            boolean qualifies = i + 1 < parts.size() && parts.get(i + 1).is(".") && !aliases.contains(name);
            boolean isOfFile = table && !(common.contains(name) && isReadAt(i));
            if (names.contains(name) && (isOfFile || qualifies)) {
                found.add(parts.get(i).text());
            }
            boolean goesOn = table && (BETWEEN.contains(word) || parts.get(i).is("."));
            boolean listed = isListed(i, tables);
            boolean before = BEFORE_TABLE.contains(word)
                    && !(word.equals("from") && word(i - 1).equals("distinct"));
            table = goesOn || listed || before || (inSchema && word.equals("on"));
        }
        return found;
    }

    /**
     * Whether another table of a list may follow: FROM {bead}, {other}.
     *
     * @param tables for each open parenthesis, the innermost first, whether it is in such a list
     */
    private boolean isListed(int place, Deque<Boolean> tables) {
        Part part = parts.get(place);
        String before = place == 0 ? "" : parts.get(place - 1).lower();
        if (part.is("(")) {
            tables.push(before.equals("from") || before.equals("join"));
            return tables.element();
        }
        if (part.is(")") && tables.size() > 1) {
            tables.pop();
        } else if (part.lower().equals("from") || AFTER_FROM.contains(part.lower())) {
            tables.pop();
            // IS DISTINCT FROM compares two values.
            tables.push(part.lower().equals("from") && !before.equals("distinct"));
        }
        return part.is(",") && tables.element();
    }

    // WITH bead AS (SELECT ...): within the statement that name is no table of the file.
    private Set<String> commonTables() {
        Set<String> common = new HashSet<>();
        for (int i = 1; i < parts.size(); i++) {
            boolean begins = Set.of("with", "recursive").contains(word(i - 1))
                    || parts.get(i - 1).is(",");
            int as = i + 1 < parts.size() && parts.get(i + 1).is("(") ? afterParenthesis(i + 1) : i + 1;
            if (begins && word(as).equals("as") && isQueryAt(as + 1)) {
                common.add(parts.get(i).name());
            }
        }
        return common;
    }

    private int afterParenthesis(int open) {
        int i = open;
        while (i < parts.size() && !parts.get(i).is(")")) {
            i++;
        }
        return i + 1;
    }

    private boolean isQueryAt(int place) {
        int i = place;
        while (Set.of("not", "materialized").contains(word(i))) {
            i++;
        }
        return i < parts.size() && parts.get(i).is("(");
    }

    // What is written to is always a table of the file.
    private boolean isReadAt(int place) {
        Part before = parts.get(place - 1);
        return before.is(",")
                || before.is("(")
                || Set.of("join", "in").contains(before.lower())
                || (before.lower().equals("from") && !word(place - 2).equals("delete"));
    }

    // FROM {bead} b and FROM {bead} AS b: what follows a table is another name for it.
    private Set<String> aliases() {
        Set<String> aliases = new HashSet<>();
        for (int i = 1; i < parts.size(); i++) {
            Part before = parts.get(i - 1);
            if (before.kind() == Kind.BRACED || before.lower().equals("as")) {
                aliases.add(parts.get(i).name());
            }
        }
        return aliases;
    }

    @Override
    public String toString() {
        return sql;
    }
}
