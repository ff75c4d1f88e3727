package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.connector.core.AwsCallException;
import dev.connector.core.ConnectorClock;
import dev.connector.core.Retries;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.IdentityResolver;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.StrategySession;
import dev.connector.core.strategy.Verb;
import dev.connector.testing.AwsFact;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.AccessDeniedException;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdResponse;
import software.amazon.awssdk.services.identitystore.model.ListUsersRequest;
import software.amazon.awssdk.services.identitystore.model.ListUsersResponse;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.identitystore.model.UniqueAttribute;
import software.amazon.awssdk.services.identitystore.model.User;
import software.amazon.awssdk.services.identitystore.model.UserStatus;

/** One enabled user for certain, or an exception that says who can mend it. */
class UsersTest {

    private static final String ADA = "906756f8-1042-4a3b-8a0c-0b7c1d2e3f40";
    private static final String BOB = "1234567890-906756f8-1042-4a3b-8a0c-0b7c1d2e3f41";

    private final SimulatedClock time = SimulatedAws.create().clock();
    private final ConnectorClock clock = ConnectorClock.of(time, time::nanos, time::sleep, time::await);
    private final IdentitystoreClient store = mock(IdentitystoreClient.class);
    private final SsoFailures failures = new SsoFailures("arn:aws:iam::111122223333:role/sym/SymSSOMain");
    private final Users users = new Users(clock, null, false, failures);
    private final Map<String, String> idByUserName = new HashMap<>();
    private final Map<String, String> idByEmail = new HashMap<>();
    private final Map<String, DescribeUserResponse> byId = new HashMap<>();

    @BeforeEach
    void answerAsAStoreDoes() {
        when(store.getUserId(any(GetUserIdRequest.class))).thenAnswer(call -> {
            UniqueAttribute asked =
                    call.<GetUserIdRequest>getArgument(0).alternateIdentifier().uniqueAttribute();
            Map<String, String> ids = switch (asked.attributePath()) {
                case "userName" -> idByUserName;
                case "emails.value" -> idByEmail;
                default -> throw new AssertionError(asked);
            };
            return GetUserIdResponse.builder()
                    .userId(found(ids.get(asked.attributeValue().asString()), ResourceType.USER))
                    .build();
        });
        when(store.describeUser(any(DescribeUserRequest.class)))
                .thenAnswer(call ->
                        found(byId.get(call.<DescribeUserRequest>getArgument(0).userId()), ResourceType.USER));
    }

    private static <T> T found(@Nullable T answer, ResourceType type) {
        if (answer == null) {
            throw missing(type);
        }
        return answer;
    }

