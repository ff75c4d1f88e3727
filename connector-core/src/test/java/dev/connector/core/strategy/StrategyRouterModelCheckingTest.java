package dev.connector.core.strategy;

import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Orders in which threads share a router: where one's request or grant goes must not depend on what the others ask for. A router that remembers where it sent the last
 * one is the mistake that this is for.
 */
@Param(name = "strategy", gen = IntGen.class, conf = "0:2")
public class StrategyRouterModelCheckingTest {

    private static final List<AccessTarget> TARGETS =
            List.of(DoorTarget.of("front"), DoorTarget.of("front"), new WindowTarget("front"));
    private static final List<GrantScope> SCOPES = List.of(Samples.scope(), Samples.otherScope(), Samples.scope());
    private static final List<AccessRequest<AccessTarget>> REQUESTS = IntStream.range(0, 3)
            .mapToObj(number -> Samples.requestOf(TARGETS.get(number))
                    .scope(SCOPES.get(number))
                    .build())
            .toList();
    private static final List<Grant> GRANTS = IntStream.range(0, 3)
            .mapToObj(number -> Samples.grantOf(TARGETS.get(number), SCOPES.get(number)))
            .toList();
    private static final List<Answering<?>> STRATEGIES = List.of(
            new Answering<>(DoorTarget.TYPE, SCOPES.get(0), GRANTS.get(0)),
            new Answering<>(DoorTarget.TYPE, SCOPES.get(1), GRANTS.get(1)),
            new Answering<>(WindowTarget.TYPE, SCOPES.get(2), GRANTS.get(2)));

    private final StrategyRouter router = StrategyRouter.of(STRATEGIES);

    @Operation
    public int prepare(@Param(name = "strategy") int strategy) {
        return answering(router.prepare(REQUESTS.get(strategy)));
    }

    @Operation
    public int resume(@Param(name = "strategy") int strategy) {
        return answering(router.resume(GRANTS.get(strategy)));
    }

    /** By identity, since each step of a comparison is one at which the order can change. */
    private static int answering(Grant answer) {
        int number = 0;
        while (GRANTS.get(number) != answer) {
            number++;
        }
        return number;
    }

    /** Each goes to the strategy of its number. */
    public static class Routes {

        public int prepare(int strategy) {
            return strategy;
        }

        public int resume(int strategy) {
            return strategy;
        }
    }

    @Test
    void router_inManyOrdersOfSteps_goesToTheStrategyOfTypeAndScope() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(3)
                .invocationsPerIteration(15)
                .minimizeFailedScenario(false)
                .sequentialSpecification(Routes.class)
                .check(StrategyRouterModelCheckingTest.class);
    }

    /** Answers always with the same grant. */
    private record Answering<T extends AccessTarget>(TargetType<T> targetType, GrantScope scope, Grant answer)
            implements AccessStrategy<T> {

        @Override
        public Grant prepare(AccessRequest<? extends T> request) {
            return answer;
        }

        @Override
        public Grant resume(Grant grant) {
            return answer;
        }

        @Override
        public Revocation deescalate(Grant grant, Ending ending) {
            throw new UnsupportedOperationException("Nobody asks for the end.");
        }
    }
}
