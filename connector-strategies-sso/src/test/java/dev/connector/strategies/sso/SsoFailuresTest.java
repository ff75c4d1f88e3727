package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorClock;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.Retries;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.TargetSnapshot;
import dev.connector.core.strategy.Verb;
import dev.connector.testing.AwsFact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedExceptionReason;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminException;

/** Who can mend it, and whether the change may have been made. */
class SsoFailuresTest {

    private static final String CREATE = "sso:CreateAccountAssignment";

    private final SsoFailures failures = new SsoFailures("arn:aws:iam::111122223333:role/sym/SymSSOMain");
    private final Attempt attempt = new Attempt(Verb.ESCALATE, Requester.of("ada"), "the permission set Admin");
    private final Attempt end = new Attempt(Verb.DEESCALATE, Requester.of("ada"), "the permission set Admin");
    private final Grant grant = grant();

    private static Grant grant() {
        AccessRequest<TargetSnapshot> request = AccessRequest.builder(
                        Requester.of("ada"),
                        TargetSnapshot.builder("a_type", "a_name").build())
                .duration(Duration.ofHours(1))
                .requestedAt(Instant.parse("2026-03-01T12:00:00Z"))
                .build();
        return Grant.prepared(request, GrantScope.of("aws", "111122223333"), "ada's id", Prior.ABSENT);
    }

    private static Object failing(String operation, RuntimeException thrown) {
        return Retries.builder()
                .maxAttempts(1)
                .clock(ConnectorClock.system())
                .build()
                .call(operation, Duration.ZERO, () -> {}, () -> {
                    throw thrown;
                });
    }