    private static ResourceNotFoundException missing(ResourceType type) {
        return ResourceNotFoundException.builder()
                .resourceType(type)
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ResourceNotFoundException")
                        .errorMessage(type + " not found.")
                        .build())
                .build();
    }

    private static AccessDeniedException denied() {
        return AccessDeniedException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("AccessDeniedException")
                        .errorMessage("not authorized")
                        .build())
                .build();
    }

    private void has(String id, String userName, String... emails) {
        idByUserName.put(userName, id);
        List.of(emails).forEach(email -> idByEmail.put(email, id));
        byId.put(id, described(id, userName, UserStatus.ENABLED, emails));
    }

    private static DescribeUserResponse described(String id, String userName, UserStatus status, String... emails) {
        return DescribeUserResponse.builder()
                .userId(id)
                .userName(userName)
                .userStatus(status)
                .emails(emails(emails))
                .build();
    }

    private static List<Email> emails(String... values) {
        return Arrays.stream(values)
                .map(value -> Email.builder().value(value).build())
                .toList();
    }

    private static User listed(String id, String userName, String... emails) {
        return User.builder()
                .userId(id)
                .userName(userName)
                .emails(emails(emails))
                .build();
    }

    private String idOf(String name) {
        return users.idOf(attempt(name), calls());
    }

    private static Attempt attempt(String name) {
        return new Attempt(Verb.ESCALATE, Requester.of(name), "a group");
    }

    private UserCalls calls() {
        return new UserCalls(
                new Store(store, Retries.builder().clock(clock).build(), new CallPace(clock)),
                StrategySession.clientsOwn(),
                Deadline.in(clock, Duration.ofMinutes(10)),
                "d-1234567890");
    }

    private Reason refusal(String name, String... saying) {
        StrategyException refused =
                Objects.requireNonNull(catchThrowableOfType(StrategyException.class, () -> idOf(name)));
        assertThat(refused).hasMessageContainingAll(saying);
        return refused.reason();
    }

    @Test
    @AwsFact(29)
    void idOf_whenUserNameAndAddressAreOnes_isThatUser() {
        has(ADA, "ada@example.com", "ada@example.com");

        assertThat(idOf("ada@example.com")).isEqualTo(ADA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada@example.com", "lovelace@example.com"})
    void idOf_byUserNameOrAnyAddress_isTheUser(String name) {
        has(ADA, "ada", "ada@example.com", "lovelace@example.com");

        assertThat(idOf(name)).isEqualTo(ADA);
    }

    /** Somebody's user name is somebody else's e-mail address. */
    @Test
    @AwsFact(32)
    void idOf_whenUserNameAndAddressAreOfTwo_isAmbiguousAndNamesBoth() {
        has(ADA, "ada@example.com");
        has(BOB, "bob", "ada@example.com");

        assertThat(refusal("ada@example.com", ADA, BOB)).isEqualTo(Reason.IDENTITY_AMBIGUOUS);
    }

    @Test
    void idOf_whenNobodyIsCalledSo_isNotFound() {
        assertThat(refusal("ada", "no user with the user name or e-mail address ada", "IdentityResolver"))
                .isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    /** AWS may find names regardless of case: who asks as Ada is not ada. */
    @Test
    void idOf_whenTheStoreWritesTheNameInAnotherCase_isNotFound() {
        has(ADA, "ada");
        idByUserName.put("Ada", ADA);

        assertThat(refusal("Ada", ADA, "written differently")).isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    @Test
    void idOf_whenTheUserIsDisabled_isNotFound() {
        has(ADA, "ada");
        byId.put(ADA, described(ADA, "ada", UserStatus.DISABLED));

        assertThat(refusal("ada", ADA, "is disabled")).isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    @Test
    void idOf_whenTheUserHasAStatusThatIsNotKnown_isNotFound() {
        has(ADA, "ada");
        byId.put(
                ADA,
                described(ADA, "ada", UserStatus.ENABLED).toBuilder()
                        .userStatus("LOCKED")
                        .build());

        assertThat(refusal("ada", "is disabled")).isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    @Test
    void idOf_whenTheUserIsDeletedInBetween_isNotFound() {
        has(ADA, "ada");
        byId.clear();

        assertThat(refusal("ada", "no user")).isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    @Test
    void idOf_whenAwsWritesTheIdInCapitals_isInLowerCase() {
        has(ADA, "ada");
        idByUserName.put("ada", "906756F8-1042-4A3B-8A0C-0B7C1D2E3F40");

        assertThat(idOf("ada")).isEqualTo(ADA);
    }

    @Test
    void idOf_whenAMockAnswersNoId_saysWhatToAnswer() {
        idByUserName.put("ada", "not an id");

        assertThatThrownBy(() -> idOf("ada"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must answer one such as");
    }

    @Test
    @AwsFact(35)
    void idOf_whenTheStoreIsMissing_isNoMissingUser() {
        when(store.getUserId(any(GetUserIdRequest.class))).thenThrow(missing(ResourceType.IDENTITY_STORE));

        StrategyException refused = Objects.requireNonNull(catchThrowableOfType(
                StrategyException.class, () -> failures.reading(attempt("ada"), () -> idOf("ada"))));

        assertThat(refused.reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    }

    @Test
    void idOf_withLettersBeyondAscii_isRefusedBeforeAnyCall() {
        assertThat(refusal("аda", "allowNonAscii")).isEqualTo(Reason.IDENTITY_NOT_FOUND);

        verifyNoInteractions(store);
    }

    @Test
    void idOf_withLettersBeyondAsciiThatAreAllowed_isTheUser() {
        has(ADA, "zoë");

        assertThat(new Users(clock, null, true, failures).idOf(attempt("zoë"), calls()))
                .isEqualTo(ADA);
    }

    @Test
    void idOf_askedAgain_isBelievedForAMinute() {
        has(ADA, "ada");
        idOf("ada");
        time.advance(Duration.ofSeconds(60));
        idOf("ada");
        verify(store, times(1)).describeUser(any(DescribeUserRequest.class));

        time.advance(Duration.ofNanos(1));
        idOf("ada");
        verify(store, times(2)).describeUser(any(DescribeUserRequest.class));
    }

    @Test
    void idOf_afterAwsSaidThatTheUserIsGone_looksAgain() {
        has(ADA, "ada");
        idOf("ada");
        users.forget(ADA);
        idByUserName.clear();
        byId.clear();
        has(BOB, "ada");

        assertThat(idOf("ada")).isEqualTo(BOB);
    }

    @Test
    void idOf_whenSomebodyElseIsGone_isStillBelieved() {
        has(ADA, "ada");
        idOf("ada");
        users.forget(BOB);
        idOf("ada");

        verify(store, times(1)).describeUser(any(DescribeUserRequest.class));
    }

    @Test
    @AwsFact(31)
    void idOf_whereTheRoleMayOnlyList_readsAllPagesAndSendsNoFilter() {
        when(store.getUserId(any(GetUserIdRequest.class))).thenThrow(denied());
        when(store.listUsers(any(ListUsersRequest.class))).thenAnswer(call -> {
            ListUsersRequest asked = call.getArgument(0);
            assertThat(asked.toString()).doesNotContain("Filters");
            return switch (Optional.ofNullable(asked.nextToken()).orElse("")) {
                case "" -> ListUsersResponse.builder().nextToken("empty").build();
                case "empty" ->
                    ListUsersResponse.builder()
                            .users(listed(BOB, "bob", "bob@example.com"))
                            .nextToken("last")
                            .build();
                default ->
                    ListUsersResponse.builder()
                            .users(listed(ADA, "ada", "ada@example.com"))
                            .build();
            };
        });

        assertThat(idOf("ada@example.com")).isEqualTo(ADA);
        assertThat(refusal("cleo", "no user")).isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    @Test
    void idOf_whereTheRoleMayOnlyListAndTwoAreCalledSo_isAmbiguous() {
        when(store.getUserId(any(GetUserIdRequest.class))).thenThrow(denied());
        when(store.listUsers(any(ListUsersRequest.class)))
                .thenReturn(ListUsersResponse.builder()
                        .users(listed(ADA, "ada"), listed(BOB, "bob", "ada"))
                        .build());

        assertThat(refusal("ada", ADA, BOB)).isEqualTo(Reason.IDENTITY_AMBIGUOUS);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void idOf_whenThePagesGoInACircle_givesUp() {
        when(store.getUserId(any(GetUserIdRequest.class))).thenThrow(denied());
        when(store.listUsers(any(ListUsersRequest.class)))
                .thenReturn(ListUsersResponse.builder().nextToken("again").build());

        assertThatThrownBy(() -> idOf("ada"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("had given before");
    }

    @Test
    void idOf_whereTheRoleMayDoNeither_namesTheActionThatWasRefusedFirst() {
        when(store.getUserId(any(GetUserIdRequest.class))).thenThrow(denied());
        when(store.listUsers(any(ListUsersRequest.class))).thenThrow(denied());

        StrategyException refused = Objects.requireNonNull(catchThrowableOfType(
                StrategyException.class, () -> failures.reading(attempt("ada"), () -> idOf("ada"))));

        assertThat(refused.reason()).isEqualTo(Reason.DENIED);
        assertThat(refused)
                .hasMessageContainingAll(
                        "Cannot escalate ada to a group",
                        "SymSSOMain may not call identitystore:GetUserId",
                        "sso-connector");
    }

    @Test
    void idOf_whenTheListIsNotAnsweredEither_saysThat() {
        when(store.getUserId(any(GetUserIdRequest.class))).thenThrow(denied());
        when(store.listUsers(any(ListUsersRequest.class))).thenThrow(missing(ResourceType.IDENTITY_STORE));

        assertThatThrownBy(() -> idOf("ada"))
                .isInstanceOfSatisfying(
                        AwsCallException.class,
                        failed -> assertThat(failed.failure().operation()).isEqualTo("identitystore:ListUsers"));
    }

    private String resolvedBy(IdentityResolver resolver) {
        return new Users(clock, resolver, false, failures).idOf(attempt("zoë"), calls());
    }

    @Test
    void idOf_withAResolver_isTheUserOfItsId() {
        has(ADA, "ada");

        assertThat(resolvedBy(requester -> Optional.of(ADA))).isEqualTo(ADA);
    }

    private enum Unresolved {
        NOBODY(Optional.empty(), "knows no user"),
        ARN(Optional.of("arn:aws:identitystore:::user/" + ADA), "no ARN"),
        NAME(Optional.of("ada"), "must answer the id"),
        MISSING(Optional.of(BOB), "no user with the id " + BOB);

        private final Optional<String> answer;
        private final String said;

        Unresolved(Optional<String> answer, String said) {
            this.answer = answer;
            this.said = said;
        }
    }

    @ParameterizedTest
    @EnumSource(Unresolved.class)
    void idOf_withAResolverThatAnswersNoUser_isNotFound(Unresolved resolver) {
        has(ADA, "ada");

        StrategyException refused = Objects.requireNonNull(
                catchThrowableOfType(StrategyException.class, () -> resolvedBy(requester -> resolver.answer)));

        assertThat(refused.reason()).isEqualTo(Reason.IDENTITY_NOT_FOUND);
        assertThat(refused).hasMessageContaining(resolver.said);
    }
}
