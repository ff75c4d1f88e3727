package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.ServiceFailureException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

class FaultsTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final IamClient iam = Samples.adminIam(aws);

    @BeforeEach
    void makeEntities() {
        aws.iam().createUser("ada");
        aws.iam().createGroup("/sym/", "OnCall");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void fault_ofAnyKind_failsTheCallAndTakesEffectAsItSays(Fault fault) {
        aws.fault("AddUserToGroup", 1, fault);

        assertThatThrownBy(this::add).isInstanceOf(SdkException.class);
        assertThat(aws.iam().isMember("ada", "OnCall")).isEqualTo(fault.takesEffect());
        assertThat(aws.calls()).singleElement().satisfies(call -> {
            assertThat(call.decision()).isEqualTo(Decision.FAULT);
            assertThat(call.fault()).contains(fault);
            assertThat(call.callerRole()).contains("arn:aws:iam::111122223333:role/Admin");
            assertThat(call.parameters()).containsEntry("UserName", "ada");
        });
        add();
        assertThat(aws.iam().isMember("ada", "OnCall")).isTrue();
    }

    @ParameterizedTest
    @AwsFact(45)
    @CsvSource({
        "THROTTLE, Throttling, 400",
        "SERVER_ERROR_BEFORE, ServiceFailure, 500",
        "SERVER_ERROR_AFTER, ServiceFailure, 500",
        "ACCESS_DENIED, AccessDenied, 403",
        "EXPIRED_TOKEN, ExpiredToken, 403"
    })
    void fault_thatIsAnAnswer_hasIamsCodeAndStatus(Fault fault, String code, int status) {
        aws.fault("iam:AddUserToGroup", 1, fault);

        assertThatThrownBy(this::add).isInstanceOfSatisfying(IamException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
            assertThat(e.requestId()).isEqualTo(aws.calls().get(0).requestId());
            assertThat(e.isThrottlingException()).isEqualTo(fault == Fault.THROTTLE);
        });
        assertThat(aws.calls().get(0).errorCode()).contains(code);
    }

    @Test
    void serverError_ofIam_isItsModelledException() {
        aws.fault("AddUserToGroup", 1, Fault.SERVER_ERROR_BEFORE);

        assertThatThrownBy(this::add).isInstanceOf(ServiceFailureException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLE, Throttling, 400",
        "SERVER_ERROR_BEFORE, InternalFailure, 500",
        "EXPIRED_TOKEN, ExpiredToken, 403"
    })
    void fault_thatIsAnAnswer_hasTheCodeAndStatusOfSts(Fault fault, String code, int status) {
        aws.fault("GetCallerIdentity", 1, fault);

        assertThatThrownBy(() -> Samples.sts(aws).getCallerIdentity()).isInstanceOfSatisfying(StsException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_RESET_BEFORE", "CONNECTION_RESET_AFTER"})
    void reset_isAnIoExceptionOfTheHttpClient(Fault fault) {
        aws.fault("AddUserToGroup", 1, fault);

        assertThatThrownBy(this::add).isInstanceOf(SdkClientException.class).hasCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_BEFORE", "SLOW_AFTER"})
    void slow_costsThirtySecondsAndTimesOut(Fault fault) {
        aws.fault("AddUserToGroup", 1, fault);

        assertThatThrownBy(this::add).isInstanceOf(ApiCallTimeoutException.class);
        assertThat(aws.clock().instant()).isEqualTo(Instant.parse("2026-01-01T00:00:30Z"));
    }

    @Test
    void garbage_isNotAServiceException() {
        aws.fault("AddUserToGroup", 1, Fault.GARBAGE_BODY);

        assertThatThrownBy(this::add).isInstanceOf(SdkClientException.class);
    }

    @Test
    void fault_ofTheNthCall_leavesTheOthersAlone() {
        aws.fault("AddUserToGroup", 2, Fault.THROTTLE);
        aws.fault("RemoveUserFromGroup", 1, Fault.ACCESS_DENIED);

        add();
        assertThatThrownBy(this::add).hasMessageContaining("Rate exceeded");
        add();
        assertThat(aws.calls("AddUserToGroup"))
                .extracting(RecordedCall::decision)
                .containsExactly(Decision.ALLOWED, Decision.FAULT, Decision.ALLOWED);
    }

    @Test
    void fault_ofTheNthCallOfAll_countsEveryOperation() {
        aws.fault(3, Fault.THROTTLE);

        add();
        Samples.sts(aws).getCallerIdentity();
        assertThatThrownBy(this::add).hasMessageContaining("Rate exceeded");
        add();
        assertThat(aws.calls())
                .extracting(RecordedCall::decision)
                .containsExactly(Decision.ALLOWED, Decision.ALLOWED, Decision.FAULT, Decision.ALLOWED);
    }

    @Test
    void faults_ofAllCallsAndOfAnOperation_happenInTheOrderTheyWereAskedFor() {
        aws.fault("AddUserToGroup", 1, Fault.EXPIRED_TOKEN);
        aws.fault(1, Fault.THROTTLE);

        assertThatThrownBy(this::add).hasMessageContaining("expired");
        assertThatThrownBy(() -> Samples.sts(aws).getCallerIdentity()).hasMessageContaining("Rate exceeded");
        add();
    }

    @Test
    void fault_ofTheNthCallOfAll_passesOverWhatIsNotSimulated() {
        aws.fault(1, Fault.THROTTLE);

        assertThatThrownBy(() -> iam.createUser(request -> request.userName("eve")))
                .hasMessageContaining("does not know iam:CreateUser");
        assertThatThrownBy(this::add).hasMessageContaining("Rate exceeded");
    }

    @Test
    void faults_forTheSameCall_happenOneAfterTheOther() {
        aws.fault("AddUserToGroup", 1, Fault.THROTTLE);
        aws.fault("AddUserToGroup", 1, Fault.EXPIRED_TOKEN);

        assertThatThrownBy(this::add).hasMessageContaining("Rate exceeded");
        assertThatThrownBy(this::add).hasMessageContaining("expired");
        add();
    }

    @Test
    void faultAfter_whenTheOperationFailsAnyway_losesThatAnswerToo() {
        aws.fault("AddUserToGroup", 1, Fault.CONNECTION_RESET_AFTER);

        assertThatThrownBy(() ->
                        iam.addUserToGroup(request -> request.userName("nobody").groupName("OnCall")))
                .isNotInstanceOf(NoSuchEntityException.class);
        assertThat(aws.calls().get(0).errorCode()).contains("NoSuchEntity");
    }

    @Test
    void fault_ofACallThatIsNotAuthenticated_isMetByAnonymous() {
        aws.fault("GetCallerIdentity", 1, Fault.ACCESS_DENIED);

        assertThatThrownBy(() -> Samples.anonymousSts(aws).getCallerIdentity())
                .hasMessageContaining("User: anonymous is not authorized to perform: sts:GetCallerIdentity");
    }

    @Test
    void fault_ofWhatIsNotThere_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aws.fault("CreateUser", 1, Fault.THROTTLE))
                .withMessageContaining("CreateUser");
        assertThatIllegalArgumentException().isThrownBy(() -> aws.fault("sts:GetUser", 1, Fault.THROTTLE));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.fault("GetUser", 0, Fault.THROTTLE));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.fault(0, Fault.THROTTLE));
    }

    @Test
    @AwsFact({6, 45})
    void sdk_withItsRetriesOn_sendsAThrottledCallAgainButNotOneOfAnExpiredSession() {
        StsClient retrying = aws.configure(StsClient.builder())
                .overrideConfiguration(config -> config.retryStrategy(retries -> retries.maxAttempts(3)))
                .build();
        aws.fault("GetCallerIdentity", 1, Fault.THROTTLE);
        aws.fault("GetCallerIdentity", 3, Fault.EXPIRED_TOKEN);

        retrying.getCallerIdentity();
        assertThat(aws.calls()).hasSize(2);
        assertThatThrownBy(retrying::getCallerIdentity).hasMessageContaining("expired");
        assertThat(aws.calls()).hasSize(3);
    }

    private void add() {
        iam.addUserToGroup(request -> request.userName("ada").groupName("OnCall"));
    }
}
