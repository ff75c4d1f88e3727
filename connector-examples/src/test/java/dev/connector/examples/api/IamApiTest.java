package dev.connector.examples.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.Retries;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.SessionScope;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Srn;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

class IamApiTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final Map<String, String> runtime = aws.runtimeConnector("main");
    private final Map<String, String> role = aws.iamConnector("main");
    private final ConnectorClock clock =
            ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);

    @Test
    void target_keepsWhatItWasTold() {
        IamGroupTarget target = IamGroupTarget.builder("Audit")
                .groupName("OnCall")
                .path("/sym/")
                .name("on-call")
                .label("On call")
                .srn(Srn.parse("sym:target:on_call:1.0.0"))
                .build();

        assertThat(target.groupName()).isEqualTo("OnCall");
        assertThat(target.path()).hasValue("/sym/");
        assertThat(target.name()).isEqualTo("on-call");
        assertThat(target.label()).hasValue("On call");
        assertThat(target.srn()).hasValue(Srn.parse("sym:target:on_call:1.0.0"));
        assertThat(target.type()).isEqualTo(IamGroupTarget.TYPE.name());
    }

    @Test
    void target_ofAName_hasAPathOnlyIfItWasTold() {
        assertThat(IamGroupTarget.of("/sym/", "OnCall")).hasToString("/sym/OnCall");
        assertThat(IamGroupTarget.of("OnCall").path()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> IamGroupTarget.of("On Call"));
        assertThatIllegalArgumentException().isThrownBy(() -> IamGroupTarget.of("sym", "OnCall"));
    }

    @Test
    void pattern_isAPathAndAName() {
        assertThat(IamGroupPattern.of("/sym/*/", "On*"))
                .hasToString("/sym/*/On*")
                .isEqualTo(IamGroupPattern.of("/sym/*/", "On*"))
                .isNotEqualTo(IamGroupPattern.of("/sym/", "On*"));
        assertThatIllegalArgumentException().isThrownBy(() -> IamGroupPattern.of("sym", "OnCall"));
    }

    @Test
    void strategy_worksAsItWasTold() {
        List<String> told = new ArrayList<>();
        String ada = aws.iam().createUser("ada");
        aws.iam().createGroup("/sym/", "OnCall");
        aws.iam().createGroup("/sym/", "Retired");
        try (RuntimeConnector connector = connector();
                IamGroupStrategy strategy = IamGroupStrategy.builder()
                        .connector(connector)
                        .settings(Map.of("role_arn", "arn:aws:iam::111122223333:role/sym/Other"))
                        .roleArn(role.get("role_arn"))
                        .externalId("an-id-for-this-hop")
                        .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                        .revocableGroups(IamGroupPattern.of("/sym/", "Retired"))
                        .sessionScope(SessionScope.TARGET)
                        .sessionPerRequester(true)
                        .membershipReads(false)
                        .settleTime(Duration.ZERO)
                        .keepWhenPriorUnknown(true)
                        .identityResolver(requester ->
                                requester.username().equals("ada@example.com") ? Optional.of("ada") : Optional.empty())
                        .clock(clock)
                        .listener(listenerOf(told))
                        .build()) {
            Grant grant = strategy.escalate(request("OnCall"));

            assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
            assertThat(grant.principalId()).isEqualTo(ada);
            assertThat(aws.iam().members("OnCall")).containsExactly("ada");
            assertThat(strategy.deescalate(grant).result()).isEqualTo(Revocation.Result.KEPT_PREEXISTING);
            assertThatExceptionOfType(TargetNotAllowedException.class)
                    .isThrownBy(() -> strategy.escalate(request("Retired")));
        }
        assertThat(aws.calls("ListGroupsForUser")).isEmpty();
        assertThat(told).contains("iam:AddUserToGroup");
        assertThat(lastAssumeRole().parameters())
                .containsEntry("RoleSessionName", "ada@example.com")
                .containsEntry("ExternalId", "***")
                .extractingByKey("Policy")
                .asString()
                .contains("group/sym/OnCall")
                .doesNotContain("Retired");
    }

    private RecordedCall lastAssumeRole() {
        List<RecordedCall> calls = aws.calls("AssumeRole");
        return calls.get(calls.size() - 1);
    }

    @Test
    void strategy_retriesAsItWasTold() {
        aws.iam().createUser("ada@example.com");
        aws.iam().createGroup("/sym/", "OnCall");
        aws.fault("AddUserToGroup", 1, Fault.THROTTLE);
        try (RuntimeConnector connector = connector();
                IamGroupStrategy strategy = IamGroupStrategy.builder()
                        .connector(connector)
                        .settings(role)
                        .allowedGroups(IamGroupPattern.of("/sym/", "*"))
                        .retries(Retries.builder().clock(clock).maxAttempts(1).build())
                        .build()) {
            assertThatExceptionOfType(StrategyException.class)
                    .isThrownBy(() -> strategy.escalate(request("OnCall")))
                    .returns(StrategyException.Reason.THROTTLED, StrategyException::reason);
        }
        assertThat(aws.calls("AddUserToGroup")).hasSize(1);
    }

    @Test
    void strategy_withAClient_needsNoConnector() {
        try (IamGroupStrategy strategy = IamGroupStrategy.builder()
                .iamClient(mock(IamClient.class))
                .accountId("444455556666")
                .partition("aws-cn")
                .allowedGroups(IamGroupPattern.of("/sym/", "*"))
                .build()) {
            assertThat(strategy.scope()).isEqualTo(GrantScope.of("aws-cn", "444455556666"));
        }
    }

    @Test
    void strategy_ofWrongSettings_namesAllOfThem() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(IamGroupStrategy.builder()
                        .settings(Map.of("cloud", "other"))
                        .roleArn("SymIAMMain")
                        .externalId("an-id-for-no-hop")
                        .accountId("4444")
                        .partition("moon")
                        .settleTime(Duration.ofDays(1))::build)
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                        .containsExactlyInAnyOrder(
                                "role_arn",
                                "role_arn",
                                "cloud",
                                "connector",
                                "externalId",
                                "partition",
                                "account_id",
                                "allowedGroups",
                                "settleTime"));
    }

    private RuntimeConnector connector() {
        return RuntimeConnector.builder()
                .settings(runtime)
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(clock)
                .build();
    }

    private AccessRequest<IamGroupTarget> request(String group) {
        return AccessRequest.builder(Requester.of("ada@example.com"), IamGroupTarget.of("/sym/", group))
                .requestedAt(aws.clock().instant())
                .duration(Duration.ofHours(1))
                .build();
    }

    private static ConnectorListener listenerOf(List<String> told) {
        return new ConnectorListener() {
            @Override
            public void onCall(Call call) {
                told.add(call.operation());
            }
        };
    }
}
