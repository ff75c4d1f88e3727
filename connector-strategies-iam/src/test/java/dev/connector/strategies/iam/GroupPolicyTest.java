package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.testing.AwsFact;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupPolicyTest {

    private static final IamGroupPattern ALLOWED = IamGroupPattern.of("/sym/", "*");
    private static final IamGroupPattern RETIRED = IamGroupPattern.of("/old/", "Admins");

    @Test
    void ofAll_namesJustTheGroupsOfTheList() {
        assertThat(policy(true, List.of()).ofAll())
                .hasToString("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Effect\":\"Allow\",\"Action\":[\"iam:AddUserToGroup\",\"iam:RemoveUserFromGroup\",\"iam:GetGroup\"],"
                        + "\"Resource\":\"arn:aws:iam::111122223333:group/sym/*\"},"
                        + "{\"Effect\":\"Allow\",\"Action\":[\"iam:GetUser\",\"iam:ListGroupsForUser\"],"
                        + "\"Resource\":\"arn:aws:iam::111122223333:user/*\"}]}");
    }

    @Test
    void ofAll_whenAGroupIsRetired_letsItOnlyBeTakenAway() {
        assertThat(policy(false, List.of(RETIRED)).ofAll())
                .hasToString("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Effect\":\"Allow\",\"Action\":\"iam:AddUserToGroup\","
                        + "\"Resource\":\"arn:aws:iam::111122223333:group/sym/*\"},"
                        + "{\"Effect\":\"Allow\",\"Action\":\"iam:RemoveUserFromGroup\","
                        + "\"Resource\":[\"arn:aws:iam::111122223333:group/sym/*\",\"arn:aws:iam::111122223333:group/old/Admins\"]},"
                        + "{\"Effect\":\"Allow\",\"Action\":\"iam:GetUser\","
                        + "\"Resource\":\"arn:aws:iam::111122223333:user/*\"}]}");
    }

    @Test
    void of_whenTheGroupIsAllowed_namesItAlone() {
        assertThat(policy(false, List.of(RETIRED))
                        .of(IamGroupTarget.of("/sym/", "OnCall"))
                        .toJson())
                .contains("iam:AddUserToGroup", "group/sym/OnCall")
                .doesNotContain("Admins", "group/sym/*");
    }

    @Test
    void of_whenTheGroupIsRetired_doesNotLetItBeGiven() {
        assertThat(policy(false, List.of(RETIRED))
                        .of(IamGroupTarget.of("/old/", "Admins"))
                        .toJson())
                .contains("iam:RemoveUserFromGroup", "group/old/Admins")
                .doesNotContain("iam:AddUserToGroup");
    }

    @Test
    @AwsFact(67)
    void ofAll_holdsAboutThirtyGroupsWithinTheLimitOfASessionPolicy() {
        IamGroupPattern[] groups = new IamGroupPattern[30];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = IamGroupPattern.of("/sym/", "Engineers-" + i);
        }
        GroupPolicy policy = new GroupPolicy("aws", "111122223333", true, new GroupLists(List.of(groups), List.of()));

        assertThat(policy.ofAll().toJson().length()).isBetween(1500, 2048);
    }

    private static GroupPolicy policy(boolean reads, List<IamGroupPattern> retired) {
        return new GroupPolicy("aws", "111122223333", reads, new GroupLists(List.of(ALLOWED), retired));
    }
}
