package dev.connector.examples.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorException;
import dev.connector.core.ConnectorListener;
import dev.connector.core.ConnectorRole;
import dev.connector.core.PolicyDocument;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.SessionScope;
import dev.connector.core.strategy.AccessDuration;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Actor;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantKey;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.RemainingAccess;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.RunContext;
import dev.connector.core.strategy.Settling;
import dev.connector.core.strategy.Srn;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyRouter;
import dev.connector.core.strategy.StrategySession;
import dev.connector.core.strategy.StrategySessions;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.core.strategy.TargetSnapshot;
import dev.connector.core.strategy.TargetType;
import dev.connector.core.strategy.Telling;
import dev.connector.core.strategy.Verb;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.IamException;

class StrategyApiTest {

    private static final UUID ID = UUID.fromString("ff30a212-24d9-459c-8784-de275042b083");
    private static final UUID OTHER_ID = UUID.fromString("0b9f7c1e-3f5d-4f0e-9a55-6d3a7c2f1e88");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Srn SRN = Srn.parse("sym:target:front_door:1.0.0");
    private static final GrantScope SCOPE = GrantScope.of("aws", "111122223333");
    private static final TargetType<Door> DOORS =
            TargetType.of("door", Door.class, snapshot -> new Door(snapshot.requireSetting("door")));

