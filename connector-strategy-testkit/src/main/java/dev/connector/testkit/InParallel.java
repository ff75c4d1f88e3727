package dev.connector.testkit;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes many runs on several threads; the first that fails, in their order, fails them all. */
final class InParallel {

    private InParallel() {}

    static <P> Tally sum(List<P> plans, Function<P, Tally> run) {
        return sum(plans, run, (plan, broken) -> broken);
    }

    /** @param shown what is shown instead of the failure of a run */
    static <P> Tally sum(List<P> plans, Function<P, Tally> run, BiFunction<P, AssertionError, AssertionError> shown) {
        List<Result<P>> results =
                plans.parallelStream().map(plan -> Result.of(plan, run)).toList();
        Tally sum = new Tally();
        for (Result<P> result : results) {
            if (result.broken() != null) {
                throw shown.apply(result.plan(), result.broken());
            }
            sum.add(result.tally());
        }
        return sum;
    }

    private record Result<P>(P plan, Tally tally, @Nullable AssertionError broken) {

        static <P> Result<P> of(P plan, Function<P, Tally> run) {
            try {
                return new Result<>(plan, run.apply(plan), null);
            } catch (AssertionError broken) {
                return new Result<>(plan, new Tally(), broken);
            }
        }
    }
}
