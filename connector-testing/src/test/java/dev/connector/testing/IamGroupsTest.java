package dev.connector.testing;

import static dev.connector.testing.Samples.allow;
import static dev.connector.testing.Samples.assumeRole;
import static dev.connector.testing.Samples.deny;
import static dev.connector.testing.Samples.statement;
import static dev.connector.testing.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.User;

class IamGroupsTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final IamClient iam = Samples.adminIam(aws);

    @BeforeEach
    void makeEntities() {
        aws.iam().createUser("/people/", "ada");
        aws.iam().createGroup("/sym/", "OnCall");
    }

    @Test
    @AwsFact(39)
    void addUserToGroup_whenMemberAlready_isSilent() {
        add("ada", "OnCall");
        add("ada", "OnCall");

        assertThat(aws.iam().members("OnCall")).containsExactly("ada");
    }

    @Test
    @AwsFact({39, 42})
    void removeUserFromGroup_whenNoMember_isSilent() {
        remove("ada", "OnCall");
        add("ada", "OnCall");
        remove("ada", "OnCall");
        remove("ada", "OnCall");

        assertThat(aws.iam().members("OnCall")).isEmpty();
    }

    @Test
    @AwsFact(39)
    void change_whenUserOrGroupIsMissing_saysWhichOnlyInTheMessage() {
        assertThatThrownBy(() -> add("nobody", "OnCall")).isInstanceOfSatisfying(NoSuchEntityException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(404);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchEntity");
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("The user with name nobody cannot be found.");
        });
        assertThatThrownBy(() -> remove("ada", "Nothing"))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("The group with name Nothing cannot be found.");
    }

    @Test
    @AwsFact(43)
    void addUserToGroup_toTheEleventh_isOverQuotaAndNotRetried() {
        for (int i = 0; i < 10; i++) {
            aws.iam().createGroup("/sym/", "Group" + i);
            add("ada", "Group" + i);
        }
        aws.clearCalls();
        IamClient retrying = aws.configure(IamClient.builder())
                .overrideConfiguration(config -> config.retryStrategy(retries -> retries.maxAttempts(3)))
                .credentialsProvider(Samples.provider(aws, "Admin"))
                .build();

        assertThatThrownBy(() -> retrying.addUserToGroup(
                        request -> request.userName("ada").groupName("OnCall")))
                .isInstanceOfSatisfying(LimitExceededException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(409);
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("Cannot exceed quota for GroupsPerUser: 10");
                });
        assertThat(aws.calls()).hasSize(1);
        add("ada", "Group3");
    }

    @Test
    void getUser_andGetGroup_haveAllTheirFields() {
        String id = aws.iam().createUser("/x/", "bob");
        aws.iam().addUserToGroup("bob", "OnCall");

        User user = iam.getUser(request -> request.userName("bob")).user();
        GetGroupResponse group = iam.getGroup(request -> request.groupName("OnCall"));

        assertThat(user.userId()).isEqualTo(id).startsWith("AIDA").hasSize(21);
        assertThat(user.arn()).isEqualTo("arn:aws:iam::111122223333:user/x/bob");
        assertThat(user.path()).isEqualTo("/x/");
        assertThat(user.createDate()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(group.group().arn()).isEqualTo("arn:aws:iam::111122223333:group/sym/OnCall");
        assertThat(group.group().groupId()).startsWith("AGPA").hasSize(21);
        assertThat(group.users()).containsExactly(user);
        assertThat(group.isTruncated()).isFalse();
        assertThat(group.marker()).isNull();
    }

    @Test
    void getUser_withoutAName_isTheCallerIfThatIsAUser() {
        aws.iam().putUserPolicy("ada", "self", allow("iam:GetUser", "arn:aws:iam::111122223333:user/people/ada"));
        IamClient ada = Samples.iam(aws, aws.credentialsOf("arn:aws:iam::111122223333:user/people/ada"));

        assertThat(ada.getUser().user().userName()).isEqualTo("ada");
        assertThatThrownBy(iam::getUser).hasMessageContaining("Must specify userName");
    }

    @Test
    @AwsFact(41)
    void names_areUniqueInAnyCaseButFoundAsWritten() {
        assertThatThrownBy(() -> aws.iam().createGroup("/other/", "ONCALL")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> aws.iam().createUser("Ada")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> iam.getUser(request -> request.userName("ADA")))
                .isInstanceOf(NoSuchEntityException.class);
    }

    @Test
    @AwsFact({41, 70})
    void sessionPolicy_withGroupArns_comparesThePathToo() {
        IamClient pathless = narrowed(allow("iam:AddUserToGroup", "arn:aws:iam::111122223333:group/OnCall"));
        IamClient exact = narrowed(allow("iam:AddUserToGroup", "arn:aws:iam::111122223333:group/sym/OnCall"));
        IamClient anyPath = narrowed(allow("iam:AddUserToGroup", "arn:aws:iam::111122223333:group/*OnCall"));

        assertThatThrownBy(() -> pathless.addUserToGroup(
                        request -> request.userName("ada").groupName("OnCall")))
                .hasMessageContaining("because no session policy allows the iam:AddUserToGroup action");
        exact.addUserToGroup(request -> request.userName("ada").groupName("OnCall"));
        anyPath.addUserToGroup(request -> request.userName("ada").groupName("OnCall"));
        assertThatThrownBy(() -> exact.removeUserFromGroup(
                        request -> request.userName("ada").groupName("OnCall")))
                .hasMessageContaining("because no session policy allows the iam:RemoveUserFromGroup action");
    }

    @Test
    void policies_thatDenyExplicitly_winAndAreNamed() {
        IamClient bySession = narrowed("{\"Version\": \"2012-10-17\", \"Statement\": ["
                + "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"},"
                + "{\"Effect\": \"Deny\", \"Action\": \"iam:Get*\", \"Resource\": \"*\"}]}");

        assertThatThrownBy(() -> bySession.getUser(request -> request.userName("ada")))
                .hasMessageContaining("on resource: user ada with an explicit deny in a session policy");
        aws.iam().putRolePolicy("Admin", "no-reads", deny("iam:getuser", "*"));
        assertThatThrownBy(() -> iam.getUser(request -> request.userName("ada")))
                .hasMessageContaining("with an explicit deny in an identity-based policy");
        aws.iam().deleteRolePolicy("Admin", "no-reads");
        iam.getUser(request -> request.userName("ada"));
    }

    @Test
    void change_ofAMissingGroup_isAnsweredToCallersThatMayChangeSomeGroup() {
        IamClient some = narrowed(allow("iam:AddUserToGroup", "arn:aws:iam::111122223333:group/sym/*"));
        IamClient none = narrowed(allow("iam:GetUser", "*"));
        IamClient barred = narrowed("{\"Version\": \"2012-10-17\", \"Statement\": ["
                + "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"},"
                + "{\"Effect\": \"Deny\", \"Action\": \"iam:Add*\", \"Resource\": \"*\"}]}");

        assertThatThrownBy(() ->
                        some.addUserToGroup(request -> request.userName("ada").groupName("Nothing")))
                .isInstanceOf(NoSuchEntityException.class);
        for (IamClient client : List.of(none, barred)) {
            assertThatThrownBy(() -> client.addUserToGroup(
                            request -> request.userName("ada").groupName("Nothing")))
                    .isInstanceOfSatisfying(
                            IamException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        }
    }

    @Test
    @AwsFact(44)
    void reads_withADelay_seeThingsAsTheyWere() {
        add("ada", "OnCall");
        aws.clock().advance(Duration.ofHours(2));
        aws.propagationDelay(Duration.ofSeconds(10));
        remove("ada", "OnCall");

        assertThat(members()).containsExactly("ada");
        assertThat(aws.iam().members("OnCall")).isEmpty();
        aws.clock().advance(Duration.ofSeconds(9));
        assertThat(groupsOfAda()).containsExactly("OnCall");
        aws.clock().advance(Duration.ofSeconds(1));
        assertThat(members()).isEmpty();
        assertThat(groupsOfAda()).isEmpty();
    }

    @Test
    @AwsFact(44)
    void entities_youngerThanTheDelay_areNotFoundByChangesEither() {
        aws.clock().advance(Duration.ofMinutes(1));
        aws.propagationDelay(Duration.ofSeconds(10));
        aws.iam().createUser("new");
        aws.iam().createGroup("/sym/", "New");

        assertThatThrownBy(() -> add("new", "OnCall")).hasMessageContaining("user with name new");
        assertThatThrownBy(() -> add("ada", "New")).hasMessageContaining("group with name New");
        assertThatThrownBy(() -> iam.getUser(request -> request.userName("new")))
                .isInstanceOf(NoSuchEntityException.class);
        aws.clock().advance(Duration.ofSeconds(10));
        add("new", "New");
        aws.iam().removeUserFromGroup("new", "New");
        aws.iam().deleteUser("new");
        assertThatThrownBy(() -> remove("new", "New")).isInstanceOf(NoSuchEntityException.class);
        assertThat(iam.getUser(request -> request.userName("new")).user().userName())
                .isEqualTo("new");
    }

    @Test
    @AwsFact(72)
    void rename_ofUserAndGroup_keepsIdsAndMembershipsAndFreesTheNames() {
        String id = iam.getUser(request -> request.userName("ada")).user().userId();
        add("ada", "OnCall");
        aws.iam().renameUser("ada", "countess");
        aws.iam().renameGroup("OnCall", "Pager");
        String other = aws.iam().createUser("ada");

        assertThat(other).isNotEqualTo(id);
        assertThat(aws.iam().hasMemberId("Pager", id)).isTrue();
        assertThat(aws.iam().hasMemberId("Pager", other)).isFalse();
        assertThat(aws.iam().isMember("countess", "Pager")).isTrue();
        assertThat(aws.iam().isMember("ada", "Pager")).isFalse();
        assertThatThrownBy(() -> remove("countess", "OnCall")).isInstanceOf(NoSuchEntityException.class);
        remove("ada", "Pager");
        assertThat(aws.iam().hasMemberId("Pager", id)).isTrue();
    }

    @Test
    void lists_inPages_giveEachItemOnce() {
        for (int i = 0; i < 5; i++) {
            aws.iam().createUser("user" + i);
            aws.iam().addUserToGroup("user" + i, "OnCall");
        }
        aws.pageSize(2);

        GetGroupResponse first =
                iam.getGroup(request -> request.groupName("OnCall").maxItems(3));
        assertThat(first.users()).hasSize(2);
        assertThat(first.isTruncated()).isTrue();
        assertThat(members()).containsExactly("user0", "user1", "user2", "user3", "user4");
        aws.pageSize(100);
        assertThat(iam.getGroup(request -> request.groupName("OnCall").maxItems(1))
                        .users())
                .hasSize(1);
    }

    @Test
    void lists_withEmptyPages_beginWithAMarkerOnly() {
        add("ada", "OnCall");
        aws.emptyPages(true);

        ListGroupsForUserResponse first = iam.listGroupsForUser(request -> request.userName("ada"));
        assertThat(first.groups()).isEmpty();
        assertThat(first.isTruncated()).isTrue();
        assertThat(members()).containsExactly("ada");
        assertThat(groupsOfAda()).containsExactly("OnCall");
    }

    @Test
    void lists_withAMarkerThatWasNotGivenOut_areRefused() {
        for (String marker : List.of("***", "aGVsbG8")) {
            assertThatThrownBy(() ->
                            iam.getGroup(request -> request.groupName("OnCall").marker(marker)))
                    .hasMessageContaining("Invalid Marker");
        }
    }

    @Test
    void parameters_outsideOfTheModel_areValidationErrors() {
        assertThatThrownBy(() -> iam.getUser(request -> request.userName("a b")))
                .hasMessageContaining("'userName'");
        assertThatThrownBy(() -> iam.addUserToGroup(request -> request.userName("ada")))
                .hasMessageContaining("Value null at 'groupName'");
        assertThatThrownBy(() ->
                        iam.getGroup(request -> request.groupName("OnCall").maxItems(1001)))
                .hasMessageContaining("'maxItems'");
        assertThat(aws.calls()).allMatch(call -> call.decision() == Decision.REJECTED);
    }

    @Test
    @AwsFact(46)
    void iam_whateverTheRegionOfTheClient_isSignedForTheGlobalOne() {
        SimulatedAws europe = SimulatedAws.builder().region(Region.EU_CENTRAL_1).build();
        String role = europe.iam()
                .createRole(
                        "/",
                        "Global",
                        trust(europe.accountId()),
                        statement("\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\":"
                                + " {\"StringEquals\": {\"aws:RequestedRegion\": \"us-east-1\"}}"));
        europe.iam().createUser("ada");

        assertThat(Samples.iam(europe, europe.credentialsOf(role))
                        .getUser(request -> request.userName("ada"))
                        .user()
                        .userName())
                .isEqualTo("ada");
    }

    private IamClient narrowed(String policy) {
        AwsCredentialsProvider session = Samples.assume(
                Samples.sts(aws),
                assumeRole("arn:aws:iam::111122223333:role/Admin")
                        .policy(policy)
                        .build());
        return Samples.iam(aws, session);
    }

    private void add(String user, String group) {
        iam.addUserToGroup(request -> request.userName(user).groupName(group));
    }

    private void remove(String user, String group) {
        iam.removeUserFromGroup(request -> request.userName(user).groupName(group));
    }

    private List<String> members() {
        return iam.getGroupPaginator(request -> request.groupName("OnCall")).users().stream()
                .map(User::userName)
                .toList();
    }

    private List<String> groupsOfAda() {
        return iam.listGroupsForUserPaginator(request -> request.userName("ada")).groups().stream()
                .map(Group::groupName)
                .toList();
    }
}
