package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.testkit.Report;
import dev.connector.testkit.StrategyTestKit;
import org.junit.jupiter.api.Test;

/** The strategy says nothing that is not so, whatever goes wrong. */
class PermissionSetStrategyKeepsItsWordTest {

    private final StrategyTestKit<PermissionSetTarget> kit = StrategyTestKit.of(PermissionSetWorld::new)
            .pairs(Integer.getInteger("testkit.pairs", 30))
            .histories(Integer.getInteger("testkit.histories", 200));

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
        assertThat(report.notTried()).allMatch(left -> left.contains("without reads"));
    }
}
