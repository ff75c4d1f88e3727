package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.testkit.Report;
import dev.connector.testkit.StrategyTestKit;
import org.junit.jupiter.api.Test;

/** The strategy says nothing that is not so, whatever goes wrong. */
class IamGroupStrategyKeepsItsWordTest {

    private final StrategyTestKit<IamGroupTarget> kit = StrategyTestKit.of(IamGroupWorld::new)
            .pairs(Integer.getInteger("testkit.pairs", 250))
            .histories(Integer.getInteger("testkit.histories", 300));

    @Test
    void faults_atEveryCall() {
        show(kit.faults());
    }

    @Test
    void crashes_betweenAnyTwoCalls() {
        show(kit.crashes());
    }

    @Test
    void histories_ofManyGrants() {
        show(kit.histories());
    }

    private static void show(Report report) {
        System.out.println(report);
        assertThat(report.notTried()).isEmpty();
    }
}
