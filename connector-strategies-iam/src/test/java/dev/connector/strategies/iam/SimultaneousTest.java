package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Prior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What several callers do to each other, in the orders that some seeds give. */
class SimultaneousTest {

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void escalate_byTwoStrategiesForOneUserAndGroup_isGivenToBothAndGoneWhenBothHaveEnded(long seed) {
        try (Account account = Account.withReadsAndLatency(seed);
                IamGroupStrategy one = account.strategy().build();
                IamGroupStrategy other = account.strategy().build()) {
            List<Grant> grants = escalateTogether(account, one, other);

            assertThat(grants).hasSize(2).allSatisfy(grant -> {
                assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
                assertThat(grant.confirmed()).isTrue();
            });
            assertThat(grants).extracting(Grant::prior).contains(Prior.ABSENT);
            assertThat(account.isMember()).isTrue();
            assertThat(account.aws.calls("AssumeRole")).hasSize(2);

            account.aws.run(() -> one.deescalate(grants.get(0)), () -> other.deescalate(grants.get(1)));
            assertThat(account.isMember()).isFalse();
        }
    }

    @Test
    void escalate_byTwoStrategies_crossesInMoreThanOneWay() {
        Set<List<String>> orders = new HashSet<>();
        seeds().forEach(seed -> {
            try (Account account = Account.withReadsAndLatency(seed);
                    IamGroupStrategy one = account.strategy().build();
                    IamGroupStrategy other = account.strategy().build()) {
                escalateTogether(account, one, other);
                orders.add(account.iamCalls());
            }
        });

        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void escalate_byFiftyThreadsOfOneStrategy_opensOneSession() {
        try (Account account = Account.withReadsAndLatency(1);
                IamGroupStrategy strategy = account.strategy().build()) {
            IntStream.range(0, 50).forEach(i -> account.aws.iam().createUser("user" + i));
            account.aws.clock().advance(Duration.ofMinutes(1));

            account.aws.run(IntStream.range(0, 50)
                    .<Runnable>mapToObj(i -> () -> strategy.escalate(account.requestOf("user" + i)))
                    .toArray(Runnable[]::new));

            assertThat(account.aws.iam().members(Account.GROUP)).hasSize(50);
            assertThat(account.aws.calls("AssumeRole")).hasSize(2);
        }
    }

    /** A remove that is under way for longer than the settle time takes effect after all: what a read shows meanwhile was not there before. */
    @Test
    void prepare_whileAnEndIsUnderWayForLong_doesNotTakeTheAccessForItsOwnPast() {
        try (Account account = Account.withReadsAndLatency(1);
                IamGroupStrategy strategy = account.strategy().build()) {
            Grant ending = strategy.escalate(account.request());
            account.aws.clock().advance(Duration.ofMinutes(1));
            account.aws.latency(Duration.ofSeconds(100));
            List<Grant> prepared = new ArrayList<>();

            account.aws.run(
                    () -> {
                        sleep(account, Duration.ofSeconds(40));
                        strategy.deescalate(ending);
                    },
                    () -> prepared.add(strategy.prepare(account.request())));

            assertThat(prepared).extracting(Grant::prior).containsExactly(Prior.UNKNOWN);
        }
    }

    private static void sleep(Account account, Duration duration) {
        try {
            account.aws.clock().sleep(duration);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static List<Grant> escalateTogether(Account account, IamGroupStrategy one, IamGroupStrategy other) {
        List<Grant> grants = new ArrayList<>();
        account.aws.run(
                () -> grants.add(one.escalate(account.request())), () -> grants.add(other.escalate(account.request())));
        return grants;
    }
}
