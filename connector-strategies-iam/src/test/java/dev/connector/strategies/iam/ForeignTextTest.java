package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.connector.core.InvalidSettingsException;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.TargetSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.User;

/** Text from outside that would start a line, move a cursor or turn the reading direction: neither settings and names nor AWS's own words print it as it is. */
class ForeignTextTest {

    private static final String HOSTILE =
            "x\r\nforged\u0000\u001b[2K\u007f\u0085\u00ad\u061c\u200b\u200e\u200f\u2028\u2029"
                    + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff";
    private static final IamGroupPattern ALLOWED = IamGroupPattern.of("/sym/", "OnCall");

    private final IamClient iam = mock(IamClient.class);

    @BeforeEach
    void stub() {
        answerUser("ada", "AIDAADA");
        answerGroup("/sym/", "OnCall");
    }

    static Stream<Arguments> refusals() {
        IamGroupStrategy.Builder builder = IamGroupStrategy.builder().iamClient(mock(IamClient.class));
        return Stream.of(
                refusal("name of a group", () -> IamGroupTarget.of(HOSTILE)),
                refusal("path of a group", () -> IamGroupTarget.of("/" + HOSTILE + "/", "OnCall")),
                refusal("name of a pattern", () -> IamGroupPattern.of("/sym/", HOSTILE)),
                refusal("path of a pattern", () -> IamGroupPattern.of("/" + HOSTILE + "/", "*")),
                refusal(
                        "name of a target",
                        () -> TargetSnapshot.of(
                                IamGroupTarget.builder("OnCall").name(HOSTILE).build())),
                refusal("account", () -> builder.accountId(HOSTILE).build()),
                refusal("partition", () -> builder.partition(HOSTILE).build()),
                refusal("role", () -> builder.roleArn(HOSTILE).build()),
                refusal(
                        "settings",
                        () -> IamGroupStrategy.builder()
                                .settings(Map.of("cloud", HOSTILE, "role_arn", HOSTILE, "account_id", HOSTILE))
                                .build()));
    }

    private static Arguments refusal(String what, ThrowingCallable call) {
        return Arguments.of(what, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusal_ofForeignText_doesNotPrintItAsItIs(String what, ThrowingCallable call) {
        Throwable refused = catchThrowable(call);

        assertThat(refused).isNotNull();
        assertPlain(refused.toString());
        if (refused instanceof InvalidSettingsException settings) {
            settings.problems().forEach(ForeignTextTest::assertPlain);
        }
    }

    @Test
    void prepare_whenAResolverAnswersForeignText_refusesIt() {
        IamGroupStrategy strategy =
                builder().identityResolver(requester -> Optional.of(HOSTILE)).build();

        assertThrowsPlain(() -> strategy.prepare(request()));
    }

    @Test
    void prepare_whenTheGroupIsAtAForeignPath_saysWhereWithoutIt() {
        answerGroup("/" + HOSTILE + "/", HOSTILE);

        assertThrowsPlain(() -> builder().build().prepare(request()));
    }

    @Test
    void verbs_whenTheUsersIdIsAnother_sayWhichOneWithoutIt() {
        answerUser(HOSTILE, HOSTILE);

        assertThrowsPlain(() -> builder().build().resume(grant()));
        assertThrowsPlain(() -> builder().build().deescalate(grant()));
    }

    @Test
    void prepare_whenAwsAnswersForeignText_keepsItInTheGrantAlone() {
        answerUser(HOSTILE, "AIDAADA");

        Grant grant = builder().build().prepare(request());

        assertThat(grant.principalName()).contains(HOSTILE);
        assertPlain(grant.toString());
        assertThat(Grant.fromJson(grant.toJson())).isEqualTo(grant);
    }

    @Test
    void verbs_whenAwsRepeatsForeignText_printItEscaped() {
        when(iam.addUserToGroup(any(AddUserToGroupRequest.class))).thenThrow(repeating(409));
        when(iam.getUser(any(GetUserRequest.class)))
                .thenThrow(repeating(400))
                .thenReturn(GetUserResponse.builder()
                        .user(User.builder().userName("ada").userId("AIDAADA").build())
                        .build());

        assertThrowsPlain(() -> builder().build().prepare(request()));
        assertThrowsPlain(() -> builder().build().resume(grant()));
        assertThrowsPlain(() -> builder().build().resume(grant().pending()));
    }

    private static void assertThrowsPlain(ThrowingCallable verb) {
        Throwable thrown = catchThrowable(verb);

        assertThat(thrown).isNotNull().hasMessageContaining("\\u202e");
        assertPlain(thrown.toString());
    }

    private static void assertPlain(String text) {
        assertThat(text).doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*");
    }

    private void answerUser(String name, String id) {
        when(iam.getUser(any(GetUserRequest.class)))
                .thenReturn(GetUserResponse.builder()
                        .user(User.builder().userName(name).userId(id).build())
                        .build());
    }

    private void answerGroup(String path, String name) {
        when(iam.getGroup(any(GetGroupRequest.class)))
                .thenReturn(GetGroupResponse.builder()
                        .group(Group.builder().path(path).groupName(name).build())
                        .isTruncated(false)
                        .build());
    }

    private static IamException repeating(int status) {
        return (IamException) IamException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ValidationError")
                        .errorMessage("wrong: " + HOSTILE)
                        .build())
                .build();
    }

    private IamGroupStrategy.Builder builder() {
        return IamGroupStrategy.builder()
                .iamClient(iam)
                .accountId("111122223333")
                .allowedGroups(ALLOWED)
                .settleTime(Duration.ZERO);
    }

    private static AccessRequest<IamGroupTarget> request() {
        return AccessRequest.builder(Requester.of("ada"), IamGroupTarget.of("/sym/", "OnCall"))
                .duration(Duration.ofHours(1))
                .build();
    }

    private static Grant grant() {
        return Grant.prepared(request(), GrantScope.of("aws", "111122223333"), "AIDAADA", Prior.ABSENT);
    }
}
