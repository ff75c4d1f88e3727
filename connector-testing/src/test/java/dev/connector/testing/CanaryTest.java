package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** What the canary finds, and what it lets pass. Each leak here is one that it must not miss elsewhere. */
class CanaryTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY=EXAMPLE";

    private final SimulatedAws aws = SimulatedAws.create();
    private final Canary canary = Canary.create().secret("the password", SECRET);

    static Stream<Arguments> disguises() {
        return Stream.of(
                disguise("as it is", text -> text),
                disguise("in a sentence", text -> "The password '" + text + "' is wrong."),
                disguise("its first 12 characters", text -> text.substring(0, 12) + "..."),
                disguise("its last 12 characters", text -> "..." + text.substring(text.length() - 12)),
                disguise("12 characters of its middle", text -> text.substring(10, 22)),
                disguise("percent-encoded", CanaryTest::percentEncoded),
                disguise(
                        "percent-encoded in lower case",
                        text -> text.replace("/", "%2f").replace("+", "%2b").replace("=", "%3d")),
                disguise("every character percent-encoded", text -> "%" + hex(text, "%")),
                disguise("percent-encoded twice", text -> percentEncoded(percentEncoded(text))),
                disguise("in JSON", text -> "{\"password\":\"" + text.replace("/", "\\/") + "\"}"),
                disguise(
                        "in JSON with escapes for all that is not plain",
                        text -> text.replace("/", "\\u002f")
                                .replace("+", "\\u002B")
                                .replace("=", "\\u003d")),
                disguise(
                        "in JSON in JSON",
                        text -> "{\"inner\": \"{\\\"password\\\":\\\"" + text.replace("/", "\\\\/") + "\\\"}\"}"),
                disguise("with the simulator's escapes", text -> text.replace("/", "\\u{2f}")),
                disguise("in base64", CanaryTest::base64),
                disguise(
                        "in base64 of the URL's alphabet",
                        text -> Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(text.getBytes(StandardCharsets.UTF_8))),
                disguise("in base64 behind one character", text -> base64("u" + text)),
                disguise("in base64 behind two characters", text -> base64("u:" + text)),
                disguise("in base64 that begins anywhere", text -> "authorization=x" + base64(text)),
                disguise("in base64 that begins one character later", text -> "authorization=xx" + base64(text)),
                disguise("in base64 that begins two characters later", text -> "authorization=xxx" + base64(text)),
                disguise("a part in base64", text -> base64(text.substring(5, 20))),
                disguise("in base64, percent-encoded", text -> percentEncoded(base64(text))),
                disguise("percent-encoded, in base64", text -> base64(percentEncoded(text))),
                disguise("in hexadecimal", text -> "0x" + hex(text, "")),
                disguise("in capital hexadecimal", text -> hex(text, "").toUpperCase(Locale.ROOT)),
                disguise("in hexadecimal behind half a byte", text -> "f" + hex(text, "")));
    }

    private static Arguments disguise(String name, UnaryOperator<String> disguise) {
        return Arguments.of(name, disguise.apply(SECRET));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disguises")
    void check_whenTextHoldsASecret_failsAndDoesNotRepeatIt(String name, String text) {
        assertThatThrownBy(() -> canary.check("the log", text))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the password")
                .hasMessageContaining("in the log")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(SECRET.substring(0, 12), text));
    }

    static Stream<Arguments> places() {
        Throwable suppressing = new IllegalStateException("outer");
        suppressing.addSuppressed(new IllegalStateException("inner", new IllegalArgumentException(SECRET)));
        List<Object> cyclic = new ArrayList<>(List.of(SECRET));
        cyclic.add(cyclic);
        Map<String, Integer> keys = new HashMap<>();
        keys.put(SECRET, 1);
        return Stream.of(
                place("a text", CharBuffer.wrap(SECRET), "place"),
                place("bytes", SECRET.getBytes(StandardCharsets.UTF_8), "place"),
                place("characters of a value", new Value(SECRET), "place"),
                place("an array", new Object[] {"x", SECRET}, "place[1]"),
                place("a list that may hold null", Arrays.asList(null, SECRET), "place[1]"),
                place("a list that holds itself", cyclic, "place[0]"),
                place("keys", keys, "place, keys[0]"),
                place("values", Map.of("x", new Value(SECRET)), "place, values[0]"),
                place("an optional exception", Optional.of(new IllegalStateException(SECRET)), "message"),
                place(
                        "the message",
                        new IllegalStateException(SECRET),
                        "place, java.lang.IllegalStateException, message"),
                place("the cause's cause", nested(3), "cause, java.lang.IllegalArgumentException, message"),
                place("what was suppressed", suppressing, "suppressed[0], java.lang.IllegalStateException, cause"),
                place("a message for people", new Localized(), "localized message"),
                place("an exception's own text", new Odd(), "place, behind"),
                place("AWS's answer", answered(null, SECRET), "details, answer as it came"),
                place("AWS's words", answered(SECRET, "x"), "details, message"));
    }

    private static Arguments place(String name, Object thing, String where) {
        return Arguments.of(name, thing, where);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void check_whenThingPrintsASecret_saysWhere(String name, Object thing, String where) {
        assertThatThrownBy(() -> canary.check("place", thing))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(where);
    }

    @Test
    void check_whenSeveralShow_namesThemAll() {
        canary.secret("the other password", "correct horse battery staple");

        assertThatThrownBy(() -> canary.check("both", List.of("x " + SECRET, "correct horse battery staple")))
                .hasMessageContaining("the password, in both[0], behind \"x \"")
                .hasMessageContaining("the other password, in both[1]");
    }

    @Test
    void check_whenTheSecretIsBehindForeignText_printsThatEscaped() {
        assertThatThrownBy(() -> canary.check("place", "a\nb\u202e " + SECRET))
                .hasMessageContaining("behind \"a\\u{a}b\\u{202e} \"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "wJalrXUtnFE",
                "100%",
                "%zz \\u12 \\",
                "dev.connector.testing.SimulatedSecretsAndSessionTokens"
            })
    void check_whenNoSecretShows_passes(String text) {
        canary.check("place", text);
        canary.check("place", new IllegalStateException(text));
    }

    @Test
    void check_ofNothing_passes() {
        canary.check("place", null);
    }

    @Test
    void check_whenItKnowsNoSecret_saysThatItCouldNotFail() {
        assertThatThrownBy(() -> Canary.create().check("place", "x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void secret_whenTooShortToTell_isRefusedWithoutPrintingIt() {
        assertThatThrownBy(() -> canary.secret("the PIN", "01234567890"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A secret has 12 characters or more: the PIN");
    }

    @Test
    void secrets_ofASimulation_areAllThatItIssuedOrWasGiven() {
        Canary live = aws.canary();
        Map<String, String> runtime = aws.runtimeConnector("main");
        StsClient sts = Samples.sts(aws);

        sts.assumeRole(Samples.assumeRole(Samples.role(runtime))
                .externalId(runtime.get("external_id"))
                .build());
        assertThatThrownBy(() -> sts.assumeRole(Samples.assumeRole(Samples.role(runtime))
                        .externalId("that/of/another")
                        .build()))
                .hasMessageContaining("not authorized");

        String session = "arn:aws:sts::111122223333:assumed-role/SymRuntimeMain/test-session";
        assertThat(live.secrets())
                .containsExactlyInAnyOrder(
                        "the external ID of a runtime role",
                        "the parameter ExternalId",
                        "the access key id of arn:aws:iam::111122223333:user/service",
                        "the secret access key of arn:aws:iam::111122223333:user/service",
                        "the access key id of " + session,
                        "the secret access key of " + session,
                        "the session token of " + session);
        assertThatThrownBy(() -> live.check("place", "that%2Fof%2Fanother"))
                .hasMessageContaining("the parameter ExternalId, percent-encoded");
        assertThatThrownBy(() -> live.check("place", runtime))
                .hasMessageContaining("the external ID of a runtime role, in place, values");
    }

    @Test
    void check_ofASimulationsCredentials_findsEachPart() {
        AwsSessionCredentials session =
                (AwsSessionCredentials) Samples.admin(aws).resolveCredentials();
        Canary live = aws.canary();

        assertThatThrownBy(() -> live.check("place", session.accessKeyId())).hasMessageContaining("the access key id");
        assertThatThrownBy(() -> live.check("place", session.secretAccessKey()))
                .hasMessageContaining("the secret access key");
        assertThatThrownBy(() -> live.check("place", session.sessionToken())).hasMessageContaining("the session token");
        assertThatThrownBy(() -> live.check("place", session)).hasMessageContaining("the access key id");
    }

    @Test
    void secret_ofASimulationsCanary_isKnownToThatOneAlone() {
        Canary own = aws.canary().secret("the password", SECRET);
        aws.serviceCredentials();

        assertThatThrownBy(() -> own.check("place", SECRET)).isInstanceOf(AssertionError.class);
        assertThatCode(() -> aws.canary().check("place", SECRET)).doesNotThrowAnyException();
    }

    /** An external ID that is so short that it stands in other words says nothing. */
    @Test
    void check_whenAShortExternalIdCameIn_passesTextThatHoldsIt() {
        Map<String, String> runtime = aws.runtimeConnector("main");
        assertThatThrownBy(() -> Samples.sts(aws)
                        .assumeRole(Samples.assumeRole(Samples.role(runtime))
                                .externalId("role")
                                .build()))
                .hasMessageContaining("not authorized");

        aws.canary().check("place", "a role");
    }

    /** What a test prints when it fails is the simulator's own trace. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void check_ofWhatASimulationPrints_findsNothing(Fault fault) {
        Map<String, String> runtime = aws.runtimeConnector("main");
        StsClient sts = Samples.sts(aws);
        aws.fault(2, fault);
        for (String externalId :
                List.of(String.valueOf(runtime.get("external_id")), "that/of/another", "w\nong/external/id")) {
            try {
                Samples.iam(
                                aws,
                                Samples.assume(
                                        sts,
                                        Samples.assumeRole(Samples.role(runtime))
                                                .externalId(externalId)
                                                .build()))
                        .getUser(request -> request.userName("ada"));
            } catch (RuntimeException refused) {
                assertThat(refused).isNotNull();
            }
        }

        Canary live = aws.canary();
        assertThat(live.secrets()).anyMatch(name -> name.startsWith("the session token of"));
        live.check("the calls", aws.calls());
        live.check(
                "the parameters",
                aws.calls().stream().map(RecordedCall::parameters).toList());
        live.check("the printed calls", aws.printCalls());
        live.check("the simulation", aws);
        live.check("its provider", aws.httpClient());
        live.check("the canary", live);
    }

    private static Throwable nested(int depth) {
        return depth == 0
                ? new IllegalArgumentException(SECRET)
                : new IllegalStateException("depth " + depth, nested(depth - 1));
    }

    private static StsException answered(@Nullable String message, String body) {
        return (StsException) StsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorMessage(message)
                        .rawResponse(SdkBytes.fromUtf8String(body))
                        .build())
                .build();
    }

    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String text, String between) {
        return between.isEmpty()
                ? HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
                : HexFormat.ofDelimiter(between).formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private record Value(String text) {}

    private static final class Localized extends Exception {
        private static final long serialVersionUID = 1;

        @Override
        public String getLocalizedMessage() {
            return "für Leute: " + SECRET;
        }
    }

    @SuppressWarnings("OverrideThrowableToString")
    private static final class Odd extends Exception {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            return SECRET;
        }
    }
}
