package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorListener;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.RoleAssumptionException;
import dev.connector.strategies.sso.ChangeResult.End;
import dev.connector.strategies.sso.World.Program;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class AssignmentSchedulerTest {

    private final World world = new World(7);
    private final Program program = world.program(AssignmentLimits.DEFAULT);

    private void fillSlots() {
        for (int user = 100; user < 130; user++) {
            program.submit(Samples.grant(user));
        }
    }

    private ChangeResult done(AssignmentChange change) {
        Ticket ticket = program.submit(change);
        world.run();
        return program.resultOf(ticket);
    }

    @Test
    void submitted_whenAwsCarriesItOut_succeedsUnderAwsId() {
        ChangeResult result = done(Samples.grant(1));

        assertThat(result).isEqualTo(new ChangeResult(End.SUCCEEDED, "request-1", null, null));
    }

    @Test
    void submitted_whenAwsCannotCarryItOut_failsWithAwsReason() {
        world.aws.fails = key -> true;

        ChangeResult result = done(Samples.grant(1));

        assertThat(result.is(End.FAILED)).isTrue();
        assertThat(result.failureReason()).contains("404");
        assertThat(world.aws.describes).isEqualTo(1);
    }

    @Test
    void submitted_whenFailedAndReasonMayNotBeRead_failsWithoutReason() {
        world.aws.fails = key -> true;
        world.aws.describingDenied = true;

        assertThat(done(Samples.grant(1))).isEqualTo(new ChangeResult(End.FAILED, "request-1", null, null));
    }

    @Test
    void submitted_whenTheAnswerIsFinal_isDoneAtOnce() {
        world.aws.meanSeconds = 0;

        assertThat(done(Samples.grant(1)).is(End.SUCCEEDED)).isTrue();
        assertThat(world.aws.lists).isZero();
    }

    @Test
    void nothingOutstanding_always_readsNothing() {
        done(Samples.grant(1));
        int calls = world.aws.calls;

        world.at(world.seconds() + 3_600, () -> program.on(new Event.TimePassed()));
        world.run();

        assertThat(world.aws.calls).isEqualTo(calls);
        assertThat(program.scheduler.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void sameRequest_whileInHand_joins() {
        Ticket first = program.submit(Samples.grant(1));
        Ticket second = program.submit(Samples.grant(1));
        world.run();

        assertThat(program.resultOf(first)).isEqualTo(program.resultOf(second));
        assertThat(world.aws.sends).isEqualTo(1);
    }

    @Test
    void sameRequest_whenOneOfTwoLeaves_goesOnForTheOther() {
        fillSlots();
        Ticket first = program.submit(Samples.grant(1));
        Ticket second = program.submit(Samples.grant(1));

        assertThat(program.leave(first).is(End.NOT_SENT)).isTrue();
        world.run();

        assertThat(program.resultOf(second).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void otherRequestOfTheSameKey_always_waitsForTheFirst() {
        Ticket first = program.submit(AssignmentChange.revocation("one", Samples.key(1)));
        Ticket second = program.submit(AssignmentChange.revocation("other", Samples.key(1)));
        world.run();

        assertThat(world.aws.sends).isEqualTo(2);
        assertThat(world.aws.conflicts).isZero();
        assertThat(program.endOf(second)).isGreaterThan(program.endOf(first));
    }

    @Test
    void revocation_whenGrantWasNotSent_cancelsItForCertain() {
        fillSlots();
        Ticket grant = program.submit(Samples.grant(1));

        Ticket revocation = program.submit(Samples.revocation(1));

        assertThat(program.resultOf(grant)).isEqualTo(ChangeResult.notSent());
        world.run();
        assertThat(program.resultOf(revocation).is(End.SUCCEEDED)).isTrue();
        assertThat(program.sent).doesNotContain(grant);
    }

    @Test
    void revocation_whenGrantWasSent_waitsForItsEnd() {
        Ticket grant = program.submit(Samples.grant(1));
        Ticket revocation = program.submit(Samples.urgentRevocation(1));
        world.run();

        assertThat(program.resultOf(grant).is(End.SUCCEEDED)).isTrue();
        assertThat(program.resultOf(revocation).is(End.SUCCEEDED)).isTrue();
        assertThat(program.endOf(revocation)).isGreaterThan(program.endOf(grant));
        assertThat(world.aws.conflicts).isZero();
    }

    @Test
    void revocation_whenGrantBacksOff_cancelsIt() {
        world.aws.accept(Samples.key(1), Direction.REVOKE);
        Ticket grant = program.submit(Samples.grant(1));
        world.runUntil(0.2);
        assertThat(world.aws.conflicts).isEqualTo(1);

        program.submit(Samples.revocation(1));

        assertThat(program.resultOf(grant).is(End.NOT_SENT)).isTrue();
    }

    @Test
    void revocation_whenGrantIsThrottledOnItsWay_cancelsIt() {
        world.aws.limit = 0;
        Ticket grant = program.submit(Samples.grant(1));
        Ticket revocation = program.submit(Samples.revocation(1));
        world.at(1, () -> world.aws.limit = 10);
        world.run();

        assertThat(program.resultOf(grant).is(End.NOT_SENT)).isTrue();
        assertThat(program.resultOf(revocation).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void urgentRevocation_behindAScheduledOneOfItsKey_bringsItForward() {
        for (int user = 100; user < 140; user++) {
            program.submit(Samples.revocation(user));
        }
        Ticket scheduled = program.submit(AssignmentChange.revocation("one", Samples.key(1)));
        Ticket urgent = program.submit(AssignmentChange.urgentRevocation("other", Samples.key(1)));
        world.run();

        assertThat(program.sent.indexOf(scheduled)).isEqualTo(10);
        assertThat(program.sent.indexOf(urgent)).isLessThan(25);
    }

    @Test
    void grant_behindARevocationOfItsKey_isSentAfterIt() {
        Ticket revocation = program.submit(Samples.revocation(1));
        Ticket grant = program.submit(AssignmentChange.grant("again", Samples.key(1)));
        world.run();

        assertThat(program.sent).containsExactly(revocation, grant);
        assertThat(program.resultOf(grant).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void lanes_always_inOrderOfArrivalWithinEach() {
        List<Ticket> grants = new ArrayList<>();
        List<Ticket> revocations = new ArrayList<>();
        for (int user = 0; user < 40; user++) {
            grants.add(program.submit(Samples.grant(user)));
            revocations.add(program.submit(Samples.revocation(1_000 + user)));
        }
        world.run();

        assertThat(program.sent.stream().filter(grants::contains)).containsExactlyElementsOf(grants);
        assertThat(program.sent.stream().filter(revocations::contains)).containsExactlyElementsOf(revocations);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void grants_whileRevocationsNeverEnd_areNotStarved(int slots) {
        Program narrow = world.program(AssignmentLimits.DEFAULT.withOutstandingChanges(slots));
        for (int user = 0; user < 300; user++) {
            narrow.submit(Samples.urgentRevocation(1_000 + user));
        }
        Ticket grant = narrow.submit(Samples.grant(1));
        world.run();

        assertThat(narrow.endOf(grant)).isLessThan(40);
        assertThat(narrow.results).hasSize(301);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void revocations_whileGrantsNeverEnd_areNotStarved(int slots) {
        Program narrow = world.program(AssignmentLimits.DEFAULT.withOutstandingChanges(slots));
        for (int user = 0; user < 100; user++) {
            narrow.submit(Samples.grant(1_000 + user));
        }
        Ticket revocation = narrow.submit(Samples.revocation(1));
        world.run();

        assertThat(narrow.endOf(revocation)).isLessThan(40);
        assertThat(narrow.results).hasSize(101);
    }

    @Test
    void left_whenUnsent_givesItsPlaceUpAtOnce() {
        fillSlots();
        Ticket leaver = program.submit(Samples.grant(1));

        assertThat(program.leave(leaver).is(End.NOT_SENT)).isTrue();
        world.run();

        assertThat(program.sent).doesNotContain(leaver);
        assertThat(world.aws.requests).hasSize(30);
    }

    @Test
    void left_whenAccepted_keepsItsSlotUntilItsEnd() {
        world.aws.meanSeconds = 60;
        world.aws.sigma = 0;
        Program two =
                world.program(AssignmentLimits.DEFAULT.withOutstandingChanges(2).withReservedRevocationSlots(0));
        Ticket leaver = two.submit(Samples.grant(1));
        world.runUntil(1);
        ChangeResult left = two.leave(leaver);
        List<Ticket> others = List.of(two.submit(Samples.grant(2)), two.submit(Samples.grant(3)));
        world.runUntil(59);
        assertThat(two.sent).hasSize(2);
        world.run();

        assertThat(left).isEqualTo(new ChangeResult(End.UNKNOWN, "request-1", null, null));
        assertThat(others).allMatch(ticket -> two.resultOf(ticket).is(End.SUCCEEDED));
        assertThat(world.aws.throttled).isZero();
    }

    @Test
    void left_whenManyAreAccepted_keepNoMoreThanHalfOfTheSlots() {
        world.aws.limit = 15;
        world.aws.meanSeconds = 600;
        List<Ticket> leavers = new ArrayList<>();
        for (int user = 0; user < 9; user++) {
            leavers.add(program.submit(Samples.grant(user)));
        }
        world.runUntil(1);
        leavers.forEach(program::leave);
        world.aws.meanSeconds = 1;
        Ticket next = program.submit(Samples.grant(10));
        world.runUntil(30);

        assertThat(program.resultOf(next).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void left_whenItNeverEnds_givesItsSlotUpAfterMaxProvisioning() {
        world.aws.meanSeconds = 100_000;
        world.aws.sigma = 0;
        Program one = world.program(AssignmentLimits.DEFAULT.withOutstandingChanges(1));
        Ticket stuck = one.submit(Samples.grant(1));
        world.runUntil(1);
        Ticket next = one.submit(Samples.grant(2));
        world.runUntil(890);
        assertThat(one.resultSoFar(stuck)).isNull();
        world.aws.limit = 15;
        world.runUntil(1_000);

        assertThat(one.resultOf(stuck).is(End.UNKNOWN)).isTrue();
        assertThat(one.resultOf(stuck).requestId()).isEqualTo("request-1");
        assertThat(one.sent).hasSize(2).contains(next);
    }

    @Test
    void left_twice_doesNothing() {
        Ticket ticket = program.submit(Samples.grant(1));
        program.leave(ticket);

        program.on(new Event.Left(ticket, false));

        assertThat(program.results).hasSize(1);
    }

    @Test
    void lostAnswer_whenItArrived_isFoundAndNotSentAgain() {
        world.aws.answerLost = send -> send == 0;
        world.aws.accept(Samples.key(50), Direction.GRANT);
        world.aws.accept(Samples.key(51), Direction.GRANT);

        ChangeResult result = done(Samples.grant(1));

        assertThat(result.is(End.SUCCEEDED)).isTrue();
        assertThat(result.requestId()).isEqualTo("request-3");
        assertThat(world.aws.sends).isEqualTo(1);
        assertThat(world.aws.describes).isEqualTo(3);
    }

    @Test
    void lostAnswer_whenItNeverArrived_isSentAgain() {
        world.aws.neverArrives = send -> send == 0;
        world.aws.accept(Samples.key(50), Direction.GRANT);

        assertThat(done(Samples.grant(1)).is(End.SUCCEEDED)).isTrue();
        assertThat(world.aws.sends).isEqualTo(2);
        assertThat(program.endedAt.values()).allMatch(end -> end > 1);
    }

    @Test
    void lostAnswer_onManyPages_isFound() {
        world.aws.pageSize = 2;
        world.aws.meanSeconds = 30;
        world.aws.answerLost = send -> send == 0;
        for (int user = 50; user < 55; user++) {
            world.aws.accept(Samples.key(user), Direction.GRANT);
        }

        assertThat(done(Samples.grant(1)).is(End.SUCCEEDED)).isTrue();
        assertThat(world.aws.sends).isEqualTo(1);
    }

    @Test
    void lostAnswer_always_isUnknownWhenAwsCannotBeReached() {
        world.aws.neverArrives = send -> true;

        ChangeResult result = done(Samples.grant(1));

        assertThat(result.is(End.UNKNOWN)).isTrue();
        assertThat(Objects.requireNonNull(result.failure()).kind()).isEqualTo(AwsFailure.Kind.TIMEOUT);
        assertThat(world.aws.sends).isEqualTo(5);
    }

    @Test
    void lostAnswer_whenRevokedMeanwhile_isNotSentAgain() {
        world.aws.neverArrives = send -> send == 0;
        Ticket grant = program.submit(Samples.grant(1));
        world.runUntil(0.5);
        Ticket revocation = program.submit(Samples.revocation(1));
        world.run();

        assertThat(program.resultOf(grant).is(End.NOT_IN_PROGRESS)).isTrue();
        assertThat(program.resultOf(revocation).is(End.SUCCEEDED)).isTrue();
        assertThat(world.aws.sends).isEqualTo(2);
    }

    @Test
    void lostAnswer_whenTheCallerLeaves_isUnknownAndNotSentAgain() {
        world.aws.neverArrives = send -> send == 0;
        Ticket leaver = program.submit(Samples.grant(1));
        world.runUntil(0.5);
        ChangeResult left = program.leave(leaver);
        Ticket other = program.submit(Samples.grant(2));
        world.run();

        assertThat(left.is(End.UNKNOWN)).isTrue();
        assertThat(left.requestId()).isNull();
        assertThat(program.resultOf(other).is(End.SUCCEEDED)).isTrue();
        assertThat(world.aws.sends).isEqualTo(2);
    }

    @Test
    void lostAnswer_whenNothingMayBeRead_isUnknown() {
        world.aws.neverArrives = send -> send == 0;
        world.aws.listingDenied = true;
        world.aws.describingDenied = true;

        ChangeResult result = done(Samples.grant(1));

        assertThat(result.is(End.UNKNOWN)).isTrue();
        assertThat(Objects.requireNonNull(result.failure()).kind()).isEqualTo(AwsFailure.Kind.DENIED);
    }

    @Test
    void lostAnswer_whenReadingIsAllowedAgain_isLookedForAsSoonAsSomebodyAsks() {
        world.aws.neverArrives = send -> send == 0;
        world.aws.listingDenied = true;
        world.aws.describingDenied = true;
        assertThat(done(Samples.grant(1)).is(End.UNKNOWN)).isTrue();
        world.aws.listingDenied = false;
        world.aws.describingDenied = false;

        Ticket again = program.submit(Samples.grant(1).lookingFirst());
        world.run();

        assertThat(program.resultOf(again).is(End.SUCCEEDED)).isTrue();
        assertThat(program.endOf(again)).as("seconds").isLessThan(30);
    }

    @Test
    void unexpectedFailure_always_isToldAtOnceAndLookedFor() {
        world.aws.everySendFailsWith = new IllegalArgumentException("an interceptor");

        ChangeResult result = done(Samples.grant(1));

        assertThat(result.is(End.UNKNOWN)).isTrue();
        assertThat(world.aws.sends).isEqualTo(1);
    }

    @Test
    void lookingFirst_whenInProgress_isFollowed() {
        world.aws.accept(Samples.key(1), Direction.GRANT);

        ChangeResult result = done(Samples.grant(1).lookingFirst());

        assertThat(result).isEqualTo(new ChangeResult(End.SUCCEEDED, "request-1", null, null));
        assertThat(world.aws.sends).isZero();
    }

    @Test
    void lookingFirst_whenNotInProgress_isSent() {
        assertThat(done(Samples.grant(1).lookingFirst()).is(End.SUCCEEDED)).isTrue();
        assertThat(world.aws.sends).isEqualTo(1);
    }

    @Test
    void onlyLooking_whenNotInProgress_isNotSent() {
        assertThat(done(Samples.grant(1).onlyLooking()).is(End.NOT_IN_PROGRESS)).isTrue();
        assertThat(world.aws.sends).isZero();
    }

    @Test
    void onlyLooking_whenThisProcessHasNotSentItYet_isNotInProgress() {
        fillSlots();
        program.submit(Samples.grant(1));

        Ticket look = program.submit(Samples.grant(1).onlyLooking());

        assertThat(program.resultOf(look).is(End.NOT_IN_PROGRESS)).isTrue();
    }

    @Test
    void onlyLooking_whenThisProcessHasSentIt_joins() {
        Ticket grant = program.submit(Samples.grant(1));
        world.runUntil(1);
        Ticket look = program.submit(Samples.grant(1).onlyLooking());
        world.run();

        assertThat(program.resultOf(look)).isEqualTo(program.resultOf(grant));
    }

    @Test
    void onlyLooking_whenWhoSentItHasLeft_isNotSentAgain() {
        world.aws.neverArrives = send -> send == 0;
        Ticket grant = program.submit(Samples.grant(1));
        world.runUntil(0.5);
        Ticket look = program.submit(Samples.grant(1).onlyLooking());
        program.leave(grant);
        world.run();

        assertThat(program.resultOf(look).is(End.NOT_IN_PROGRESS)).isTrue();
        assertThat(world.aws.sends).isEqualTo(1);
    }

    @Test
    void sending_whileTheSameIsOnlyLookedFor_isSentAfterIt() {
        Ticket look = program.submit(Samples.grant(1).onlyLooking());
        Ticket grant = program.submit(Samples.grant(1));
        world.run();

        assertThat(program.resultOf(look).is(End.NOT_IN_PROGRESS)).isTrue();
        assertThat(program.resultOf(grant).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void following_whenInProgress_endsWithIt() {
        String id = world.aws.accept(Samples.key(1), Direction.GRANT).id;

        assertThat(done(Samples.grant(1).following(id))).isEqualTo(new ChangeResult(End.SUCCEEDED, id, null, null));
    }

    @Test
    void following_whenForgotten_isForgotten() {
        assertThat(done(Samples.grant(1).following("gone")))
                .isEqualTo(new ChangeResult(End.FORGOTTEN, "gone", null, null));
    }

    @Test
    void following_whatIsTheRequestOfAnother_isForgotten() {
        String id = world.aws.accept(Samples.key(2), Direction.GRANT).id;

        assertThat(done(Samples.grant(1).following(id)).is(End.FORGOTTEN)).isTrue();
    }

    @Test
    void following_whatAnotherFollows_isUnknown() {
        String id = world.aws.accept(Samples.key(1), Direction.GRANT).id;
        Ticket first = program.submit(Samples.grant(1).following(id));
        Ticket other = program.submit(Samples.grant(2).following(id));
        world.run();

        assertThat(program.resultOf(first).is(End.SUCCEEDED)).isTrue();
        assertThat(program.resultOf(other)).isEqualTo(new ChangeResult(End.UNKNOWN, id, null, null));
    }

    @Test
    void following_manyThatAreDone_endsThemAllWithoutThrottling() {
        world.aws.pageSize = 10;
        world.aws.meanSeconds = 0;
        List<AssignmentChange> changes = new ArrayList<>();
        for (int user = 0; user < 100; user++) {
            changes.add(Samples.grant(user).following(world.aws.accept(Samples.key(user), Direction.GRANT).id));
        }
        world.at(1, () -> changes.forEach(program::submit));
        world.run();

        assertThat(program.results).hasSize(100);
        assertThat(program.results.values()).allMatch(result -> result.is(End.SUCCEEDED));
        assertThat(world.aws.throttled).isZero();
        assertThat(world.seconds()).isLessThan(15);
    }

    @Test
    void revocation_behindWhatMayHaveBeenSentElsewhere_waitsUntilItIsLookedFor() {
        world.aws.accept(Samples.key(1), Direction.GRANT);
        Ticket first = program.submit(
                AssignmentChange.revocation("other", Samples.key(1)).lookingFirst());
        Ticket look = program.submit(Samples.grant(1).lookingFirst());
        Ticket revocation = program.submit(Samples.revocation(1));
        world.run();

        assertThat(program.resultOf(first).is(End.SUCCEEDED)).isTrue();
        assertThat(program.resultOf(look).is(End.NOT_IN_PROGRESS)).isTrue();
        assertThat(program.resultOf(revocation).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void listing_whenDenied_readsEachByItself() {
        world.aws.listingDenied = true;
        fillSlots();
        world.run();

        assertThat(program.results).hasSize(30);
        assertThat(program.results.values()).allMatch(result -> result.is(End.SUCCEEDED));
        assertThat(world.aws.throttled).isZero();
        assertThat(world.aws.lists).isLessThan(3);
    }

    @Test
    void listing_whenDeniedToOneStrategyOnly_usesAnother() {
        ModelAws.Narrow narrow = new ModelAws.Narrow(world.aws);
        Ticket denied = program.submit(Samples.grant(1), narrow);
        Ticket allowed = program.submit(Samples.grant(2));
        world.run();

        assertThat(program.resultOf(denied).is(End.SUCCEEDED)).isTrue();
        assertThat(program.resultOf(allowed).is(End.SUCCEEDED)).isTrue();
        assertThat(narrow.denials).isEqualTo(1);
        assertThat(world.aws.lists).isPositive();
    }

    @Test
    void reading_whenAllIsDenied_isUnknownWithTheDenial() {
        world.aws.listingDenied = true;
        world.aws.describingDenied = true;

        ChangeResult result = done(Samples.grant(1));

        assertThat(result.is(End.UNKNOWN)).isTrue();
        assertThat(result.requestId()).isEqualTo("request-1");
        assertThat(Objects.requireNonNull(result.failure()).operation()).startsWith("sso:Describe");
    }

    @Test
    void reading_whenTheLibraryItselfRefuses_isUnknownAtOnceWithTheReason() {
        world.aws.readsFailWith = refusal("elsewhere.example");

        for (AssignmentChange change : List.of(
                Samples.grant(1),
                Samples.grant(2).following("request-9"),
                Samples.grant(3).lookingFirst(),
                Samples.grant(4).onlyLooking())) {
            Ticket ticket = program.submit(change);
            double begun = world.seconds();
            world.run();

            assertThat(program.resultOf(ticket).is(End.UNKNOWN)).isTrue();
            assertThat(failureOf(ticket)).isSameAs(world.aws.readsFailWith);
            assertThat(program.endOf(ticket) - begun).as("seconds").isLessThan(2);
        }
    }

    private static InvalidSettingsException refusal(String host) {
        return new InvalidSettingsException("send a request", List.of("endpoint: '" + host + "' is not AWS's."));
    }

    private RuntimeException failureOf(Ticket ticket) {
        return Objects.requireNonNull(program.resultOf(ticket).failure()).cause();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reading_whenRefusedOfWhatWasSent_keepsItsEndWaitingForAWhile(boolean answerLost) {
        world.aws.answerLost = send -> answerLost && send == 0;
        world.aws.readsFailWith = refusal("elsewhere.example");
        assertThat(done(Samples.grant(1)).is(End.UNKNOWN)).isTrue();

        Ticket revocation = program.submit(Samples.revocation(1));
        double begun = world.seconds();
        world.run();

        assertThat(program.resultOf(revocation).is(End.UNKNOWN)).isTrue();
        assertThat(world.aws.sends).isEqualTo(2);
        assertThat(program.endOf(revocation) - begun).as("seconds").isBetween(30.0, 150.0);
    }

    @Test
    void looking_whenRefusedToSeveral_isToldToEachForItsOwnReason() {
        ModelAws.Barred one = new ModelAws.Barred(world.aws, refusal("one.example"));
        ModelAws.Barred other = new ModelAws.Barred(world.aws, refusal("other.example"));
        Ticket first = program.submit(Samples.grant(1).onlyLooking(), one);
        Ticket second = program.submit(Samples.grant(2).onlyLooking(), other);
        world.run();

        assertThat(failureOf(first)).isSameAs(one.refusal);
        assertThat(failureOf(second)).isSameAs(other.refusal);
    }

    @Test
    void looking_whenOneStrategysReadsAreRefused_usesAnother() {
        world.aws.accept(Samples.key(9), Direction.GRANT);
        ModelAws.Barred barred = new ModelAws.Barred(world.aws, refusal("elsewhere.example"));
        barred.lists = true;
        Ticket first = program.submit(Samples.grant(1).onlyLooking(), barred);
        Ticket second = program.submit(Samples.grant(2).onlyLooking());
        world.run();

        assertThat(program.resultOf(first).is(End.NOT_IN_PROGRESS)).isTrue();
        assertThat(program.resultOf(second).is(End.NOT_IN_PROGRESS)).isTrue();
    }

    @Test
    void reading_whenASessionCannotBeHadForAWhile_goesOnAfterwards() {
        world.aws.readsFailWith = new RoleAssumptionException(
                RoleAssumptionException.Hop.RUNTIME,
                "arn:aws:iam::111122223333:role/sym/SymRuntimeMain",
                RoleAssumptionException.Reason.TIMEOUT,
                "Cannot assume the role.",
                ModelAws.failing("sts:AssumeRole", ModelAws.timeout()).failure());
        Ticket ticket = program.submit(Samples.grant(1));
        world.at(60, () -> world.aws.readsFailWith = null);
        world.run();

        assertThat(program.resultOf(ticket).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void revocation_behindAGrantThatMayNotBeRead_isNotKeptWaitingForLong() {
        world.aws.listingDenied = true;
        world.aws.describingDenied = true;
        assertThat(done(Samples.grant(1)).is(End.UNKNOWN)).isTrue();

        Ticket revocation = program.submit(Samples.revocation(1));
        world.run();

        assertThat(world.aws.sends)
                .as("it was sent, whatever may be read of it")
                .isEqualTo(2);
        assertThat(program.endOf(revocation)).as("seconds").isLessThan(150);
    }

    @Test
    void listing_whenTheOldestComeFirst_findsTheChangeAllTheSame() {
        world.aws.pageSize = 5;
        world.aws.oldestFirst = true;
        world.aws.meanSeconds = 0;
        for (int user = 50; user < 70; user++) {
            world.aws.accept(Samples.key(user), Direction.GRANT);
        }
        world.aws.meanSeconds = 5;

        assertThat(done(Samples.grant(1)).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void status_whenForgottenAtOnce_isForgottenAfterAWhile() {
        world.aws.forgetsAfter = 0;
        world.aws.meanSeconds = 1;

        assertThat(done(Samples.grant(1)).is(End.FORGOTTEN)).isTrue();
        assertThat(world.seconds()).isBetween(30.0, 40.0);
    }

    @Test
    void reading_whenAwsIsDownForAWhile_goesOnAfterwards() {
        world.aws.meanSeconds = 2;
        world.at(0.1, () -> world.aws.readsFailWith = ModelAws.error(503, "ServiceUnavailable", "Down."));
        world.at(20, () -> world.aws.readsFailWith = null);

        Ticket ticket = program.submit(Samples.grant(1));
        world.run();

        assertThat(program.resultOf(ticket).is(End.SUCCEEDED)).isTrue();
        assertThat(world.aws.calls).isLessThan(30);
    }

    @Test
    void conflict_whenItGoesAway_isOvercomeWithoutHoldingASlot() {
        Program one = world.program(AssignmentLimits.DEFAULT.withOutstandingChanges(1));
        world.aws.accept(Samples.key(1), Direction.REVOKE);
        Ticket conflicted = one.submit(Samples.grant(1));
        Ticket other = one.submit(Samples.grant(2));
        world.run();

        assertThat(one.resultOf(conflicted).is(End.SUCCEEDED)).isTrue();
        assertThat(one.sent.subList(0, 2)).containsExactly(conflicted, other);
    }

    @Test
    void conflict_whenItStays_isRefusedInTheEnd() {
        world.aws.everySendFailsWith = ModelAws.error(400, "ConflictException", "Not yet.");

        ChangeResult result = done(Samples.grant(1));

        assertThat(result.is(End.REFUSED)).isTrue();
        assertThat(world.seconds()).isBetween(100.0, 121.0);
    }

    @Test
    void denied_always_isRefusedAtOnce() {
        world.aws.everySendFailsWith = ModelAws.error(403, "AccessDeniedException", "Not allowed.");

        ChangeResult result = done(Samples.grant(1));

        assertThat(result.is(End.REFUSED)).isTrue();
        assertThat(Objects.requireNonNull(result.failure()).kind()).isEqualTo(AwsFailure.Kind.DENIED);
        assertThat(world.aws.sends).isEqualTo(1);
    }

    @Test
    void unreachable_whenNothingWasSent_isRefusedAfterFiveAttempts() {
        world.aws.everySendFailsWith = SdkClientException.create("no way", new ConnectException());

        assertThat(done(Samples.grant(1)).is(End.REFUSED)).isTrue();
        assertThat(world.aws.sends).isEqualTo(5);
    }

    @Test
    void left_beforeItWasSent_isSentByAnotherWhoWaitsForIt() {
        Ticket sender = program.submit(Samples.grant(1));
        Ticket other = program.submit(Samples.grant(1));

        program.on(new Event.Left(sender, true));

        assertThat(program.resultOf(sender)).isEqualTo(ChangeResult.notSent());
        assertThat(program.sent).containsExactly(sender, other);
    }

    @Test
    void left_beforeItWasSent_makesRoomForTheNext() {
        fillSlots();
        Ticket sender = program.sent.get(0);

        program.on(new Event.Left(sender, true));

        assertThat(program.resultOf(sender)).isEqualTo(ChangeResult.notSent());
        assertThat(program.sent).hasSize(10);
    }

    @Test
    void rate_whenAnotherProcessUsesItToo_lowersItselfAndRecovers() {
        world.aws.meanSeconds = 0.05;
        Program other = world.program(AssignmentLimits.DEFAULT);
        for (int user = 0; user < 200; user++) {
            program.submit(Samples.grant(user));
            other.submit(Samples.grant(1_000 + user));
        }
        world.run();

        assertThat(program.results.values()).hasSize(200).allMatch(result -> result.is(End.SUCCEEDED));
        assertThat(other.results.values()).hasSize(200).allMatch(result -> result.is(End.SUCCEEDED));
        assertThat(world.aws.throttled).isPositive();
    }

    @Test
    void turns_always_keepToTheRateTogetherWithChanges() {
        for (int i = 0; i < 100; i++) {
            program.askTurn(Lane.GRANT);
            program.submit(Samples.grant(i));
        }
        assertThat(program.turns.size() + program.sent.size()).isEqualTo(20);
        assertThat(program.sent).isNotEmpty();
        world.runUntil(8);

        assertThat(program.turns).hasSize(100);
    }

    @Test
    void turns_ofRevocations_comeFirst() {
        List<Turn> grants = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            grants.add(program.askTurn(Lane.GRANT));
        }
        Turn urgent = program.askTurn(Lane.URGENT_REVOCATION);
        Turn gone = grants.get(39);
        program.on(new Event.TurnLeft(gone));
        world.run();

        assertThat(program.turns.indexOf(urgent)).isLessThanOrEqualTo(21);
        assertThat(program.turns).hasSize(40).doesNotContain(gone);
    }

    @Test
    void callThrottled_always_halvesTheRate() {
        program.on(new Event.CallThrottled());
        for (int i = 0; i < 40; i++) {
            program.askTurn(Lane.GRANT);
        }

        assertThat(program.turns).hasSize(10);
    }

    @Test
    void limit_whenLower_countsFromThenOn() {
        program.scheduler.limit(
                AssignmentLimits.DEFAULT.withOutstandingChanges(3).withRequestsPerSecond(5));
        fillSlots();
        world.run();

        assertThat(program.results).hasSize(30);
        assertThat(world.aws.mostOutstanding).isEqualTo(2);
    }

    @Test
    void positions_whenSomebodyListens_areToldWhenTheyChangeNotably() {
        ConnectorListener listener = new ConnectorListener() {};
        fillSlots();
        Ticket ticket = program.submit(new Ticket(Samples.grant(1), world.aws, listener, program));
        world.run();

        assertThat(program.told).hasSizeBetween(3, 15).allMatch(told -> told.ticket() == ticket);
        assertThat(program.told.get(0).position()).isEqualTo(22);
        assertThat(program.told.get(0).timeToGo()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(program.told.stream().map(Action.Tell::position)).isSortedAccordingTo((a, b) -> b - a);
    }
}
