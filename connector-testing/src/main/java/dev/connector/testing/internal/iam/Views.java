package dev.connector.testing.internal.iam;

/** Users and groups as IAM's answers have them. */
final class Views {

    private Views() {}

    static software.amazon.awssdk.services.iam.model.User user(Account account, User user) {
        return software.amazon.awssdk.services.iam.model.User.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(account.arn(user))
                .createDate(user.created())
                .build();
    }

    static software.amazon.awssdk.services.iam.model.Group group(Account account, Group group) {
        return software.amazon.awssdk.services.iam.model.Group.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(account.arn(group))
                .createDate(group.created())
                .build();
    }
}
