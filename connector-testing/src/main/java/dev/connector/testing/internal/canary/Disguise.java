package dev.connector.testing.internal.canary;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A way to write a text so that it no longer looks like itself.
 *
 * @param name what it is called in messages
 * @param undo takes it off; what is not disguised may get lost
 */
record Disguise(String name, UnaryOperator<String> undo) {

    private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:u([0-9A-Fa-f]{4})|u\\{([0-9A-Fa-f]{1,4})\\}|([\"\\\\/]))");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]++");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]++");

    /** What would hold fewer than {@link Secrets#PART} characters in base64. */
    private static final int SHORTEST_RUN = Secrets.PART * 4 / 3;

    /** All that are known. Nothing marks where the groups of base64 and of hexadecimal begin, so each beginning is tried. */
    static final List<Disguise> ALL = List.of(
            new Disguise("percent-encoded", Disguise::withoutPercents),
            new Disguise("escaped", Disguise::withoutEscapes),
            base64(0),
            base64(1),
            base64(2),
            base64(3),
            hex(0),
            hex(1));

    private static String withoutPercents(String text) {
        return PERCENT.matcher(text)
                .replaceAll(each -> quoted(bytes(each.group().replace("%", ""))));
    }

    private static String withoutEscapes(String text) {
        return ESCAPE.matcher(text).replaceAll(each -> quoted(character(each)));
    }

    private static String character(MatchResult escape) {
        if (escape.group(3) != null) {
            return escape.group(3);
        }
        String code = escape.group(1) == null ? escape.group(2) : escape.group(1);
        return String.valueOf((char) Integer.parseInt(code, 16));
    }

    private static Disguise base64(int from) {
        return new Disguise(
                "in base64",
                text -> eachRun(BASE64, text, run -> {
                    String whole = wholeGroups(run, from, 4).replace('-', '+').replace('_', '/');
                    return new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
                }));
    }

    private static Disguise hex(int from) {
        return new Disguise("in hexadecimal", text -> eachRun(HEX, text, run -> bytes(wholeGroups(run, from, 2))));
    }

    private static String eachRun(Pattern runs, String text, Function<String, String> decoded) {
        return runs.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(run -> run.length() >= SHORTEST_RUN)
                .map(decoded)
                .collect(Collectors.joining("\n"));
    }

    private static String wholeGroups(String run, int from, int size) {
        return run.substring(from, run.length() - (run.length() - from) % size);
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }
}