    private static RuntimeException answer(int status, String code) {
        return SsoAdminException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("words")
                        .build())
                .build();
    }

    private StrategyException refusal(Supplier<Object> work) {
        return Objects.requireNonNull(
                catchThrowableOfType(StrategyException.class, () -> failures.changing(attempt, grant, work)));
    }

    private OutcomeUnknownException unknown(Attempt tried, Grant of, Supplier<Object> work) {
        return Objects.requireNonNull(
                catchThrowableOfType(OutcomeUnknownException.class, () -> failures.changing(tried, of, work)));
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDeniedException, DENIED, may not call sso:CreateAccountAssignment",
        "ThrottlingException, THROTTLED, maybe from other processes",
        "ConflictException, CONFLICT, call again in a few minutes",
        "ResourceNotFoundException, TARGET_NOT_FOUND, must exist",
        "ServiceQuotaExceededException, QUOTA_EXCEEDED, have the quota raised",
        "ValidationException, REJECTED, from AWS's words"
    })
    void changing_whenAwsRefuses_isCertainAndSaysWhoCanMendIt(String code, Reason reason, String said) {
        StrategyException refused = refusal(() -> failing(CREATE, answer(400, code)));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused)
                .hasMessageStartingWith("Cannot escalate ada to the permission set Admin: ")
                .hasMessageContaining(said);
    }

    @Test
    void requestId_ofAnErrorWhoseModelHasItAsAMember_isNotLost() {
        RuntimeException thrown = software.amazon.awssdk.services.identitystore.model.ConflictException.builder()
                .requestId("0a1b2c3d-0000-4000-8000-000000000000")
                .statusCode(400)
                .build();

        assertThat(AwsFailure.of("identitystore:CreateGroupMembership", thrown).requestId())
                .contains("0a1b2c3d-0000-4000-8000-000000000000");
    }

    @Test
    @AwsFact(23)
    void changing_whenAssignmentsAreDenied_saysWhatTheManagementAccountNeeds() {
        assertThat(refusal(() -> failing(CREATE, answer(400, "AccessDeniedException"))))
                .hasMessageContainingAll("sso_account_assignment_enabled", "management account");
    }

    @Test
    @AwsFact(36)
    void changing_whenTheCustomersKeyIsInTheWay_saysThat() {
        RuntimeException denied = AccessDeniedException.builder()
                .reason(AccessDeniedExceptionReason.KMS_ACCESS_DENIED_EXCEPTION)
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("AccessDeniedException")
                        .errorMessage("words")
                        .build())
                .build();

        assertThat(refusal(() -> failing(CREATE, denied))).hasMessageContainingAll("kms:Decrypt", "KMS_", "SymSSOMain");
    }

    @ParameterizedTest
    @CsvSource({"sso:CreateAccountAssignment", "identitystore:CreateGroupMembership"})
    void changing_whenTheAnswerToAChangeIsLost_isUnknown(String change) {
        OutcomeUnknownException lost =
                unknown(attempt, grant, () -> failing(change, SdkClientException.create("connection reset")));

        assertThat(lost.pending().state()).isEqualTo(GrantState.PENDING);
        assertThat(lost).hasMessageContaining("resume it to find out");
    }

    @Test
    void changing_whenAnEndsAnswerIsLost_isUnknownAndSaysToEndAgain() {
        OutcomeUnknownException lost = unknown(
                end,
                grant,
                () -> failing("sso:DeleteAccountAssignment", SdkClientException.create("connection reset")));

        assertThat(lost.pending().state()).isEqualTo(GrantState.ENDING);
        assertThat(lost)
                .hasMessageStartingWith("Cannot deescalate ada from the permission set Admin for certain: ")
                .hasMessageContaining("deescalate it again");
    }

    @Test
    void changing_whenAReadIsNotAnswered_isCertain() {
        StrategyException refused =
                refusal(() -> failing("sso:ListInstances", SdkClientException.create("connection reset")));

        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    /** What an earlier call may have done, the failure of this one does not undo. */
    @Test
    void changing_whenAnEarlierOutcomeIsUnknown_staysUnknown() {
        assertThat(unknown(attempt, grant.pending(), () -> failing(CREATE, answer(400, "AccessDeniedException")))
                        .pending()
                        .state())
                .isEqualTo(GrantState.PENDING);
        assertThat(unknown(end, grant.ending(), () -> {
                    throw failures.certain(Reason.IDENTITY_CHANGED, end, "they are another");
                }))
                .hasMessageContaining("they are another. Store");
    }

    @Test
    void changing_whenAbsenceIsProven_isCertainWhateverWasUnknown() {
        StrategyException late = Objects.requireNonNull(catchThrowableOfType(
                StrategyException.class,
                () -> failures.changing(attempt, grant.pending(), () -> {
                    throw failures.certain(Reason.REQUEST_EXPIRED, attempt, "it is too late.");
                })));

        assertThat(late.reason()).isEqualTo(Reason.REQUEST_EXPIRED);
    }

    @Test
    void changing_whenTheOutcomeIsSaidToBeUnknown_passesThatOn() {
        OutcomeUnknownException said = failures.unknown(attempt, grant, "nobody knows", null);

        assertThat(unknown(attempt, grant, () -> {
                    throw said;
                }))
                .isSameAs(said);
    }

    @Test
    void reading_whenTheThreadIsInterrupted_isNotStarted() {
        Thread.currentThread().interrupt();
        try {
            StrategyException refused = Objects.requireNonNull(catchThrowableOfType(
                    StrategyException.class,
                    () -> failures.reading(attempt, () -> failing("sso:ListInstances", new IllegalStateException()))));

            assertThat(refused.reason()).isEqualTo(Reason.NOT_STARTED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void reading_whenAMockFails_saysThatTheCauseTells() {
        StrategyException refused = Objects.requireNonNull(catchThrowableOfType(
                StrategyException.class,
                () -> failures.reading(
                        attempt, () -> failing("sso:ListInstances", new IllegalStateException("a mock's words")))));

        assertThat(refused.reason()).isEqualTo(Reason.REJECTED);
        assertThat(refused).hasMessageContaining("the cause says what is wrong");
    }

    @Test
    void new_withoutARole_speaksOfTheClient() {
        StrategyException refused = Objects.requireNonNull(catchThrowableOfType(
                StrategyException.class,
                () -> new SsoFailures(null)
                        .reading(attempt, () -> failing("sso:ListInstances", answer(400, "AccessDeniedException")))));

        assertThat(refused)
                .hasMessageContaining("The client's own credentials may not call sso:ListInstances")
                .hasCauseInstanceOf(SsoAdminException.class);
    }

    @Test
    void isUnsentRead_ofAChangeOrOfWhatAwsRefused_isFalse() {
        RuntimeException refusal = new InvalidSettingsException("send a request", List.of("endpoint: is not AWS's."));

        assertThat(SsoFailures.isUnsentRead(AwsFailure.of("sso:ListAccountAssignmentCreationStatus", refusal)))
                .isTrue();
        assertThat(SsoFailures.isUnsentRead(AwsFailure.of("sso:CreateAccountAssignment", refusal)))
                .isFalse();
        assertThat(SsoFailures.isUnsentRead(AwsFailure.of(
                        "sso:ListAccountAssignmentCreationStatus",
                        ModelAws.error(403, "AccessDeniedException", "Not allowed."))))
                .isFalse();
    }
}