    private final SimulatedAws aws = SimulatedAws.create();
    private final ConnectorClock clock =
            ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);

    private record Door(String door) implements AccessTarget {

        @Override
        public String type() {
            return "door";
        }

        @Override
        public String name() {
            return door;
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("door", door);
        }
    }

    @Test
    void duration_isReadAndWritten() {
        assertThat(AccessDuration.parse("90m")).isEqualTo(AccessDuration.of(Duration.ofMinutes(90)));
        assertThat(AccessDuration.of(Duration.ofDays(30))).hasToString("1mo");
        assertThatIllegalArgumentException().isThrownBy(() -> AccessDuration.parse("90"));
        assertThatIllegalArgumentException().isThrownBy(() -> AccessDuration.of(Duration.ZERO));
    }

    @Test
    void request_keepsWhatItWasTold_alsoInItsJson() {
        AccessRequest<Door> request = AccessRequest.builder(Requester.of("bob"), new Door("back"))
                .requester(requester())
                .target(new Door("front"))
                .id(ID)
                .reason("INC-42")
                .duration(Duration.ofHours(1))
                .requestedAt(NOON)
                .notAfter(NOON.plusSeconds(60))
                .maxWait(Duration.ofSeconds(90))
                .actor(actor())
                .openGrants(List.of(prepared()))
                .lastEndedAt(NOON.minusSeconds(60))
                .mayHaveRun(true)
                .run(run())
                .scope(SCOPE)
                .build();

        assertThat(request)
                .returns(requester(), AccessRequest::requester)
                .returns(new Door("front"), AccessRequest::target)
                .returns(ID, AccessRequest::id)
                .returns(Optional.of("INC-42"), AccessRequest::reason)
                .returns(Duration.ofHours(1), AccessRequest::duration)
                .returns(NOON, AccessRequest::requestedAt)
                .returns(NOON.plusSeconds(60), AccessRequest::notAfter)
                .returns(Duration.ofSeconds(90), AccessRequest::maxWait)
                .returns(Optional.of(actor()), AccessRequest::actor)
                .returns(List.of(prepared()), AccessRequest::openGrants)
                .returns(Optional.of(NOON.minusSeconds(60)), AccessRequest::lastEndedAt)
                .returns(true, AccessRequest::mayHaveRun)
                .returns(Optional.of(run()), AccessRequest::run)
                .returns(Optional.of(SCOPE), AccessRequest::scope);
        assertThat(AccessRequest.fromJson(request.toJson(), DOORS)).isEqualTo(request);
    }

    @Test
    void request_thatCannotBe_isRefused() {
        AccessRequest.Builder<Door> tooLate = AccessRequest.builder(requester(), new Door("front"))
                .duration(Duration.ofHours(1))
                .requestedAt(NOON)
                .notAfter(NOON.minusSeconds(1));

        assertThatIllegalArgumentException().isThrownBy(tooLate::build).withMessageContaining("notAfter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRequest.fromJson("{}", DOORS))
                .withMessageContaining("version");
    }

    @Test
    void people_keepWhatTheyWereTold() {
        assertThat(requester())
                .returns("ada", Requester::username)
                .returns(Optional.of("Ada Lovelace"), Requester::name)
                .returns(Optional.of(SRN), Requester::srn)
                .returns(Map.of("slack", "U1"), Requester::identity);
        assertThat(actor())
                .returns("grace", Actor::username)
                .returns(Optional.of("Grace Hopper"), Actor::name)
                .returns(Optional.of(SRN), Actor::srn)
                .returns(Map.of("slack", "U2"), Actor::identity);
        assertThatIllegalArgumentException().isThrownBy(() -> Requester.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Actor.of(""));
    }

    @Test
    void target_keepsWhatItWasTold() {
        TargetSnapshot target = TargetSnapshot.builder("window", "back")
                .type("door")
                .name("front")
                .label("Front door")
                .srn(SRN)
                .settings(Map.of("door", "front"))
                .build();

        assertThat(target)
                .returns("door", TargetSnapshot::type)
                .returns("front", TargetSnapshot::name)
                .returns(Optional.of("Front door"), TargetSnapshot::label)
                .returns(Optional.of(SRN), TargetSnapshot::srn)
                .returns("front", snapshot -> snapshot.requireSetting("door"));
        assertThat(TargetSnapshot.of(new Door("front")).settings()).isEqualTo(target.settings());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.requireSetting("window"))
                .withMessageContaining("window");
    }

    @Test
    void targetType_readsItsOwnTargets() {
        assertThat(DOORS.read(TargetSnapshot.of(new Door("front")))).isEqualTo(new Door("front"));
        assertThat(TargetType.any().read(new Door("front"))).isEqualTo(new Door("front"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> DOORS.read(TargetSnapshot.builder("window", "w").build()))
                .withMessageContaining("not of the type door");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetType.of("", Door.class, snapshot -> new Door("front")));
    }

    @Test
    void run_keepsWhatItWasTold() {
        assertThat(run())
                .returns(Optional.of(srn("run")), RunContext::srn)
                .returns(Optional.of(srn("parent")), RunContext::parent)
                .returns(Optional.of(srn("flow")), RunContext::flow)
                .returns(Optional.of(srn("template")), RunContext::template)
                .returns(Optional.of("slack"), RunContext::channel);
    }

    @Test
    void srn_isTakenApart() {
        assertThat(SRN)
                .returns("sym", Srn::org)
                .returns("target", Srn::model)
                .returns("front_door", Srn::slug)
                .returns("1.0.0", Srn::version);
        assertThatIllegalArgumentException().isThrownBy(() -> Srn.parse("sym"));
    }

    @Test
    void scope_keepsWhatItWasTold() {
        GrantScope scope = GrantScope.builder("aws", "111122223333")
                .partition("aws-cn")
                .accountId("444455556666")
                .instanceArn("arn:aws-cn:sso:::instance/ssoins-1111111111111111")
                .identityStoreId("d-1111111111")
                .roleArn("arn:aws-cn:iam::444455556666:role/sym/SymDoorMain")
                .build();

        assertThat(scope)
                .returns("aws-cn", GrantScope::partition)
                .returns("444455556666", GrantScope::accountId)
                .returns(Optional.of("arn:aws-cn:sso:::instance/ssoins-1111111111111111"), GrantScope::instanceArn)
                .returns(Optional.of("d-1111111111"), GrantScope::identityStoreId)
                .returns(Optional.of("arn:aws-cn:iam::444455556666:role/sym/SymDoorMain"), GrantScope::roleArn);
        assertThatIllegalArgumentException().isThrownBy(() -> GrantScope.of("aws", ""));
    }

    @Test
    void grant_keepsWhatItWasTold_alsoInItsJson() {
        Grant grant = Grant.builder()
                .requestId(ID)
                .state(GrantState.GRANTED)
                .requester(requester())
                .target(TargetSnapshot.of(new Door("front")))
                .reason("INC-42")
                .duration(Duration.ofHours(1))
                .requestedAt(NOON)
                .notAfter(NOON.plusSeconds(60))
                .maxWait(Duration.ofSeconds(90))
                .actor(actor())
                .run(run())
                .scope(SCOPE)
                .principalId("AIDAADA")
                .principalName("ada")
                .targetId("target-1")
                .membershipId("membership-1")
                .awsRequestId("request-1")
                .sessionDuration(Duration.ofHours(4))
                .prior(Prior.ABSENT)
                .grantedAt(NOON.plusSeconds(7))
                .confirmed(true)
                .build();

        assertThat(grant)
                .returns(ID, Grant::requestId)
                .returns(GrantState.GRANTED, Grant::state)
                .returns(requester(), Grant::requester)
                .returns(TargetSnapshot.of(new Door("front")), Grant::target)
                .returns(Optional.of("INC-42"), Grant::reason)
                .returns(Duration.ofHours(1), Grant::duration)
                .returns(NOON, Grant::requestedAt)
                .returns(NOON.plusSeconds(60), Grant::notAfter)
                .returns(Duration.ofSeconds(90), Grant::maxWait)
                .returns(Optional.of(actor()), Grant::actor)
                .returns(Optional.of(run()), Grant::run)
                .returns(SCOPE, Grant::scope);
        assertThat(grant)
                .returns("AIDAADA", Grant::principalId)
                .returns(Optional.of("ada"), Grant::principalName)
                .returns(Optional.of("target-1"), Grant::targetId)
                .returns(Optional.of("membership-1"), Grant::membershipId)
                .returns(Optional.of("request-1"), Grant::awsRequestId)
                .returns(Optional.of(Duration.ofHours(4)), Grant::sessionDuration)
                .returns(Prior.ABSENT, Grant::prior)
                .returns(Optional.of(NOON.plusSeconds(7)), Grant::grantedAt)
                .returns(true, Grant::confirmed);
        assertThat(Grant.fromJson(grant.toJson())).isEqualTo(grant);
    }

    @Test
    void grant_ofARequest_isPrepared() {
        Grant named = Grant.preparing(request(), SCOPE, "AIDAADA", Prior.ABSENT)
                .principalName("ada")
                .build();

        assertThat(prepared().state()).isEqualTo(GrantState.PREPARED);
        assertThat(prepared().principalName()).isEmpty();
        assertThat(named.principalName()).hasValue("ada");
        assertThat(named.key()).isEqualTo(GrantKey.of(SCOPE, "AIDAADA", new Door("front")));
    }

    @Test
    void grant_thatCannotBe_isRefused() {
        Grant.Builder givenNever = prepared().toBuilder().state(GrantState.GRANTED);

        assertThatIllegalArgumentException().isThrownBy(givenNever::build).withMessageContaining("grantedAt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson("{}"))
                .withMessageContaining("version");
    }

    @Test
    void ending_saysWhoAndWhy() {
        assertThat(Ending.scheduled().type()).isEqualTo(Ending.Type.SCHEDULED);
        assertThat(Ending.revokedBy(actor(), "INC-42 is over"))
                .returns(Ending.Type.REVOKE, Ending::type)
                .returns(Optional.of(actor()), Ending::actor)
                .returns(Optional.of("INC-42 is over"), Ending::reason);
    }

    @Test
    void revocation_keepsWhatItWasTold_alsoInItsJson() {
        RemainingAccess sessions = RemainingAccess.of(RemainingAccess.Kind.SESSIONS, "sessions of ada")
                .until(NOON.plusSeconds(3_600));
        Revocation revocation = Revocation.builder(granted(), Revocation.Result.ALREADY_ABSENT)
                .grant(prepared())
                .result(Revocation.Result.REVOKED)
                .confirmed(true)
                .endedAt(NOON)
                .remaining(List.of(sessions))
                .remainingComplete(true)
                .build();

        assertThat(revocation)
                .returns(prepared(), Revocation::grant)
                .returns(Revocation.Result.REVOKED, Revocation::result)
                .returns(true, Revocation::confirmed)
                .returns(Optional.of(NOON), Revocation::endedAt)
                .returns(List.of(sessions), Revocation::remaining)
                .returns(true, Revocation::remainingComplete);
        assertThat(Revocation.fromJson(revocation.toJson())).isEqualTo(revocation);
        assertThatIllegalArgumentException().isThrownBy(() -> Revocation.fromJson("{}"));
    }

    @Test
    void revocation_namesAnotherGrantOnlyWhereThatKeepsTheAccess() {
        assertThat(Revocation.builder(prepared(), Revocation.Result.KEPT_IN_USE)
                        .inUseBy(OTHER_ID)
                        .build()
                        .inUseBy())
                .hasValue(OTHER_ID);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocation.of(prepared(), Revocation.Result.KEPT_IN_USE))
                .withMessageContaining("inUseBy");
    }

    @Test
    void outcome_isAValueOrAFailure() {
        RuntimeException failure = new IllegalStateException("closed");

        assertThat(Outcome.of(prepared(), "revoked").orElseThrow()).isEqualTo("revoked");
        assertThat(Outcome.failed(prepared(), failure).failure()).hasValue(failure);
        assertThatThrownBy(Outcome.failed(prepared(), failure)::orElseThrow).isSameAs(failure);
    }

    @Test
    void telling_goesOnAfterAFailure_andThrowsItAtTheEnd() {
        List<Outcome<String>> told = new ArrayList<>();
        Telling<String> telling = new Telling<>(outcome -> {
            told.add(outcome);
            throw new IllegalStateException("broken store");
        });

        telling.accept(Outcome.of(prepared(), "first"));
        telling.accept(Outcome.of(prepared(), "second"));

        assertThat(told).hasSize(2);
        assertThatThrownBy(telling::throwWhatWasThrown).hasMessage("broken store");
    }

    @Test
    void exceptions_sayWhatTheyWereTold() {
        Throwable cause = new IllegalStateException("closed");

        assertThat(new StrategyException(StrategyException.Reason.CONFLICT, "Cannot escalate."))
                .returns(StrategyException.Reason.CONFLICT, StrategyException::reason)
                .returns(true, StrategyException::isRetryable);
        assertThat(new StrategyException(StrategyException.Reason.DENIED, "Cannot escalate.", cause))
                .hasCause(cause);
        assertThat(new StrategyException(StrategyException.Reason.DENIED, "Cannot escalate.", failure()))
                .returns(Optional.of("iam:GetUser"), ConnectorException::awsOperation);
        assertThat(new GrantRejectedException("Cannot resume.")).hasMessage("Cannot resume.");
        assertThat(new GrantRejectedException("Cannot resume.", cause)).hasCause(cause);
        assertThat(new TargetNotAllowedException(new Door("front"), "Not on the list."))
                .returns(TargetSnapshot.of(new Door("front")), TargetNotAllowedException::target);
    }

    @Test
    void unknownOutcomes_carryTheGrantToFindOutWith() {
        Throwable cause = new IllegalStateException("closed");
        Grant pending = prepared().pending();

        assertThat(new OutcomeUnknownException(Verb.ESCALATE, pending, "Unknown."))
                .returns(Verb.ESCALATE, OutcomeUnknownException::during)
                .returns(pending, OutcomeUnknownException::pending)
                .returns(true, OutcomeUnknownException::isRetryable);
        assertThat(new OutcomeUnknownException(Verb.DEESCALATE, pending, "Unknown.", cause))
                .hasCause(cause)
                .returns(Verb.DEESCALATE, OutcomeUnknownException::during);
        assertThat(new OutcomeUnknownException(Verb.ESCALATE, pending, "Unknown.", failure()))
                .returns(Optional.of("iam:GetUser"), ConnectorException::awsOperation);
    }

    @Test
    void router_handsAGrantToItsStrategy() {
        AccessStrategy<Door> doors = strategyOf(DOORS);
        Grant granted = granted();
        when(doors.resume(prepared())).thenReturn(granted);
        try (StrategyRouter router = StrategyRouter.of(doors);
                StrategyRouter same = StrategyRouter.of(List.of(doors))) {
            assertThat(router.resume(prepared())).isSameAs(granted);
            assertThat(same.resume(prepared())).isSameAs(granted);
            assertThatIllegalArgumentException().isThrownBy(() -> StrategyRouter.of(doors, doors));
        }
    }

    @SuppressWarnings("unchecked") // A mock has no type arguments.
    private static <T extends AccessTarget> AccessStrategy<T> strategyOf(TargetType<T> type) {
        AccessStrategy<T> strategy = mock(AccessStrategy.class);
        when(strategy.targetType()).thenReturn(type);
        when(strategy.scope()).thenReturn(SCOPE);
        return strategy;
    }

    @Test
    void deadline_runsOutOnItsClock() {
        Deadline deadline = Deadline.in(clock, Duration.ofSeconds(10));

        aws.clock().advance(Duration.ofSeconds(4));

        assertThat(deadline.remaining()).hasSeconds(6);
        assertThat(deadline.remainingAtMost(Duration.ofSeconds(2))).hasSeconds(2);
        assertThat(Deadline.in(clock, Duration.ofSeconds(-1)).remaining()).isZero();
    }

    @Test
    void settling_waitsForWhatIsHopedFor() throws InterruptedException {
        List<String> waits = new ArrayList<>();
        Settling settling = new Settling(clock, listenerOfWaits(waits), Duration.ofSeconds(30));
        Deadline deadline = Deadline.in(clock, Duration.ofMinutes(1));

        long seen = settling.readUntil("the door to open", deadline, clock::nanos, nanos -> nanos > 0);

        assertThat(seen).isPositive();
        assertThat(waits).containsExactly("the door to open");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settling(clock, ConnectorListener.none(), Duration.ofSeconds(-1)));
    }

    @Test
    void priorAccess_remembersWhatEndedLately() {
        PriorAccess prior = new PriorAccess(clock, Duration.ofSeconds(30));
        GrantKey key = GrantKey.of(SCOPE, "AIDAADA", new Door("front"));
        assertThat(prior.of(request(), key, Prior.PRESENT)).isEqualTo(Prior.PRESENT);

        prior.ending(key, () -> {});

        assertThat(prior.of(request(), key, Prior.PRESENT)).isEqualTo(Prior.UNKNOWN);
        assertThatIllegalArgumentException().isThrownBy(() -> new PriorAccess(clock, Duration.ofSeconds(-1)));
    }

    @Test
    void sessions_areAsNarrowAsTheyWereTold() {
        Map<String, String> settings = aws.runtimeConnector("main");
        ConnectorRole role = ConnectorRole.of(aws.iamConnector("main").get("role_arn"));
        try (RuntimeConnector connector = RuntimeConnector.builder()
                .settings(settings)
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(clock)
                .build()) {
            StrategySessions sessions = StrategySessions.builder(
                            connector, role, policyOn("*"), target -> policyOn(target.name()))
                    .scope(SessionScope.TARGET)
                    .perRequester(true)
                    .build();
            GetUserRequest.Builder call =
                    sessions.open(new Door("front"), requester()).authorize(GetUserRequest.builder());

            assertThat(call.build()
                            .overrideConfiguration()
                            .flatMap(AwsRequestOverrideConfiguration::credentialsIdentityProvider))
                    .isPresent();
        }
        assertThat(aws.calls("AssumeRole"))
                .last()
                .extracting(RecordedCall::parameters)
                .satisfies(parameters -> assertThat(parameters)
                        .containsEntry("RoleSessionName", "ada")
                        .containsEntry("Policy", policyOn("front").toJson()));
    }

    @Test
    void session_ofTheClientsOwn_leavesTheCallAsItIs() {
        assertThat(StrategySession.clientsOwn()
                        .authorize(GetUserRequest.builder())
                        .build()
                        .overrideConfiguration())
                .isEmpty();
    }

    private static PolicyDocument policyOn(String resource) {
        return PolicyDocument.of(PolicyDocument.Statement.allow(List.of("iam:GetUser"), List.of(user(resource))));
    }

    private static String user(String name) {
        return "arn:aws:iam::111122223333:user/" + name;
    }

    private static Requester requester() {
        return Requester.builder("bob")
                .username("ada")
                .name("Ada Lovelace")
                .srn(SRN)
                .identity(Map.of("slack", "U1"))
                .build();
    }

    private static Actor actor() {
        return Actor.builder("bob")
                .username("grace")
                .name("Grace Hopper")
                .srn(SRN)
                .identity(Map.of("slack", "U2"))
                .build();
    }

    private static RunContext run() {
        return RunContext.builder()
                .srn(srn("run"))
                .parent(srn("parent"))
                .flow(srn("flow"))
                .template(srn("template"))
                .channel("slack")
                .build();
    }

    private static Srn srn(String model) {
        return Srn.parse("sym:" + model + ":door_access:1.0.0");
    }

    private static AccessRequest<Door> request() {
        return AccessRequest.builder(requester(), new Door("front"))
                .id(ID)
                .duration(Duration.ofHours(1))
                .requestedAt(NOON)
                .build();
    }

    private static Grant prepared() {
        return Grant.prepared(request(), SCOPE, "AIDAADA", Prior.ABSENT);
    }

    private static Grant granted() {
        return prepared().granted(NOON);
    }

    private static AwsFailure failure() {
        return AwsFailure.of(
                "iam:GetUser", IamException.builder().statusCode(403).build());
    }

    private static ConnectorListener listenerOfWaits(List<String> waits) {
        return new ConnectorListener() {
            @Override
            public void onWait(Wait wait) {
                waits.add(wait.purpose());
            }
        };
    }
}
