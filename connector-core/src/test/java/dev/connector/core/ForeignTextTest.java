package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.connector.core.PolicyDocument.Effect;
import dev.connector.core.PolicyDocument.Statement;
import dev.connector.core.RoleAssumptionException.Hop;
import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.SafeListener;
import dev.connector.core.internal.StrictJson;
import dev.connector.core.strategy.AccessDuration;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Actor;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Srn;
import dev.connector.core.strategy.TargetSnapshot;
import dev.connector.core.strategy.TargetType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Text from outside that would start a line, move a cursor or turn the reading direction: where it is refused, the refusal prints it escaped, and where it is taken,
 * so does the value.
 */
class ForeignTextTest {

    private static final String HOSTILE =
            "x\r\nforged\u0000\u001b[2K\u007f\u0085\u00ad\u061c\u200b\u200e\u200f\u2028\u2029"
                    + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ud800";

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("ARN", () -> RoleArn.parse(HOSTILE)),
                refusal("partition of an ARN", () -> RoleArn.parse("arn:" + HOSTILE + ":iam::111122223333:role/x")),
                refusal("service of an ARN", () -> RoleArn.parse("arn:aws:" + HOSTILE + "::111122223333:role/x")),
                refusal("Region of an ARN", () -> RoleArn.parse("arn:aws:iam:" + HOSTILE + ":111122223333:role/x")),
                refusal("account of an ARN", () -> RoleArn.parse("arn:aws:iam::" + HOSTILE + ":role/x")),
                refusal("resource of an ARN", () -> RoleArn.parse("arn:aws:iam::111122223333:" + HOSTILE)),
                refusal("path of an ARN", () -> RoleArn.parse("arn:aws:iam::111122223333:role/" + HOSTILE + "/x")),
                refusal("name of an ARN", () -> RoleArn.parse("arn:aws:iam::111122223333:role/" + HOSTILE)),
                refusal("cloud", () -> with("cloud")),
                refusal("Region", () -> with("region")),
                refusal("role", () -> with("role_arn")),
                refusal("External ID", () -> with("external_id")),
                refusal("account", () -> with("account_id")),
                refusal("environment", () -> with("environment")),
                refusal("key of a setting", () -> RuntimeConnectorSettings.fromMap(Map.of(HOSTILE, "x"))),
                refusal("host", () -> RuntimeConnector.builder().allowEndpoint(HOSTILE)),
                refusal(
                        "options",
                        () -> RuntimeConnector.builder()
                                .settings(Samples.settings())
                                .environment("main")
                                .rolePathPrefix(HOSTILE)
                                .allowedAccounts(List.of(HOSTILE))
                                .expectedSource(HOSTILE)
                                .sessionName(HOSTILE)
                                .build()),
                refusal("Terraform's output", () -> TerraformOutput.read("{\"x\": \"" + HOSTILE, "x")),
                refusal("name of an output", () -> TerraformOutput.read("{}", HOSTILE)),
                refusal("names of outputs", () -> TerraformOutput.read("{\"\\u202e\\u000a\": {}}", "x")),
                refusal("key of an output", () -> TerraformOutput.read("{\"x\": {\"value\": {\"\\u202e\": 1}}}", "x")),
                refusal(
                        "External ID of a role",
                        () -> role().externalId(HOSTILE).build()),
                refusal(
                        "session name of a role",
                        () -> role().sessionName(HOSTILE).build()),
                refusal(
                        "policy of a role",
                        () -> role().sessionPolicy(PolicyDocument.of(statement()))
                                .build()),
                refusal("action without a resource", () -> Statement.allow(List.of(HOSTILE), List.of())),
                refusal("resource without an action", () -> Statement.allow(List.of(), List.of(HOSTILE))),
                refusal(
                        "condition without a value",
                        () -> Statement.builder(Effect.DENY, List.of("x"), List.of("x"))
                                .putConditions(HOSTILE, Map.of(HOSTILE, List.of()))
                                .build()),
                refusal("JSON", () -> StrictJson.parse("grant", HOSTILE)),
                refusal("settings", () -> {
                    throw new InvalidSettingsException(HOSTILE, List.of(HOSTILE));
                }),
                refusal("role assumption", () -> {
                    throw new RoleAssumptionException(Hop.RUNTIME, HOSTILE, Reason.OTHER, HOSTILE, failure());
                }),
                refusal("call", () -> {
                    throw new AwsCallException(AwsFailure.of(HOSTILE, SdkClientException.create("x")));
                }),
                refusal("requester", () -> Requester.of(HOSTILE)),
                refusal(
                        "identity of a requester",
                        () -> Requester.builder("ada").putIdentity(HOSTILE, "x").build()),
                refusal("actor", () -> Actor.of(HOSTILE)),
                refusal("SRN", () -> Srn.parse(HOSTILE)),
                refusal("part of an SRN", () -> Srn.parse("sym:" + HOSTILE + ":x:latest")),
                refusal("version of an SRN", () -> Srn.parse("sym:x:x:" + HOSTILE)),
                refusal("duration", () -> AccessDuration.parse(HOSTILE)),
                refusal("partition of a scope", () -> GrantScope.of(HOSTILE, "111122223333")),
                refusal("account of a scope", () -> GrantScope.of("aws", HOSTILE)),
                refusal(
                        "type of a target",
                        () -> TargetSnapshot.builder(HOSTILE, "x").build()),
                refusal(
                        "name of a target",
                        () -> TargetSnapshot.builder("x", HOSTILE).build()),
                refusal(
                        "key of a target",
                        () -> TargetSnapshot.builder("x", "x")
                                .putSettings(HOSTILE, "x")
                                .build()),
                refusal(
                        "missing setting",
                        () -> TargetSnapshot.builder("x", "x")
                                .putSettings("key", HOSTILE)
                                .build()
                                .requireSetting(HOSTILE)),
                refusal(
                        "target of another type",
                        () -> TargetType.of("y", TargetSnapshot.class, target -> target)
                                .read(TargetSnapshot.builder("x", "x")
                                        .putSettings("key", HOSTILE)
                                        .build())),
                refusal("type", () -> TargetType.of(HOSTILE, TargetSnapshot.class, target -> target)),
                refusal("grant", () -> Grant.fromJson("{\"\\u202e\\u000a\": 1}")),
                refusal("revocation", () -> Revocation.fromJson(HOSTILE)),
                refusal(
                        "request",
                        () -> AccessRequest.fromJson("{\"version\": \"\\u202e\\u000a\"}", TargetType.any())));
    }

    private static Arguments refusal(String what, ThrowingCallable call) {
        return Arguments.of(what, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusal_ofForeignText_printsItEscaped(String what, ThrowingCallable call) {
        Throwable refused = catchThrowable(call);

        assertThat(refused).isNotNull();
        assertPlain(refused.toString());
        if (refused instanceof InvalidSettingsException settings) {
            settings.problems().forEach(ForeignTextTest::assertPlain);
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                value("policy", PolicyDocument.of(statement())),
                value("statement", statement()),
                value(
                        "role",
                        role().sessionPolicy(
                                        PolicyDocument.of(Statement.allow(List.of("x"), List.of("\n\u0085\u00ad"))))
                                .build()),
                value("failure", failure()),
                value("words of a failure", failure().description()),
                value(
                        "words of a code",
                        AwsFailure.of(
                                        "x",
                                        StsException.builder()
                                                .awsErrorDetails(AwsErrorDetails.builder()
                                                        .errorCode(HOSTILE)
                                                        .build())
                                                .build())
                                .description()),
                value(
                        "words without details",
                        AwsFailure.of(
                                        "x",
                                        StsException.builder().message(HOSTILE).build())
                                .description()),
                value(
                        "words of a client",
                        AwsFailure.of("x", SdkClientException.create(HOSTILE)).description()),
                value(
                        "words of an interceptor",
                        AwsFailure.of("x", new IllegalStateException(HOSTILE)).description()),
                value(
                        "call",
                        ImmutableCall.builder()
                                .operation(HOSTILE)
                                .duration(Duration.ZERO)
                                .failure(failure())
                                .build()),
                value(
                        "retry",
                        ImmutableRetry.builder()
                                .failure(failure())
                                .attempt(2)
                                .delay(Duration.ZERO)
                                .build()),
                value("wait", ConnectorListener.Wait.of(HOSTILE, Duration.ZERO)));
    }

    private static Arguments value(String what, Object value) {
        return Arguments.of(what, value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void toString_ofForeignText_isEscaped(String what, Object value) {
        assertPlain(value.toString());
    }

    /** JSON escapes by its own rules, and the text of a policy is the same JSON, with more of it escaped. */
    @Test
    void toJson_ofForeignText_readsBackTheSame() {
        PolicyDocument policy = PolicyDocument.of(Statement.builder(Effect.ALLOW, List.of(HOSTILE), List.of("*"))
                .putConditions("StringEquals", Map.of("aws:username", List.of(HOSTILE)))
                .build());

        JsonNode json = StrictJson.parse("policy", policy.toJson());

        assertThat(StrictJson.parse("policy", policy.toString())).isEqualTo(json);
        assertThat(json.at("/Statement/0/Action").textValue()).isEqualTo(HOSTILE);
        assertThat(json.at("/Statement/0/Condition/StringEquals/aws:username").textValue())
                .isEqualTo(HOSTILE);
    }

    /** AWS's words can repeat a request, which can be long. */
    @Test
    void description_whenAwsSaysMuch_isItsBeginning() {
        String description = AwsFailure.of("x", Samples.stsError(400, "ValidationError", "y".repeat(5_000)))
                .description();

        assertThat(description).hasSize("AWS answered: ".length() + 1_025).endsWith("y…");
    }

    @Test
    void log_whenAListenerThrows_isOneLine() {
        try (CapturedLog log = new CapturedLog()) {
            SafeListener.of(new Told()).onWait(ConnectorListener.Wait.of(HOSTILE, Duration.ZERO));

            assertThat(log.messages()).hasSize(1).allSatisfy(ForeignTextTest::assertPlain);
        }
    }

    private static RuntimeConnectorSettings with(String key) {
        Map<String, String> settings = new HashMap<>(Samples.settings());
        settings.put(key, HOSTILE);
        return RuntimeConnectorSettings.fromMap(settings);
    }

    private static ConnectorRole.Builder role() {
        return ConnectorRole.builder(Samples.IAM_ROLE);
    }

    private static Statement statement() {
        return Statement.builder(Effect.ALLOW, List.of(HOSTILE), List.of(HOSTILE, HOSTILE))
                .putConditions(HOSTILE, Map.of(HOSTILE, List.of(HOSTILE)))
                .build();
    }

    private static AwsFailure failure() {
        return AwsFailure.of(
                HOSTILE,
                StsException.builder()
                        .requestId(HOSTILE)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(HOSTILE)
                                .errorMessage(HOSTILE)
                                .build())
                        .build());
    }

    private static void assertPlain(String text) {
        assertThat(text).matches(Printable::isPlain, "prints as it is").doesNotContain("\n", "\u202e");
    }
}
