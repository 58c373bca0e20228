package dev.recount.examples.quickstart;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Java sources as the compiler sees them: their tokens, without comments and white space, wherever lines were broken. */
final class CompiledCode {

    private static final Pattern PASSED_OVER = Pattern.compile("//|/\\*|@Override\\b");
    private static final Pattern TOKEN = Pattern.compile(String.join(
            "|",
            "\"\"\"[\\s\\S]*?\"\"\"", // a text block
            "\"(?:\\\\.|[^\"\\\\\\n])*+\"", // a text
            "'(?:\\\\.|[^'\\\\\\n])*+'", // a character
            "//[^\\n]*", // a comment
            "/\\*[\\s\\S]*?\\*/", // a comment
            "@Override\\b",
            "\\w+",
            "\\S"));

    // A sample begins where a statement or a declaration does: after another one, a brace, or a plain annotation.
    private static final String BEGINNING = "(?m)(?:^|[;{}] |@ \\w+(?: \\. \\w+)* )";

    private final String sources;

    private CompiledCode(String sources) {
        this.sources = sources;
    }

    static CompiledCode of(List<String> sources) {
        return new CompiledCode(sources.stream().map(CompiledCode::tokens).collect(Collectors.joining("\n")));
    }

    /** Whether one of the sources holds the sample, as whole statements or declarations. */
    boolean holds(String sample) {
        String tokens = tokens(sample);
        return (tokens.endsWith(";") || tokens.endsWith("}"))
                && Pattern.compile(BEGINNING + Pattern.quote(tokens))
                        .matcher(sources)
                        .find();
    }

    private static String tokens(String code) {
        return TOKEN.matcher(code)
                .results()
                .map(MatchResult::group)
                .filter(token -> !PASSED_OVER.matcher(token).lookingAt())
                .map(token -> token.replace("\n", "\\n"))
                .collect(Collectors.joining(" "));
    }
}
