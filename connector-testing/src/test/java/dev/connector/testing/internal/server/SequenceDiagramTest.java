package dev.connector.testing.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.testing.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequenceDiagramTest {

    @Test
    void of_foreignText_holdsNothingThatMermaidOrHtmlWouldRead() {
        assertThat(SequenceDiagram.of(
                        List.of(call("arn:aws:iam::111122223333:user/a\n  c1->>s1: b;<b>#35;%%\u202E\u00e9"))))
                .isEqualTo("""
                        sequenceDiagram
                            participant c1 as end#10;#60;
                            participant s1 as iam
                            c1->>s1: GetUser user/a#10;  c1-#62;#62;s1#58; b#59;#60;b#62;#35;35#59;#37;#37;#8238;\u00e9
                        """);
    }

    @Test
    void of_severalResources_namesTheFirstWithoutItsOwner() {
        assertThat(SequenceDiagram.of(List.of(call("arn:aws:sso:::account/1:2", "arn:aws:sso:::instance/i"))))
                .endsWith("c1->>s1: GetUser account/1#58;2, …\n");
    }

    @Test
    void of_aResourceThatIsNoArn_namesItAsItIs() {
        assertThat(SequenceDiagram.of(List.of(call("*")))).endsWith("c1->>s1: GetUser *\n");
    }

    private static CallRecord call(String... resources) {
        return new CallRecord(
                Instant.EPOCH,
                "arn:aws:iam::111122223333:user/end\n<",
                null,
                "111122223333",
                "iam",
                "GetUser",
                List.of(resources),
                Map.of("UserName", "not told"),
                Decision.ALLOWED,
                null,
                null,
                "an id");
    }
}
