package dev.connector.core.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Takes secrets out of what a client throws, before anybody is told of it.
 *
 * <p>AWS repeats a wrong field's value, and answers to a wrong signature with the request as it would have signed it, in which the session token stands. A
 * client's interceptors, or a mock, may print the request.
 *
 * <p>Immutable and thread-safe.
 */
public final class Redaction {

    private static final String MASK = "***";
    private static final String TOKEN =
            "(?i:((?:x-amz-security-token|SessionToken)[\"']?\\s*[:=>]\\s*[\\[\"']*)[^\\s&\"',;<)\\]]+)";

    private static final Redaction TOKENS = of(List.of());

    private final Pattern secrets;

    private Redaction(Pattern secrets) {
        this.secrets = secrets;
    }

    /**
     * Hides these secrets, also percent-encoded, and whatever stands as a session token. Where one secret begins with another, all of it is hidden.
     *
     * @param secrets the secrets
     * @return a redaction
     */
    public static Redaction of(Collection<String> secrets) {
        return new Redaction(Pattern.compile(Stream.concat(
                        Stream.of(TOKEN),
                        secrets.stream()
                                .flatMap(secret -> Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                                .sorted(Comparator.comparingInt(String::length).reversed())
                                .map(Pattern::quote))
                .collect(Collectors.joining("|"))));
    }

    /**
     * Hides whatever stands as a session token, whoever's it is.
     *
     * @return always the same object
     */
    public static Redaction ofTokens() {
        return TOKENS;
    }

    /**
     * What was thrown, without the secrets.
     *
     * @param thrown what a client threw
     * @return the same object if nothing in it tells a secret; else one of the same class of the SDK, or an {@link IllegalStateException}, without the parts
     *     that cannot be cleaned: the answer as it came, and causes that tell a secret
     */
    public RuntimeException cleaned(RuntimeException thrown) {
        if (!tells(thrown)) {
            return thrown;
        }
        RuntimeException cleaned = copy(thrown);
        cleaned.setStackTrace(thrown.getStackTrace());
        return cleaned;
    }

    private boolean tells(@Nullable Throwable thrown) {
        return tells(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** Causes may go in a circle: what was looked at is not looked at again. */
    private boolean tells(@Nullable Throwable thrown, Set<Throwable> seen) {
        return thrown != null
                && seen.add(thrown)
                && (tells(thrown.toString())
                        || (thrown instanceof AwsServiceException answered && tells(answered.awsErrorDetails()))
                        || tells(thrown.getCause(), seen)
                        || Arrays.stream(thrown.getSuppressed()).anyMatch(suppressed -> tells(suppressed, seen)));
    }

    private boolean tells(@Nullable AwsErrorDetails details) {
        return details != null
                && (tells(String.valueOf(details.errorMessage()))
                        || (details.rawResponse() != null
                                && tells(new String(
                                        details.rawResponse().asByteArrayUnsafe(), StandardCharsets.UTF_8))));
    }

    private boolean tells(String text) {
        return secrets.matcher(text).find();
    }

    private RuntimeException copy(RuntimeException thrown) {
        Throwable cause = tells(thrown.getCause()) ? null : thrown.getCause();
        if (thrown instanceof AwsServiceException answered) {
            AwsErrorDetails details = answered.awsErrorDetails();
            return answered.toBuilder()
                    .message(cleaned(details == null ? answered.getMessage() : details.errorMessage()))
                    .awsErrorDetails(details == null ? null : cleaned(details))
                    .cause(cause)
                    .build();
        }
        return thrown instanceof SdkClientException unsent
                ? unsent.toBuilder()
                        .message(cleaned(unsent.getMessage()))
                        .cause(cause)
                        .build()
                : new IllegalStateException(cleaned(thrown.toString()), cause);
    }

    private AwsErrorDetails cleaned(AwsErrorDetails details) {
        return details.toBuilder()
                .errorMessage(cleaned(details.errorMessage()))
                .rawResponse(null)
                .build();
    }

    private @Nullable String cleaned(@Nullable String text) {
        return text == null ? null : secrets.matcher(text).replaceAll(Redaction::masked);
    }

    private static String masked(MatchResult secret) {
        return Matcher.quoteReplacement(Objects.requireNonNullElse(secret.group(1), "") + MASK);
    }
}
